/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.CurvePoint;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Reading;
import dev.polyphony.report.chart.Axis;
import dev.polyphony.report.chart.CurveChart;
import dev.polyphony.report.chart.CurveChart.Line;
import dev.polyphony.report.chart.ScatterChart;
import dev.polyphony.report.chart.Titles;
import java.util.ArrayList;
import java.util.List;

/** What is asked of predicted numbers: are intervals right, and where is it off. */
final class NumberSections {

    private static final double[] ENDS = {0, 1};

    private NumberSections() {}

    static List<Section> of(Report report) {
        List<Section> sections = new ArrayList<>();
        sections.add(
                new Section(
                        "Calibration: can the intervals be believed?",
                        List.of(
                                new Reading(
                                        "An interval that claims to hold the right number in 80% of"
                                                + " the cases should do so in 80%: then the curve runs"
                                                + " on the dashed line. Below it intervals are too"
                                                + " narrow, and the model too sure; above it they are"
                                                + " too wide."),
                                new Gallery(List.of(calibration(report.getResults()))))));
        List<Picture> scatters = new ArrayList<>();
        for (int r = 0; r < report.getResults().size(); r++) {
            Result row = report.getResults().get(r);
            int color = r;
            row.extras().forecasts().ifPresent(points -> scatters.add(scatter(row, color, points)));
        }
        if (!scatters.isEmpty()) {
            sections.add(
                    new Section(
                            "Predicted and true",
                            List.of(
                                    new Reading(
                                            "Each dot is a test example: what is predicted (up)"
                                                    + " against what is right (across), with the central"
                                                    + " 90% interval as a bar. Right predictions lie on"
                                                    + " the dashed line; nine of ten bars should cross"
                                                    + " it."),
                                    new Gallery(scatters))));
        }
        return sections;
    }

    private static Picture calibration(List<Result> rows) {
        List<Line> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            List<CurvePoint> curve =
                    ((RegressionEvaluation) rows.get(r).evaluation()).getIntervalCalibration();
            lines.add(
                    new Line(
                            rows.get(r).name(),
                            r,
                            curve.stream().mapToDouble(CurvePoint::x).toArray(),
                            curve.stream().mapToDouble(CurvePoint::y).toArray()));
        }
        return Picture.of(
                "interval-calibration",
                "Calibration of intervals",
                "Share of the right numbers that lie in the central interval, against the share that"
                        + " it claims.",
                new CurveChart(
                                new Titles("Calibration of intervals", "dashed is right"),
                                Axis.ofShares(),
                                "Share that the interval claims",
                                Axis.ofShares(),
                                "Share that it holds",
                                lines,
                                new Line("right", 0, ENDS, ENDS))
                        .toDrawing());
    }

    private static Picture scatter(Result row, int color, Forecasts points) {
        return Picture.of(
                Picture.nameOf("predicted", row.name()),
                "Predicted and true numbers of " + row.name(),
                "%s: %d test examples.".formatted(row.name(), points.truth().length),
                new ScatterChart(
                                new Titles(row.name(), ""),
                                "True",
                                "Predicted",
                                color,
                                points.truth(),
                                points.predicted(),
                                points.low(),
                                points.high())
                        .toDrawing());
    }
}
