/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.CurvePoint;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.corrupt.CorruptionSummary;
import dev.polyphony.report.chart.Axis;
import dev.polyphony.report.chart.CurveChart;
import dev.polyphony.report.chart.CurveChart.Line;
import dev.polyphony.report.chart.Titles;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Pictures that hold a curve of every row. A row has the colour of its place. */
final class CurveCharts {

    private static final int POINTS = 200;

    private static final double[] ENDS = {0, 1};

    private CurveCharts() {}

    /** Error rate against the share of examples that is answered. */
    static Picture riskCoverage(List<Result> rows) {
        List<Line> lines = lines(rows, row -> row.classification().getSelection().getCurve(POINTS));
        return Picture.of(
                "risk-coverage",
                "Errors against the share that is answered",
                "From right to left, ever more of the least certain examples are left to others.",
                new CurveChart(
                                new Titles("Errors against coverage", "lower is better"),
                                Axis.ofShares(),
                                "Share of the examples that is answered",
                                null,
                                "Share of answers that are wrong",
                                lines,
                                null)
                        .toDrawing());
    }

    /** How many foreign examples are flagged, against how many of the test set. */
    static Picture roc(List<Result> rows, String set) {
        List<Line> lines = lines(rows, row -> detection(row, set, d -> d.getRoc(POINTS)));
        return Picture.of(
                Picture.nameOf("roc", set),
                "ROC: " + set,
                ("Flagged as foreign by the %s: of %s (up) and of the test set (across), at every"
                                + " threshold.")
                        .formatted(Charts.lower(rows.get(0).task().getMainScoreTitle()), set),
                new CurveChart(
                                new Titles("ROC: " + set, "upper left is better"),
                                Axis.ofShares(),
                                "Share of the test set that is flagged",
                                Axis.ofShares(),
                                "Share of the foreign set",
                                lines,
                                new Line("chance", 0, ENDS, ENDS))
                        .toDrawing());
    }

    /** How many of what is flagged is foreign, against how many foreign examples are. */
    static Picture precisionRecall(List<Result> rows, String set) {
        List<Line> lines =
                lines(rows, row -> detection(row, set, d -> d.getPrecisionRecall(POINTS)));
        double chance = rows.stream().mapToDouble(row -> share(row, set)).max().orElse(0);
        return Picture.of(
                Picture.nameOf("precision-recall", set),
                "Precision and recall: " + set,
                "Of the examples that are flagged, the share that is foreign (up), against the share"
                        + " of the foreign ones that is flagged (across).",
                new CurveChart(
                                new Titles("Precision-recall: " + set, "upper right is better"),
                                Axis.ofShares(),
                                "Share of the foreign set that is flagged",
                                Axis.ofShares(),
                                "Share of the flagged that is foreign",
                                lines,
                                new Line("chance", 0, ENDS, new double[] {chance, chance}))
                        .toDrawing());
    }

    private static double share(Result row, String set) {
        Detection detection = row.detection(set);
        if (detection == null) {
            return 0;
        }
        double foreign = detection.getOutScores().length;
        return foreign / (foreign + row.evaluation().getExamples());
    }

    private static List<CurvePoint> detection(
            Result row, String set, Function<Detection, List<CurvePoint>> curve) {
        Detection detection = row.detection(set);
        return detection == null ? List.of() : curve.apply(detection);
    }

    private static List<Line> lines(List<Result> rows, Function<Result, List<CurvePoint>> curve) {
        List<Line> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            List<CurvePoint> points = curve.apply(rows.get(r));
            if (!points.isEmpty()) {
                lines.add(
                        new Line(
                                rows.get(r).name(),
                                r,
                                points.stream().mapToDouble(CurvePoint::x).toArray(),
                                points.stream().mapToDouble(CurvePoint::y).toArray()));
            }
        }
        return lines;
    }

    /** What corruptions make of accuracy and of calibration. */
    static List<Picture> corruptions(List<Result> rows) {
        return List.of(
                corruption(
                        rows,
                        "Accuracy",
                        "higher is better",
                        row -> row.evaluation().getValue(Metrics.ACCURACY),
                        CorruptionResult::accuracy),
                corruption(
                        rows,
                        "Calibration error",
                        "lower is better",
                        row -> row.evaluation().getValue(Metrics.ECE),
                        CorruptionResult::expectedCalibrationError));
    }

    private static Picture corruption(
            List<Result> rows,
            String title,
            String remark,
            ToDoubleFunction<Result> clean,
            ToDoubleFunction<CorruptionResult> value) {
        List<Line> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Result row = rows.get(r);
            if (!row.extras().corruptions().isEmpty()) {
                SortedMap<Integer, Double> means =
                        CorruptionSummary.of(row.extras().corruptions()).bySeverity(value);
                double[] x = new double[means.size() + 1];
                double[] y = new double[x.length];
                y[0] = clean.applyAsDouble(row);
                int at = 1;
                for (var mean : means.entrySet()) {
                    x[at] = mean.getKey();
                    y[at++] = mean.getValue();
                }
                lines.add(new Line(row.name(), r, x, y));
            }
        }
        double worst =
                lines.stream().mapToDouble(line -> line.x()[line.x().length - 1]).max().orElse(1);
        return Picture.of(
                Picture.nameOf("corruption", title),
                title + " by severity of corruption",
                "Mean over all kinds of corruption; severity 0 is the test set as it is.",
                new CurveChart(
                                new Titles(title + " by severity", remark),
                                Axis.ofCounts(0, worst),
                                "Severity of the corruption",
                                null,
                                title,
                                lines,
                                null)
                        .toDrawing());
    }
}
