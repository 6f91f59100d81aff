/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import dev.polyphony.checks.Checks;

/** How much of the data a curriculum shows. */
@FunctionalInterface
public interface Pacing {

    /**
     * Returns the share of the examples that are shown, the easiest first.
     *
     * @param progress the part of training that is over, from 0 to 1
     * @return the share, above 0 and at most 1
     */
    double getShare(double progress);

    /**
     * Returns a share that grows linearly.
     *
     * @param start the share at first, above 0 and at most 1
     * @param end when all is shown, as a part of training, above 0 and at most 1
     * @return {@code min(1, start + (1 - start) progress / end)}
     */
    static Pacing linear(double start, double end) {
        require(start, end);
        return progress -> Math.min(1, start + (1 - start) * progress / end);
    }

    /**
     * Returns a share that grows so that new examples come ever more slowly, as they have ever less
     * of a part in what is shown.
     *
     * @param start the share at first, above 0 and at most 1
     * @param end when all is shown, as a part of training, above 0 and at most 1
     * @return {@code min(1, sqrt(start^2 + (1 - start^2) progress / end))}
     * @see <a href="https://arxiv.org/abs/1903.09848">Platanios et al., Competence-based Curriculum
     *     Learning for Neural Machine Translation, NAACL 2019, equation 8</a>
     */
    static Pacing root(double start, double end) {
        require(start, end);
        return progress ->
                Math.min(1, Math.sqrt(start * start + (1 - start * start) * progress / end));
    }

    private static void require(double start, double end) {
        Checks.require(
                "first share of the data", start, start > 0 && start <= 1, "above 0, at most 1");
        Checks.require("end of the pacing", end, end > 0 && end <= 1, "above 0, at most 1");
    }
}
