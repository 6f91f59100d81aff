/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.calibrate.CalibrationResult.Figures;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.suite.SuiteMetrics;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What can be done after training: calibrate, and answer with sets of classes. */
final class AfterSections {

    private AfterSections() {}

    static List<Section> of(Report report) {
        List<Section> sections = new ArrayList<>();
        if (report.getResults().stream().anyMatch(row -> !row.extras().calibrations().isEmpty())) {
            sections.add(calibration(report));
        }
        if (report.getResults().stream().anyMatch(row -> !row.extras().conformal().isEmpty())) {
            sections.add(conformal(report));
        }
        if (report.getResults().stream().anyMatch(row -> row.extras().views().isPresent())) {
            sections.add(views(report));
        }
        return sections;
    }

    private static Section views(Report report) {
        List<Column> columns = new ArrayList<>();
        for (Metric metric : List.of(Metrics.ACCURACY, Metrics.NLL, Metrics.ECE)) {
            columns.add(Column.quality(metric));
            columns.add(
                    new Column(
                            metric,
                            metric.title() + " on several views",
                            Figure.of(SuiteMetrics.severalViews(metric)),
                            row ->
                                    row.extras()
                                            .views()
                                            .map(evaluation -> evaluation.getValue(metric))
                                            .orElse(Double.NaN)));
        }
        return new Section(
                "Several views of each image",
                List.of(
                        new Reading(
                                "Each test image is looked at in several ways, as if moved or"
                                        + " mirrored, and the answers are averaged. It takes as many"
                                        + " times as long as there are views."),
                        new Grid(report.table("One view, and several", columns))));
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
                                Figure.of(SuiteMetrics.calibrated(metric)),
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
        for (ConformalResult first : firsts(report)) {
            String method = first.method();
            Column size = column(SuiteMetrics.setSize(method), first, ConformalResult::meanSize);
            columns.add(column(SuiteMetrics.setCoverage(method), first, ConformalResult::coverage));
            columns.add(size);
            columns.add(
                    column(SuiteMetrics.singletonSets(method), first, ConformalResult::singletons));
            bars.add(charts.bars(size));
        }
        return new Section(
                "Answering with sets of classes",
                List.of(
                        new Reading(
                                "Instead of one class, an ensemble may answer with all that are"
                                        + " plausible, so many that the right one is among them as often"
                                        + " as was asked for (the target). Where it is sure the set has"
                                        + " one class; a good model needs small sets. A model that is"
                                        + " right more often than was asked for leaves some sets"
                                        + " empty, where nothing looks like what it knows, and their"
                                        + " mean size falls below 1."),
                        new Grid(report.table("Sets of classes (conformal prediction)", columns)),
                        new Gallery(bars)));
    }

    /** The kinds of sets that rows have, each once. */
    private static Collection<ConformalResult> firsts(Report report) {
        Map<String, ConformalResult> firsts = new LinkedHashMap<>();
        for (Result row : report.getResults()) {
            row.extras().conformal().forEach(one -> firsts.putIfAbsent(name(one), one));
        }
        return firsts.values();
    }

    private static Column column(
            Metric metric, ConformalResult of, ToDoubleFunction<ConformalResult> value) {
        return new Column(
                metric,
                metric.title() + ", target " + Words.percent(of.target(), 0),
                Figure.of(metric),
                row ->
                        row.extras().conformal().stream()
                                .filter(result -> name(result).equals(name(of)))
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
