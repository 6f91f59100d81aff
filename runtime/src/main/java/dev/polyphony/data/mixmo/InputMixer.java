/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import dev.polyphony.MixMethod;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Draws how each member's own inputs are mixed with other examples, before anything else: Mixup,
 * CutMix and other mixed sample data augmentation, on pixels and with soft labels.
 *
 * <p>Each input of each member is mixed or left alone by its own coin, with a partner that is drawn
 * from all examples, a ratio from a symmetric Beta distribution, and the mask of the method.
 *
 * <p>With MixMo, features of the member's input are masked again. Then labels count by what is left
 * to see of the two examples, {@code mean(mask_i * mixing) / mean(mixing)}, and the example that
 * the member was given keeps at least half: if it has less, the two exchange their parts. Where
 * features have another spatial shape than inputs, each place of theirs stands for the part of the
 * input that lies at the same place.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo</a>
 * @see <a href="https://arxiv.org/abs/1905.04899">CutMix</a>
 * @see <a href="https://arxiv.org/abs/1710.09412">mixup</a>
 */
public final class InputMixer {

    private final double probability;
    private final double concentration;
    private final int axes;
    private final Pattern pattern;

    /**
     * Creates a mixer.
     *
     * @param method the masks: {@link MixMethod#LINEAR} is Mixup, {@link MixMethod#CUTMIX} CutMix
     * @param probability the probability that an input is mixed, 0 to 1
     * @param concentration the concentration of the ratios; 1 draws them uniformly, 0 mixes evenly
     * @param channels the channels of an input {@code [C, places...]}
     * @param places its spatial shape; empty if there is none
     * @throws IllegalArgumentException if a setting is out of range, or the method needs more
     *     spatial axes
     */
    public InputMixer(
            MixMethod method,
            double probability,
            double concentration,
            int channels,
            int... places) {
        Objects.requireNonNull(method, "method");
        Checks.requireShare("The probability of mixing", probability);
        Checks.requireConcentration(concentration);
        Checks.requireShape(method, "inputs", channels, places);
        this.probability = probability;
        this.concentration = concentration;
        axes = places.length;
        pattern = method == MixMethod.LINEAR ? null : Pattern.of(method, channels, places.clone());
    }

    /**
     * Draws how the inputs of a batch are mixed.
     *
     * @param rows the rows of the batch
     * @param members the members with inputs of their own
     * @param examples the number of examples to draw partners from
     * @param random the stream of the batch
     * @return partners, masks and shares
     * @throws IllegalArgumentException if a number is not positive
     */
    public InputMix draw(int rows, int members, int examples, Random random) {
        return draw(null, rows, members, examples, random);
    }

    /**
     * Draws how the inputs of a batch are mixed whose features MixMo mixes.
     *
     * @param mix how the features are mixed; with as many spatial axes as the inputs
     * @param rows the rows of the batch
     * @param examples the number of examples to draw partners from
     * @param random the stream of the batch
     * @return partners, masks and shares
     * @throws IllegalArgumentException if a number is not positive, or the features are mixed by
     *     masks of other axes
     */
    public InputMix draw(Mix mix, int rows, int examples, Random random) {
        if (rows < 1 || mix.weights().length % rows != 0) {
            throw new IllegalArgumentException("The mix is not one of %d rows".formatted(rows));
        }
        int length = mix.shape().length;
        if (length != 0 && length != axes && length != axes + 1) {
            throw new IllegalArgumentException(
                    "Masks of the shape %s do not belong to inputs with %d spatial axes"
                            .formatted(Arrays.toString(mix.shape()), axes));
        }
        return draw(mix, rows, mix.weights().length / rows, examples, random);
    }

    private InputMix draw(Mix mix, int rows, int members, int examples, Random random) {
        if (rows < 1 || members < 1 || examples < 1) {
            throw new IllegalArgumentException(
                    "There must be at least 1 row, member and example, not %d, %d and %d"
                            .formatted(rows, members, examples));
        }
        int[] shape = pattern == null ? new int[0] : pattern.shape().clone();
        int size = Pattern.size(shape);
        int[] partners = new int[rows * members];
        float[] masks = new float[Checks.requireSize(rows, Pattern.join(members, shape))];
        float[] shares = new float[rows * members];
        for (int at = 0; at < partners.length; at++) {
            partners[at] = random.nextInt(examples);
            Part part = Part.whole(size);
            if (random.nextDouble() < probability) {
                double ratio = Ratios.draw(2, concentration, random)[0];
                double[] mask =
                        pattern == null
                                ? new double[] {ratio}
                                : pattern.source().draw(ratio, random);
                part = mix == null ? Part.of(mask) : Part.shown(mask, shape, axes, mix, at);
            }
            for (int place = 0; place < size; place++) {
                masks[at * size + place] = (float) part.mask()[place];
            }
            shares[at] = (float) part.share();
        }
        return new InputMix(members, partners, masks, shape, shares);
    }
}
