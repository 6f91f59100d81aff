/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import dev.polyphony.MixMethod;
import dev.polyphony.data.Seeds;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.Random;

/**
 * Draws how the batches of a MixMo network are mixed.
 *
 * <p>For a batch: the method, and which member plays which part in the masks. For each of its rows:
 * the ratios and the mask. Parts are exchanged because the first member's mask may cover less than
 * the others on average.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo, sections 3.2 and 3.3</a>
 */
public final class Mixer {

    /** Where the probability of the binary method begins to fall, as a part of training. */
    private static final double DECREASE = 11.0 / 12;

    private final MixMoForm form;
    private final Pattern pattern;

    /**
     * Creates a mixer.
     *
     * @param form the form
     * @param channels the channels of the features that are mixed
     * @param places their spatial shape; empty if there is none
     * @throws IllegalArgumentException if an axis is not positive, or the form's method needs more
     *     spatial axes
     */
    public Mixer(MixMoForm form, int channels, int... places) {
        Checks.requireShape(form.getMethod(), "features", channels, places);
        this.form = form;
        this.pattern =
                form.getMethod() == MixMethod.LINEAR
                        ? null
                        : Pattern.of(form.getMethod(), channels, places.clone());
    }

    /**
     * Returns the probability that a batch is mixed by the form's method and not linearly: constant
     * in the first eleven twelfths of training, then falling linearly to 0.
     *
     * @param probability the probability at the start, 0 to 1
     * @param progress the epoch, from 1, divided by the number of epochs; 0 to 1
     * @return the probability in that epoch
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double getProbability(double probability, double progress) {
        Checks.requireShare("The probability of mixing", probability);
        Checks.requireShare("The progress of training", progress);
        double left = Math.max(0, (1 - progress) / (1 - DECREASE));
        return progress < DECREASE ? probability : probability * Math.min(1, left);
    }

    /**
     * Draws how a batch is mixed.
     *
     * @param rows the rows of the batch
     * @param progress the epoch, from 1, divided by the number of epochs
     * @param random the stream of the batch
     * @return masks and loss weights
     * @throws IllegalArgumentException if there is no row, the progress is out of range, or the
     *     masks are too many for an array
     */
    public Mix draw(int rows, double progress, Random random) {
        Checks.requireCount("The number of rows", rows);
        double probability = getProbability(form.getProbability(), progress);
        int members = form.getMembers();
        boolean binary = pattern != null && random.nextDouble() < probability;
        int[] roles = Seeds.permutation(members, random);
        int[] shape = binary ? pattern.shape().clone() : new int[0];
        int size = Pattern.size(shape);
        float[] masks = new float[Checks.requireSize(rows, Pattern.join(members, shape))];
        float[] weights = new float[rows * members];
        for (int row = 0; row < rows; row++) {
            double[] ratios = Ratios.draw(members, form.getAlpha(), random);
            Masks drawn =
                    binary
                            ? Masks.of(ratios, pattern.source().draw(ratios[0], random))
                            : Masks.linear(ratios);
            double[] weight = LossWeights.of(drawn.shares(), form.getWeightRoot());
            for (int m = 0; m < members; m++) {
                int at = row * members + m;
                weights[at] = (float) weight[roles[m]];
                for (int place = 0; place < size; place++) {
                    masks[at * size + place] = (float) drawn.values()[roles[m]][place];
                }
            }
        }
        return new Mix(masks, shape, weights);
    }
}
