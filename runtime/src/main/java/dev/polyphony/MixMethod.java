/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/**
 * How MixMo mixes the features of its members: a mask says how much of the first member's features
 * goes into the mix, place by place; of what it leaves, the others have parts by their ratios.
 * Which member is the first is drawn anew for each batch, and losses are weighted by what the masks
 * really give, not by the ratio that was asked for.
 *
 * @see MixMo
 */
public enum MixMethod {

    /** Interpolation: each member's features times its mixing ratio. For features of any shape. */
    LINEAR(0),

    /**
     * A box of one member's features in another's, as CutMix does with pixels. For features with at
     * least one spatial axis.
     *
     * @see <a href="https://arxiv.org/abs/1905.04899">CutMix</a>
     */
    CUTMIX(1),

    /**
     * Irregular patches: where blurred Gaussian noise is below a threshold. The mixing ratio is not
     * asked: the covered share is drawn from 0.2 to 0.8. For features with at least one spatial
     * axis.
     *
     * @see <a href="https://arxiv.org/abs/2003.12022">Milking CowMask for Semi-Supervised Image
     *     Classification</a>
     */
    COW(1),

    /** One member above the other: a border across the first spatial axis. */
    STACK_HORIZONTAL(1),

    /** One member beside the other: a border across the second spatial axis. */
    STACK_VERTICAL(2),

    /** One member's features in the first channels, the other's in the rest. For any shape. */
    STACK_CHANNEL(0),

    /** Each channel is one member's, by a coin that falls with the mixing ratio. For any shape. */
    CHANNEL(0),

    /** Ratios that are uniform noise around the mixing ratio, for each place of each channel. */
    NOISE(0),

    /** As {@link #NOISE}, the same for all channels. For at least one spatial axis. */
    NOISE_2D(1),

    /**
     * Square patches of one member's features, drawn for each channel. For features with at least
     * one spatial axis.
     *
     * @see <a href="https://arxiv.org/abs/2006.07794">PatchUp</a>
     */
    PATCHUP_HARD(1),

    /** As {@link #PATCHUP_HARD}, the same patches for all channels. */
    PATCHUP_HARD_2D(1),

    /** As {@link #PATCHUP_HARD}, and interpolation by the mixing ratio outside the patches. */
    PATCHUP_SOFT(1),

    /**
     * Patches from low frequencies: where noise of a falling spectrum is highest. An extension, not
     * of the MixMo paper. For features with at least one spatial axis.
     *
     * @see <a href="https://arxiv.org/abs/2002.12047">FMix: Enhancing Mixed Sample Data
     *     Augmentation</a>
     */
    FMIX(1);

    private final int spatialAxes;

    MixMethod(int spatialAxes) {
        this.spatialAxes = spatialAxes;
    }

    /**
     * Returns the spatial axes that features must have to be mixed so.
     *
     * @return the least number of spatial axes
     */
    public int getSpatialAxes() {
        return spatialAxes;
    }
}
