/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.labels.MultiLabelEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Reading;
import dev.polyphony.report.chart.ReliabilityDiagram;
import dev.polyphony.report.chart.Titles;
import java.util.List;
import java.util.stream.IntStream;

/** What is asked of several labels: can the probability of a label be believed. */
final class LabelSections {

    private LabelSections() {}

    static List<Section> of(Report report) {
        List<Picture> diagrams =
                IntStream.range(0, report.getResults().size())
                        .mapToObj(r -> reliability(report.getResults().get(r), r))
                        .toList();
        return List.of(
                new Section(
                        "Calibration: can the probabilities be believed?",
                        List.of(
                                new Reading(
                                        "Of the labels that are given a probability of 0.8, four"
                                                + " fifths should be true: then the bars end on the"
                                                + " dashed line. The hatched part is the gap. All labels"
                                                + " are pooled; bars of few, counted below each diagram,"
                                                + " vary a lot."),
                                new Gallery(diagrams))));
    }

    private static Picture reliability(Result row, int color) {
        MultiLabelEvaluation evaluation = (MultiLabelEvaluation) row.evaluation();
        String ece =
                "ECE " + MultiLabelMetrics.ECE.format(evaluation.getValue(MultiLabelMetrics.ECE));
        return Picture.of(
                Picture.nameOf("reliability", row.name()),
                "Reliability of " + row.name(),
                "%s: how often a label is true, against its probability.".formatted(row.name()),
                new ReliabilityDiagram(
                                new Titles(row.name(), ece),
                                color,
                                "Probability of a label",
                                "Share of true labels",
                                RowCharts.bins(evaluation.getReliability()))
                        .toDrawing());
    }
}
