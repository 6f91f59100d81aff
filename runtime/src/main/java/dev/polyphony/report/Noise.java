/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.compare.Difference;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.compare.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What is a difference, and what may be chance: the rows in the order of a proper score, and those
 * that the test set, or the seeds, cannot tell from the best.
 *
 * <p>Rows are compared by a proper score, such as the negative log likelihood, where statistics
 * know how much it varies, else by the accuracy and its binomial standard error. Errors of two rows
 * are taken as independent, which overstates chance, as both are judged on the same examples. Over
 * seeds the limit is Student's, with the degrees of freedom of one row. A paired test against the
 * reference, where there is one, sees more.
 */
final class Noise {

    /** Two standard errors, but for rounding: the 95 % that everyone knows. */
    private static final double QUANTILE = 1.96;

    private static final double LEVEL = 0.05;

    private final List<Result> rows;
    private final RunStatistics statistics;
    private final Metric proper;

    Noise(Report report) {
        rows = report.getResults();
        statistics = report.getStatistics().orElse(null);
        proper = report.task().getProper();
    }

    /** The value of a metric: with several seeds, the mean. */
    double value(Result row, Metric metric) {
        return spread(row, metric)
                .map(Spread::mean)
                .orElseGet(() -> row.evaluation().getValue(metric));
    }

    /** A cost: with several seeds, the mean, as in the table. */
    double cost(Result row, Metric metric) {
        return spread(row, metric).map(Spread::mean).orElseGet(() -> row.cost().getValue(metric));
    }

    /** How well the main score tells a foreign set apart: with several seeds, the mean. */
    double detection(Result row, String set, Metric metric) {
        Figure figure =
                row.evaluation() instanceof Evaluation
                        ? Figure.of(set, UncertaintyScore.PREDICTIVE_ENTROPY, metric)
                        : Figure.of(set, metric);
        return spread(row, figure)
                .map(Spread::mean)
                .orElseGet(
                        () -> {
                            Detection detection = row.detection(set);
                            return detection == null ? Double.NaN : detection.getValue(metric);
                        });
    }

    private Optional<Spread> spread(Result row, Metric metric) {
        return spread(row, Figure.of(metric));
    }

    private Optional<Spread> spread(Result row, Figure figure) {
        return statistics == null ? Optional.empty() : statistics.getSpread(row.name(), figure);
    }

    /** The row whose probabilities fit the right answers best. */
    Result best() {
        return rows.stream()
                .min(
                        Comparator.<Result>comparingDouble(row -> rank(value(row, proper)))
                                .thenComparingInt(rows::indexOf))
                .orElseThrow();
    }

    /** Rows without a value are last. */
    private static double rank(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    /** The other rows that chance may have put behind the best, the better first. */
    List<Result> ties() {
        Result best = best();
        return ordered().stream().filter(row -> row != best && !isWorse(row, best)).toList();
    }

    /** The rows that are worse than the best by more than chance. */
    List<Result> worse() {
        Result best = best();
        return ordered().stream().filter(row -> row != best && isWorse(row, best)).toList();
    }

    private List<Result> ordered() {
        return rows.stream()
                .sorted(Comparator.comparingDouble(row -> rank(value(row, proper))))
                .toList();
    }

    /** The metric that rows are compared by; empty if nothing is known of how much one varies. */
    Optional<Metric> metric() {
        return Stream.of(proper, Metrics.ACCURACY)
                .filter(metric -> rows.stream().allMatch(row -> error(row, metric) > 0))
                .findFirst();
    }

    private boolean isWorse(Result row, Result best) {
        if (metric().isEmpty()) {
            return false;
        }
        Metric metric = metric().get();
        double behind = value(row, metric) - value(best, metric);
        double lead = metric.better() == Metric.Better.HIGHER ? -behind : behind;
        double noise = Math.hypot(error(row, metric), error(best, metric));
        return Double.isNaN(lead)
                || lead > quantile() * noise
                || lead > 0 && isWorseInPairs(row, best, metric);
    }

    /** How many standard errors are no chance: more, where few seeds say how large one is. */
    private double quantile() {
        return isOverSeeds()
                ? TDistribution.of(seeds() - 1.0).inverseSurvivalProbability(LEVEL / 2)
                : QUANTILE;
    }

    /** Whether a test of pairs has told the two apart, which it has if one is the reference. */
    private boolean isWorseInPairs(Result row, Result best, Metric metric) {
        if (statistics == null) {
            return false;
        }
        Optional<Difference> difference =
                row.name().equals(statistics.getReference())
                        ? statistics.getDifference(best.name(), Figure.of(metric))
                        : best.name().equals(statistics.getReference())
                                ? statistics.getDifference(row.name(), Figure.of(metric))
                                : Optional.empty();
        return difference.map(each -> each.isSignificant(LEVEL)).orElse(false);
    }

    /** The standard error of a metric; NaN if it is not known. */
    double error(Result row, Metric metric) {
        Optional<Spread> spread = spread(row, metric);
        if (spread.isPresent() && statistics.isOverSeeds()) {
            return spread.get().deviation() / Math.sqrt(spread.get().values().size());
        }
        if (spread.isPresent() && spread.get().student().isKnown()) {
            return (spread.get().student().high() - spread.get().student().low()) / (2 * QUANTILE);
        }
        return metric.equals(Metrics.ACCURACY) && row.task() == Task.CLASSES
                ? binomial(value(row, metric), row.evaluation().getExamples())
                : Double.NaN;
    }

    /**
     * The standard error of a share, as if two more examples were right and two wrong: none at all
     * would be claimed of a share of 1 else.
     *
     * @see <a href="https://doi.org/10.1080/00031305.1998.10480550">Agresti and Coull, Approximate
     *     is Better than Exact, 1998</a>
     */
    static double binomial(double share, double examples) {
        double p = (share * examples + 2) / (examples + 4);
        return Math.sqrt(p * (1 - p) / (examples + 4));
    }

    /** The width to either side that holds the truth 19 times out of 20. */
    static double margin(double share, double examples) {
        return QUANTILE * binomial(share, examples);
    }

    /** Whether there are so few seeds that no test of pairs could call a row different. */
    boolean isTooFewSeeds() {
        return statistics != null && !statistics.canTellApart();
    }

    /** From how many seeds on a test of pairs could. */
    int enoughSeeds() {
        return statistics.getEnoughSeeds();
    }

    boolean isOverSeeds() {
        return statistics != null && statistics.isOverSeeds();
    }

    /** Whether times are means over seeds: else those of the training that is shown. */
    boolean hasTimesOverSeeds() {
        return isOverSeeds()
                && rows.stream()
                        .anyMatch(
                                row ->
                                        spread(row, Metrics.TRAINING_TIME).isPresent()
                                                || spread(row, Metrics.INFERENCE_TIME).isPresent());
    }

    int seeds() {
        return isOverSeeds() ? statistics.getSeeds().size() : 1;
    }
}
