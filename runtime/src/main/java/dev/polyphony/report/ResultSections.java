/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static dev.polyphony.evaluate.Metrics.ACCURACY;
import static dev.polyphony.evaluate.Metrics.AUROC;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.report.Section.Block;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Reading;
import dev.polyphony.report.Section.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The numbers: the table, quality against price, bars side by side. */
final class ResultSections {

    /** The uncertainty that foreign sets are told apart by, in the main table and in pictures. */
    static final UncertaintyScore MAIN_SCORE = UncertaintyScore.PREDICTIVE_ENTROPY;

    private ResultSections() {}

    static List<Section> of(Report report) {
        List<Section> sections = new ArrayList<>();
        sections.add(results(report));
        if (report.getResults().size() > 1) {
            price(report).ifPresent(sections::add);
            sections.add(sideBySide(report));
        }
        return sections;
    }

    /** The columns of the main table that say how good an ensemble is. */
    static List<Column> quality(Report report) {
        return Stream.concat(
                        report.task().getMain().stream().map(Column::quality), detection(report))
                .toList();
    }

    private static Stream<Column> detection(Report report) {
        return foreignSets(report).stream()
                .map(
                        set -> {
                            String label = AUROC.title() + " " + set;
                            return report.task() == Task.CLASSES
                                    ? Column.detection(set, MAIN_SCORE, AUROC, label)
                                    : Column.detection(set, AUROC, label);
                        });
    }

    /** The columns of the main table that say what it cost. */
    static List<Column> cost() {
        return Metrics.getCost().stream().map(Column::cost).toList();
    }

    /** The foreign sets of all results, in the order of the first. */
    static Set<String> foreignSets(Report report) {
        Set<String> sets = new LinkedHashSet<>();
        report.getResults()
                .forEach(row -> sets.addAll(row.evaluation().getMainDetections().keySet()));
        return sets;
    }

    private static Section results(Report report) {
        List<Column> columns = Stream.concat(quality(report).stream(), cost().stream()).toList();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Grid(report.table("Quality on the test set, and cost", columns)));
        blocks.add(new Reading(reading(report)));
        report.getStatistics()
                .ifPresent(
                        statistics ->
                                statistics.getNotes().forEach(note -> blocks.add(new Text(note))));
        return new Section("Results", blocks);
    }

    /** How to read the main table. */
    private static String reading(Report report) {
        List<Result> rows = report.getResults();
        StringBuilder reading = new StringBuilder();
        boolean isOverSeeds = report.getStatistics().map(each -> each.isOverSeeds()).orElse(false);
        if (rows.size() > 1) {
            reading.append(
                    "The shaded value is the best of its column, to the digits shown; columns without one"
                            + " describe, neither end is better. ");
            reading.append(
                    isOverSeeds
                            ? "Numbers are means over seeds, with their standard deviation. "
                            : "Each row is one training run, so small differences are chance. ");
        } else if (!isOverSeeds) {
            reading.append(
                    "This is one training run, and another seed gives somewhat other numbers. ");
        }
        if (report.task() == Task.CLASSES) {
            reading.append(standardError(rows));
        }
        return reading.toString();
    }

    private static String standardError(List<Result> rows) {
        int examples = rows.get(0).evaluation().getExamples();
        double accuracy =
                rows.stream()
                        .mapToDouble(row -> row.evaluation().getValue(ACCURACY))
                        .max()
                        .orElseThrow();
        return String.format(
                Locale.ROOT,
                "With %,d test examples, an accuracy of %s has a standard error of %.4f.",
                examples,
                ACCURACY.format(accuracy),
                Noise.binomial(accuracy, examples));
    }

    private static Optional<Section> price(Report report) {
        Charts charts = new Charts(report);
        List<Picture> pictures =
                Metrics.getCost().stream()
                        .filter(cost -> !cost.equals(Metrics.FORWARD_CALLS))
                        .flatMap(cost -> charts.tradeOff(cost).stream())
                        .toList();
        if (pictures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Section(
                        "What quality costs",
                        List.of(
                                new Reading(
                                        "Each dot is a model: the lower, the better its predictions; the"
                                                + " further left, the cheaper. Costs are drawn by ratios:"
                                                + " equal steps are equal factors. The dashed line joins those"
                                                + " that no other model beats in both; what lies above it is"
                                                + " dearer or worse than a neighbour on the line."),
                                new Gallery(pictures))));
    }

    private static Section sideBySide(Report report) {
        Charts charts = new Charts(report);
        Stream<Column> quality =
                quality(report).stream().filter(column -> !column.metric().equals(ACCURACY));
        List<Picture> bars =
                Stream.of(errorRate(report), quality, cost().stream())
                        .flatMap(Function.identity())
                        .filter(column -> Table.hasValues(report.getResults(), column))
                        .map(charts::bars)
                        .toList();
        return new Section(
                "Side by side",
                List.of(
                        new Reading(
                                "One chart for each column of the table. Bars begin at zero, so that"
                                        + " twice the length is twice the number."),
                        new Gallery(bars)));
    }

    private static Stream<Column> errorRate(Report report) {
        return report.task() == Task.CLASSES ? Stream.of(Column.errorRate()) : Stream.of();
    }

    static Section further(Report report) {
        List<Metric> further =
                report.getResults().get(0).evaluation().getValues().keySet().stream()
                        .filter(metric -> !report.task().getMain().contains(metric))
                        .filter(metric -> !MemberSections.METRICS.contains(metric))
                        .filter(metric -> !TrustSections.SELECTION.contains(metric))
                        .toList();
        return new Section(
                "Further figures",
                List.of(
                        new Grid(
                                report.table(
                                        "On the test set",
                                        further.stream().map(Column::quality).toList()))));
    }
}
