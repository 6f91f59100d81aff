/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.calibrate.CalibrationResult.Figures;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What can be done after training: calibrate, and answer with sets of classes. */
final class AfterSections {

    private static final Metric SIZE =
            new Metric(
                    "meanSetSize",
                    "Mean size of the sets",
                    "",
                    Metric.Better.LOWER,
                    3,
                    "Mean number of classes in a set; at the same coverage lower is better.");

    private static final Metric COVERAGE =
            new Metric(
                    "setCoverage",
                    "Coverage of the sets",
                    "",
                    Metric.Better.NEITHER,
                    4,
                    "Share of the sets that hold the right class; close to the target is right.");

    private static final Metric SINGLETONS =
            new Metric(
                    "singletonSets",
                    "Sets of one class",
                    "",
                    Metric.Better.HIGHER,
                    4,
                    "Share of the sets that hold one class only, and so are an answer.");

    private AfterSections() {}

    static List<Section> of(Report report) {
        List<Section> sections = new ArrayList<>();
        if (report.getResults().stream().anyMatch(row -> !row.extras().calibrations().isEmpty())) {
            sections.add(calibration(report));
        }
        if (report.getResults().stream().anyMatch(row -> !row.extras().conformal().isEmpty())) {
            sections.add(conformal(report));
        }
        return sections;
    }

    private static Section calibration(Report report) {
        List<Column> columns = new ArrayList<>();
        List<Picture> bars = new ArrayList<>();
        Charts charts = new Charts(report);
        for (Metric metric : List.of(Metrics.NLL, Metrics.ECE)) {
            ToDoubleFunction<Figures> figure =
                    metric.equals(Metrics.NLL)
                            ? Figures::negativeLogLikelihood
                            : Figures::expectedCalibrationError;
            columns.add(Column.quality(metric));
            for (String name :
                    names(report, row -> row.extras().calibrations(), AfterSections::name)) {
                Column column =
                        new Column(
                                metric,
                                metric.title() + " after " + name,
                                row -> after(row, name, figure));
                columns.add(column);
                bars.add(charts.bars(column));
            }
        }
        return new Section(
                "After calibration",
                List.of(
                        new Reading(
                                "A calibration makes a model more or less confident by a few numbers"
                                        + " that are fitted on validation examples; it costs nothing in"
                                        + " use. These are figures of the test set before and after."),
                        new Grid(report.table("Before and after calibration", columns)),
                        new Gallery(bars)));
    }

    private static double after(Result row, String name, ToDoubleFunction<Figures> figure) {
        return row.extras().calibrations().stream()
                .filter(result -> name(result).equals(name))
                .mapToDouble(result -> figure.applyAsDouble(result.after()))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Such as {@code temperature, pooled}. */
    static String name(CalibrationResult result) {
        return words(result.calibration().getMethod())
                + ", "
                + words(result.calibration().getOrder());
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Section conformal(Report report) {
        List<Column> columns = new ArrayList<>();
        List<Picture> bars = new ArrayList<>();
        Charts charts = new Charts(report);
        for (String name : names(report, row -> row.extras().conformal(), AfterSections::name)) {
            Column size = column(SIZE, name, ConformalResult::meanSize);
            columns.add(column(COVERAGE, name, ConformalResult::coverage));
            columns.add(size);
            columns.add(column(SINGLETONS, name, ConformalResult::singletons));
            bars.add(charts.bars(size));
        }
        return new Section(
                "Answering with sets of classes",
                List.of(
                        new Reading(
                                "Instead of one class, an ensemble may answer with all that are"
                                        + " plausible, so many that the right one is among them as often"
                                        + " as was asked for (the target). Where it is sure the set has"
                                        + " one class; a good model needs small sets."),
                        new Grid(report.table("Sets of classes (conformal prediction)", columns)),
                        new Gallery(bars)));
    }

    private static Column column(
            Metric metric, String name, ToDoubleFunction<ConformalResult> value) {
        return new Column(
                metric,
                metric.title() + ", " + name,
                row ->
                        row.extras().conformal().stream()
                                .filter(result -> name(result).equals(name))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN));
    }

    /** Such as {@code threshold, target 90%}. */
    private static String name(ConformalResult result) {
        return result.method() + ", target " + Words.percent(result.target(), 0);
    }

    private static <R> Set<String> names(
            Report report, Function<Result, List<R>> results, Function<R, String> name) {
        return report.getResults().stream()
                .flatMap(row -> results.apply(row).stream())
                .map(name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
