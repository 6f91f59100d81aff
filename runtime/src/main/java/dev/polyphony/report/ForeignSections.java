/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metrics;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Reading;
import java.util.List;

/** Whether foreign inputs are noticed, where the task has one score to notice them by. */
final class ForeignSections {

    private ForeignSections() {}

    static List<Section> of(Report report) {
        return ResultSections.foreignSets(report).stream().map(set -> of(report, set)).toList();
    }

    private static Section of(Report report, String set) {
        List<Column> columns =
                Metrics.getDetection().stream()
                        .map(metric -> Column.detection(set, metric, metric.getLabel()))
                        .toList();
        String reading =
                report.task() == Task.NUMBERS
                        ? "On inputs that the model was not made for, members should differ more. The"
                                + " score is how far they lie apart (the root of their variance); a"
                                + " single model has no such spread, and tells nothing."
                        : "Inputs that the model was not made for should make it unsure. The score is"
                                + " the predictive entropy of the labels, mean over these.";
        return new Section(
                "Out of distribution: " + set,
                List.of(
                        new Reading(reading + " The curves go through every threshold."),
                        new Grid(report.table("Telling " + set + " from the test set", columns)),
                        new Gallery(
                                List.of(
                                        CurveCharts.roc(report.getResults(), set),
                                        CurveCharts.precisionRecall(report.getResults(), set)))));
    }
}
