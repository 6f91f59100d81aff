/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.util.Objects;
import java.util.Random;

/**
 * The batches of another format, filled from a bootstrap sample of each member's own: bagging.
 *
 * <p>A member's sample is as many examples as there are, drawn with replacement once for all
 * epochs; about {@code 1 - 1/e}, 63 %, of all examples are in it. Where the format deals out an
 * example, each member sees the one at that place of its sample, so that repetitions, orders and
 * parts are those of the format, and members that share a batch do not.
 *
 * @param format the format that deals out places
 * @param members the number of members
 * @see <a href="https://doi.org/10.1007/BF00058655">Breiman, Bagging predictors</a>
 */
public record BootstrapBatches(BatchFormat format, int members) implements BatchFormat {

    /** Keeps the samples apart from the orders of epochs. */
    private static final long BOOTSTRAP = 0x626f6f74;

    /** Requires that members can have samples of their own. */
    public BootstrapBatches {
        Objects.requireNonNull(format, "format");
        if (members < 1) {
            throw new IllegalArgumentException("There must be at least 1 member, not " + members);
        }
        if (format instanceof RepeatedBatches repeated && repeated.inputRepetition() > 0) {
            throw new IllegalArgumentException(
                    "A fraction %s of the rows shall be the same for all members, who have samples of their own: set inputRepetition to 0, or train without bootstrap"
                            .formatted(repeated.inputRepetition()));
        }
    }

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        Epoch places = format.getEpoch(examples, batchSize, seed, epoch);
        if (!places.isShared() && places.getWidth() != members) {
            throw new IllegalArgumentException(
                    "The format deals out examples to %d members, but there are %d"
                            .formatted(places.getWidth(), members));
        }
        int[][] samples = new int[members][];
        for (int m = 0; m < members; m++) {
            samples[m] = sample(examples, Seeds.random(seed, BOOTSTRAP, m));
        }
        return places.map(members, (place, member) -> samples[member][place]);
    }

    /** Draws as many examples as there are, with replacement. */
    private static int[] sample(int examples, Random random) {
        return random.ints(examples, 0, examples).toArray();
    }

    /** {@inheritDoc} */
    @Override
    public int getRepetitions() {
        return format.getRepetitions();
    }

    /** {@inheritDoc} */
    @Override
    public int getBatchSizeDivisor() {
        return format.getBatchSizeDivisor();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return format + "; a bootstrap sample for each member";
    }
}
