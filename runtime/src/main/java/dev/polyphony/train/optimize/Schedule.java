/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import dev.polyphony.checks.Checks;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * The learning rate over a training, relative to the rate that is set. The factories have PyTorch's
 * semantics, with the number of updates known.
 */
@FunctionalInterface
public interface Schedule extends Serializable {

    /**
     * Returns the factor of the learning rate.
     *
     * @param update the update, from 0
     * @param updatesPerEpoch the updates in an epoch
     * @param epochs the epochs of the whole training
     * @return the factor, at least 0
     */
    double getFactor(long update, int updatesPerEpoch, int epochs);

    /**
     * The same rate throughout.
     *
     * @return the schedule
     */
    static Schedule constant() {
        return Schedules.named("constant", (update, updatesPerEpoch, epochs) -> 1);
    }

    /**
     * Multiplies the rate at the start of given epochs, as {@code MultiStepLR} does.
     *
     * @param factor what the rate is multiplied by each time, above 0
     * @param milestones the epochs, from 0 and rising, before which the rate changes
     * @return the schedule
     * @throws IllegalArgumentException if the factor is not above 0, or the milestones do not rise
     */
    static Schedule multiStep(double factor, int... milestones) {
        Checks.require("factor", factor, factor > 0, "above 0");
        int[] epochsOfChange = milestones.clone();
        for (int i = 0; i < epochsOfChange.length; i++) {
            if (epochsOfChange[i] < (i == 0 ? 0 : epochsOfChange[i - 1] + 1L)) {
                throw new IllegalArgumentException(
                        "The milestones must be at least 0, each above the last, but were "
                                + Arrays.toString(epochsOfChange));
            }
        }
        return Schedules.named(
                "times %s before the epochs %s".formatted(factor, Arrays.toString(epochsOfChange)),
                (update, updatesPerEpoch, epochs) -> {
                    long epoch = update / updatesPerEpoch;
                    long passed =
                            Arrays.stream(epochsOfChange)
                                    .filter(milestone -> milestone <= epoch)
                                    .count();
                    return Math.pow(factor, passed);
                });
    }

    /**
     * Half a cosine from the whole rate down, over all updates, as {@code CosineAnnealingLR} with a
     * step an update does: {@code min + (1 - min) (1 + cos(pi t / T)) / 2}.
     *
     * @param minimum the factor at the end, from 0 to 1
     * @return the schedule
     * @throws IllegalArgumentException if the minimum is not from 0 to 1
     * @see <a href="https://arxiv.org/abs/1608.03983">SGDR: Stochastic Gradient Descent with Warm
     *     Restarts</a>, equation 5
     */
    static Schedule cosine(double minimum) {
        Checks.require("minimum", minimum, minimum >= 0 && minimum <= 1, "from 0 to 1");
        return Schedules.named(
                "half a cosine down to " + minimum,
                (update, updatesPerEpoch, epochs) ->
                        Schedules.anneal(
                                1, minimum, (double) update / ((long) updatesPerEpoch * epochs)));
    }

    /**
     * Equal cycles, in each of which the rate falls from the whole down to 0 along half a cosine:
     * {@code (1 + cos(pi mod(t, L) / L)) / 2} in update {@code t} from 0, where a cycle has {@code
     * L = ceil(T / cycles)} of all {@code T} updates.
     *
     * @param cycles the number of cycles, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if there is no cycle
     * @see <a href="https://arxiv.org/abs/1704.00109">Snapshot Ensembles: Train 1, Get M for
     *     Free</a>, equation 2
     */
    static Schedule cosineCycles(int cycles) {
        Checks.require("cycles", cycles, cycles >= 1, "at least 1");
        return Schedules.named(
                cycles + " cycles of half a cosine",
                (update, updatesPerEpoch, epochs) -> {
                    long length = Schedules.cycle((long) updatesPerEpoch * epochs, cycles);
                    return Schedules.anneal(1, 0, (double) (update % length) / length);
                });
    }

    /**
     * One cycle: up from a 25th of the rate to the rate in 30 % of the updates, down to a 250,000th
     * in the rest, both along a cosine, as {@code OneCycleLR} does by default. The rate that is set
     * is the highest.
     *
     * @return the schedule
     * @see <a href="https://arxiv.org/abs/1708.07120">Super-Convergence: Very Fast Training of
     *     Neural Networks Using Large Learning Rates</a>
     */
    static Schedule oneCycle() {
        return Schedules.named("one cycle", Schedules::oneCycle);
    }

    /**
     * Straight down from the whole rate, over all updates, as {@code LinearLR} and {@code
     * PolynomialLR} of power 1 do: {@code 1 - (1 - min) t / T}.
     *
     * @param minimum the factor at the end, from 0 to 1
     * @return the schedule
     * @throws IllegalArgumentException if the minimum is not from 0 to 1
     */
    static Schedule linear(double minimum) {
        Checks.require("minimum", minimum, minimum >= 0 && minimum <= 1, "from 0 to 1");
        return Schedules.named(
                "straight down to " + minimum,
                (update, updatesPerEpoch, epochs) -> {
                    double done = (double) update / ((long) updatesPerEpoch * epochs);
                    return 1 - (1 - minimum) * Math.min(1, done);
                });
    }

    /**
     * Multiplies the rate before each epoch but the first, as {@code ExponentialLR} does.
     *
     * @param factor what the rate is multiplied by, above 0 and at most 1
     * @return the schedule
     * @throws IllegalArgumentException if the factor is not above 0 and at most 1
     */
    static Schedule exponential(double factor) {
        Checks.require("factor", factor, factor > 0 && factor <= 1, "above 0 and at most 1");
        return Schedules.named(
                "times %s before each epoch".formatted(factor),
                (update, updatesPerEpoch, epochs) -> Math.pow(factor, update / updatesPerEpoch));
    }

    /**
     * A rate for each epoch, as {@code LambdaLR} with a step an epoch.
     *
     * @param factors gives the factor of an epoch, from 0
     * @return the schedule
     */
    static Schedule ofEpochs(IntToDoubleFunction factors) {
        Objects.requireNonNull(factors, "factors");
        return Schedules.named(
                "that of " + factors.getClass().getName().replaceFirst("\\$\\$Lambda.*", ""),
                (update, updatesPerEpoch, epochs) ->
                        factors.applyAsDouble(Math.toIntExact(update / updatesPerEpoch)));
    }

    /**
     * Holds the rate through each epoch at what this schedule gives its first update, as a schedule
     * that takes its steps by epochs does.
     *
     * @return the schedule in steps
     */
    default Schedule byEpoch() {
        return Schedules.named(
                Schedules.getName(this) + ", in steps of an epoch",
                (update, updatesPerEpoch, epochs) ->
                        getFactor(update - update % updatesPerEpoch, updatesPerEpoch, epochs));
    }

    /**
     * Starts with a linear rise to this schedule, as {@code LinearLR} does: the rate of each of the
     * first updates is what this schedule gives, times a factor that grows from {@code start} to 1.
     *
     * @param epochs how long the rise takes, in epochs; fractions count
     * @param start the factor of the first update, above 0 and at most 1
     * @return the schedule with the rise
     * @throws IllegalArgumentException if a value makes no sense
     */
    default Schedule withWarmUp(double epochs, double start) {
        Checks.require("length of the warm-up", epochs, epochs > 0, "above 0");
        Checks.require("start", start, start > 0 && start <= 1, "above 0 and at most 1");
        return Schedules.named(
                "%s, after a rise from %s in %s epochs"
                        .formatted(Schedules.getName(this), start, epochs),
                (update, updatesPerEpoch, all) -> {
                    double done = Math.min(1, update / (epochs * updatesPerEpoch));
                    return (start + (1 - start) * done) * getFactor(update, updatesPerEpoch, all);
                });
    }
}
