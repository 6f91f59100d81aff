/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.report.chart.Axis;
import dev.polyphony.report.chart.Drawing;
import dev.polyphony.report.chart.Palette;
import dev.polyphony.report.chart.PlaneChart;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What an ensemble says in the plane of its two inputs: above which class, below how unsure it is.
 *
 * <p>The strength of a class's colour is its probability, from even odds (white) to certainty. The
 * uncertainty is the mutual information if there are several members, else the entropy. At most 300
 * data points are drawn. The colours of the uncertainty reach to the largest value of the picture,
 * so that pictures are compared by the numbers of their scales.
 */
public final class DecisionMap {

    private static final int CELLS = 150;
    private static final int POINTS = 300;
    private static final int SHADES = 20;

    private final float[][] points;
    private final int[] labels;
    private final double[] low = new double[2];
    private final double[] high = new double[2];

    private DecisionMap(float[][] points, int[] labels) {
        this.points = points;
        this.labels = labels;
        for (int axis = 0; axis < 2; axis++) {
            int a = axis;
            double min = Arrays.stream(points).mapToDouble(p -> p[a]).min().orElseThrow();
            double max = Arrays.stream(points).mapToDouble(p -> p[a]).max().orElseThrow();
            double margin = max > min ? (max - min) * 0.15 : 1;
            low[axis] = min - margin;
            high[axis] = max + margin;
        }
    }

    /**
     * Draws the map of one ensemble.
     *
     * @param name the name for readers
     * @param model gives the predictions for points, {@code [N][2]}
     * @param points data points to draw, {@code [N][2]}, at least one; they set the limits
     * @param labels their classes, {@code [N]}
     * @return the picture
     * @throws IllegalArgumentException if there are no points, points are not two-dimensional, or
     *     labels are missing
     */
    public static Picture of(
            String name, Function<float[][], Predictions> model, float[][] points, int[] labels) {
        if (points.length == 0 || points.length != labels.length) {
            throw new IllegalArgumentException(
                    ("%d points with %d labels: a decision map needs one label for each, and"
                                    + " at least one point")
                            .formatted(points.length, labels.length));
        }
        if (Arrays.stream(points).anyMatch(point -> point.length != 2)) {
            throw new IllegalArgumentException("a decision map needs points of two values");
        }
        DecisionMap map = new DecisionMap(points, labels);
        Predictions predictions = model.apply(map.grid());
        if (predictions.size() != CELLS * CELLS) {
            throw new IllegalArgumentException(
                    "the model of '%s' gave %d predictions for %d points"
                            .formatted(name, predictions.size(), CELLS * CELLS));
        }
        UncertaintyScore score =
                predictions.getMembers() > 1
                        ? UncertaintyScore.MUTUAL_INFORMATION
                        : UncertaintyScore.PREDICTIVE_ENTROPY;
        return Picture.of(
                Picture.nameOf("decision", name),
                "Decision and uncertainty of " + name,
                name
                        + ". Above: the predicted class, paler where the odds are more even. Below: "
                        + meaning(score)
                        + ". Each picture has its own scale: compare numbers, not shades.",
                map.draw(name, predictions, score));
    }

    private static String meaning(UncertaintyScore score) {
        String title = score.getTitle().toLowerCase(Locale.ROOT);
        return score == UncertaintyScore.MUTUAL_INFORMATION
                ? title + ", darker where the members disagree more"
                : title
                        + ", darker where the model is less sure (one model has no members that"
                        + " could disagree, so no mutual information)";
    }

    /** The centres of the cells, row by row from the top. */
    private float[][] grid() {
        float[][] grid = new float[CELLS * CELLS][];
        for (int k = 0; k < grid.length; k++) {
            double x = low[0] + (high[0] - low[0]) * (k % CELLS + 0.5) / CELLS;
            double y = high[1] - (high[1] - low[1]) * (k / CELLS + 0.5) / CELLS;
            grid[k] = new float[] {(float) x, (float) y};
        }
        return grid;
    }

    private Drawing draw(String name, Predictions predictions, UncertaintyScore score) {
        int[] predicted = predictions.getPredicted();
        double[] confidence = predictions.getConfidence();
        double chance = 1.0 / predictions.getClasses();
        double[] uncertainty = score.of(predictions);
        Axis scale = Axis.fromZero(Arrays.stream(uncertainty).max().orElseThrow());
        return new PlaneChart(
                        Axis.within(low[0], high[0]),
                        Axis.within(low[1], high[1]),
                        dots(),
                        List.of(
                                new PlaneChart.Map(
                                        name,
                                        image(
                                                k -> Palette.of(predicted[k]),
                                                k ->
                                                        0.7
                                                                * shade(
                                                                        (confidence[k] - chance)
                                                                                / (1 - chance)))),
                                new PlaneChart.Map(
                                        score.getTitle() + " (" + score.getUnit() + ")",
                                        image(
                                                k -> PlaneChart.DARK,
                                                k -> shade(uncertainty[k] / scale.to())))),
                        scale.to())
                .toDrawing();
    }

    private static BufferedImage image(IntFunction<Color> color, IntToDoubleFunction share) {
        return PlaneChart.image(
                CELLS, k -> PlaneChart.shade(color.apply(k), share.applyAsDouble(k)));
    }

    /** Rounds to one of few shades: contours show, and the file stays small. */
    private static double shade(double share) {
        return Math.round(share * SHADES) / (double) SHADES;
    }

    private List<PlaneChart.Dot> dots() {
        List<Integer> drawn = new ArrayList<>(IntStream.range(0, points.length).boxed().toList());
        // at random: data may be stored class by class, or by turns
        Collections.shuffle(drawn, new Random(0));
        return drawn.stream()
                .limit(POINTS)
                .map(i -> new PlaneChart.Dot(points[i][0], points[i][1], labels[i]))
                .toList();
    }
}
