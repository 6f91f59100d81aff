/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/** Made-up logits by whole-number arithmetic, which a reader can repeat in another language. */
final class Answers {

    static final int MEMBERS = 3;
    static final int CLASSES = 4;

    private static final String LABELS =
            "022313221121023321230103013313213111003312200100033311203111";

    private Answers() {}

    /** The right classes of 60 examples: often, but not always, what the ensemble predicts. */
    static int[] labels() {
        return LABELS.chars().map(each -> each - '0').toArray();
    }

    /**
     * Logits {@code ((37 i + 91 m + 53 c + 11 (i^2 mod 17) + 29 m c + s i c) mod 64) / 8 - 4},
     * times a factor, {@code [N, M, C]}.
     */
    static float[] logits(int examples, int s, double factor) {
        float[] logits = new float[examples * MEMBERS * CLASSES];
        for (int at = 0; at < logits.length; at++) {
            int i = at / (MEMBERS * CLASSES);
            int m = at / CLASSES % MEMBERS;
            int c = at % CLASSES;
            int sum = 37 * i + 91 * m + 53 * c + 11 * (i * i % 17) + 29 * m * c + s * i * c;
            logits[at] = (float) (factor * (sum % 64 / 8.0 - 4));
        }
        return logits;
    }

    static Predictions test() {
        return Predictions.of(
                logits(60, 1, 1), labels(), MEMBERS, CLASSES, Aggregation.PROBABILITIES);
    }

    static Predictions foreign() {
        return Predictions.of(logits(25, 3, 0.5), MEMBERS, CLASSES, Aggregation.PROBABILITIES);
    }
}
