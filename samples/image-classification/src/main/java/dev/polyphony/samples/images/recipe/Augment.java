/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.data.augment.RandomCrop;
import java.util.Optional;

/** How training images are changed. */
public enum Augment {
    /** Not at all. */
    NONE,

    /** Moved by up to 4 pixels, and mirrored with probability one half. */
    CROP_AND_FLIP,

    /** The same, and one half of the images mixed with another by Mixup. */
    MIXUP,

    /** The same, and one half of the images mixed with another by CutMix. */
    CUTMIX;

    private static final int PADDING = 4;
    private static final double HALF = 0.5;

    /**
     * Returns the augmentation.
     *
     * @return the augmentation, empty for none
     */
    public Optional<Augmentation> get() {
        RandomCrop crop = RandomCrop.of(PADDING);
        HorizontalFlip flip = HorizontalFlip.of(HALF);
        return switch (this) {
            case NONE -> Optional.empty();
            case CROP_AND_FLIP -> Optional.of(Augmentation.of(crop, flip));
            case MIXUP ->
                    Optional.of(Augmentation.of(crop, flip, PixelMix.mixup(1).probability(HALF)));
            case CUTMIX ->
                    Optional.of(Augmentation.of(crop, flip, PixelMix.cutMix(1).probability(HALF)));
        };
    }
}
