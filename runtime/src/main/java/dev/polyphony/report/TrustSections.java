/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Whether uncertainty can be used: to hand over, to be believed, to notice what is foreign. */
final class TrustSections {

    /** What the section on selection has in its table. */
    static final List<Metric> SELECTION =
            List.of(
                    Metrics.RISK_AT_80_COVERAGE,
                    Metrics.COVERAGE_AT_5_RISK,
                    Metrics.AURC,
                    Metrics.AUGRC,
                    Metrics.MISCLASSIFICATION_AUROC);

    private static final List<UncertaintyScore> SCORES =
            List.of(
                    UncertaintyScore.PREDICTIVE_ENTROPY,
                    UncertaintyScore.MUTUAL_INFORMATION,
                    UncertaintyScore.MAX_PROBABILITY);

    /** What the table has of the other scores. */
    private static final List<Metric> SHORT = List.of(Metrics.AUROC, Metrics.FPR95);

    private TrustSections() {}

    static List<Section> of(Report report) {
        List<Section> sections = new ArrayList<>();
        sections.add(selection(report));
        sections.add(calibration(report));
        for (String set : ResultSections.foreignSets(report)) {
            sections.add(foreign(report, set));
        }
        if (report.getResults().stream().anyMatch(row -> !row.extras().corruptions().isEmpty())) {
            sections.add(corruption(report));
        }
        return sections;
    }

    private static List<Picture> each(Report report, IntFunction<Picture> picture) {
        return IntStream.range(0, report.getResults().size()).mapToObj(picture).toList();
    }

    private static Section selection(Report report) {
        List<Result> rows = report.getResults();
        return new Section(
                "If it may pass on what it is not sure of",
                List.of(
                        new Reading(
                                "A model that knows when it is unsure can leave those examples to a"
                                        + " person. On the right of the chart it answers everything; to"
                                        + " the left it answers only what it is surest of, and a good"
                                        + " curve falls quickly to zero. Near the left edge the curves"
                                        + " rest on few answers, and jump."),
                        new Gallery(List.of(CurveCharts.riskCoverage(rows))),
                        new Grid(
                                report.table(
                                        "Answering only part of the test set, the surest first",
                                        SELECTION.stream().map(Column::quality).toList())),
                        new Reading(
                                "How confident right and wrong answers are, each kind as shares of"
                                        + " itself. Wrong answers should lie to the left; those on the far"
                                        + " right are the ones that no threshold stops."),
                        new Gallery(each(report, r -> RowCharts.confidence(rows.get(r))))));
    }

    private static Section calibration(Report report) {
        List<Result> rows = report.getResults();
        return new Section(
                "Calibration: can the confidence be believed?",
                List.of(
                        new Reading(
                                "Of the answers with confidence 0.8, four fifths should be right:"
                                        + " then the bars end on the dashed line. The hatched part is"
                                        + " the gap: a bar below the line is over-confident, one above"
                                        + " it under-confident. Bars of few examples, counted below"
                                        + " each diagram, vary a lot; the calibration error (ECE)"
                                        + " weights each by its examples."),
                        new Gallery(each(report, r -> RowCharts.reliability(rows.get(r), r)))));
    }

    private static Section foreign(Report report, String set) {
        List<Result> rows = report.getResults();
        UncertaintyScore main = ResultSections.MAIN_SCORE;
        List<Column> columns =
                SCORES.stream()
                        .flatMap(
                                score ->
                                        (score == main ? Metrics.getDetection() : SHORT)
                                                .stream().map(m -> detection(set, score, m)))
                        .toList();
        List<Picture> histograms =
                IntStream.range(0, rows.size())
                        .filter(r -> rows.get(r).detection(set, main) != null)
                        .mapToObj(r -> RowCharts.scores(rows.get(r), set, main))
                        .toList();
        return new Section(
                "Out of distribution: " + set,
                List.of(
                        new Reading(
                                "Inputs that the model was not made for should make it unsure. The"
                                        + " table says how well each kind of uncertainty tells them"
                                        + " from the test set; the charts show one, the predictive"
                                        + " entropy. The curves go through every threshold; in the"
                                        + " histograms, the less the two sets overlap, the better."),
                        new Grid(report.table("Telling " + set + " from the test set", columns)),
                        new Gallery(
                                List.of(
                                        CurveCharts.roc(rows, set),
                                        CurveCharts.precisionRecall(rows, set))),
                        new Gallery(histograms)));
    }

    private static Column detection(String set, UncertaintyScore score, Metric metric) {
        return Column.detection(set, score, metric, score.getTitle() + ": " + metric.title());
    }

    private static Section corruption(Report report) {
        List<Result> rows = report.getResults();
        long kinds =
                rows.stream()
                        .flatMap(row -> row.extras().corruptions().stream())
                        .map(result -> result.kind())
                        .distinct()
                        .count();
        return new Section(
                "Corrupted images",
                List.of(
                        new Reading(
                                String.format(
                                        Locale.ROOT,
                                        "The test images with %d kinds of damage, such as noise or"
                                                + " blur, each in rising severity. Every model errs more"
                                                + " on them; one that can be trusted knows it, so that"
                                                + " its calibration error stays low.",
                                        kinds)),
                        new Gallery(CurveCharts.corruptions(rows))));
    }
}
