/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.UncertaintyScore;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What an ensemble says in the plane of its two inputs: on the left which class, on the right how
 * unsure it is.
 *
 * <p>The strength of a class's colour is its probability, from even odds (white) to certainty. The
 * uncertainty is the mutual information if there are several members, else the entropy. At most 300
 * data points are drawn. The colours of the uncertainty reach to the largest value of the picture,
 * so that pictures are compared by the numbers of their scales.
 */
public final class DecisionMap {

    private static final int CELLS = 150;
    private static final int PANEL = 276;
    private static final int HEIGHT = 300;
    private static final int SCALE_WIDTH = 78;
    private static final int POINTS = 300;
    private static final int SHADES = 20;
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND
    };
    private static final Color UNSURE = new Color(0x4b, 0x1d, 0x6b);

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
        return new Picture(
                Picture.nameOf("decision", name),
                "Decision and uncertainty of " + name,
                name
                        + ". Left: the predicted class, paler where the odds are more even. Right: "
                        + meaning(score)
                        + ". Each picture has its own scale: compare numbers, not shades.",
                Canvas.png(
                        2 * PANEL + SCALE_WIDTH,
                        HEIGHT,
                        graphics -> map.draw(graphics, name, predictions, score)));
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

    private void draw(
            Graphics2D graphics, String name, Predictions predictions, UncertaintyScore score) {
        int[] predicted = predictions.getPredicted();
        double[] confidence = predictions.getConfidence();
        double chance = 1.0 / predictions.getClasses();
        panel(
                graphics,
                name,
                k ->
                        Palette.mix(
                                Color.WHITE,
                                Palette.of(predicted[k]),
                                0.7 * shade((confidence[k] - chance) / (1 - chance))));
        double[] uncertainty = score.of(predictions);
        double most = Arrays.stream(uncertainty).max().orElseThrow();
        double limit = most > 0 ? Canvas.roundUp(most) : 1;
        graphics.translate(PANEL, 0);
        panel(
                graphics,
                score.getTitle() + " (" + score.getUnit() + ")",
                k -> Palette.mix(Color.WHITE, UNSURE, shade(uncertainty[k] / limit)));
        graphics.translate(PANEL, 0);
        scale(graphics, limit);
    }

    /** Rounds to one of few shades: contours show, and the file stays small. */
    private static double shade(double share) {
        return Math.round(share * SHADES) / (double) SHADES;
    }

    private void panel(Graphics2D graphics, String title, IntFunction<Color> cell) {
        XYChart chart = Canvas.chart(PANEL, HEIGHT - Canvas.HEADLINE + Canvas.MARGIN, "", "");
        chart.getStyler().setAxisTitlesVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setXAxisDecimalPattern("0.#");
        chart.getStyler().setYAxisDecimalPattern("0.#");
        chart.getStyler().setXAxisMin(low[0]);
        chart.getStyler().setXAxisMax(high[0]);
        chart.getStyler().setYAxisMin(low[1]);
        chart.getStyler().setYAxisMax(high[1]);
        chart.getStyler().setMarkerSize(4);
        addPoints(chart);
        Canvas.layOut(chart);
        BufferedImage image = new BufferedImage(CELLS, CELLS, BufferedImage.TYPE_INT_RGB);
        for (int k = 0; k < CELLS * CELLS; k++) {
            image.setRGB(k % CELLS, k / CELLS, cell.apply(k).getRGB());
        }
        int left = (int) Math.round(chart.getScreenXFromChart(low[0]));
        int right = (int) Math.round(chart.getScreenXFromChart(high[0]));
        int top = (int) Math.round(chart.getScreenYFromChart(high[1]));
        int bottom = (int) Math.round(chart.getScreenYFromChart(low[1]));
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        AffineTransform panel = graphics.getTransform();
        Canvas.headline(graphics, PANEL, title, "");
        graphics.translate(0, Canvas.HEADLINE - Canvas.MARGIN);
        graphics.drawImage(image, left, top, right - left, bottom - top, null);
        graphics.setTransform(panel);
        Canvas.below(graphics, chart);
        graphics.setTransform(panel);
    }

    private void addPoints(XYChart chart) {
        List<Integer> drawn = new ArrayList<>(IntStream.range(0, points.length).boxed().toList());
        // at random: data may be stored class by class, or by turns
        Collections.shuffle(drawn, new Random(0));
        drawn = drawn.subList(0, Math.min(POINTS, drawn.size()));
        int classes = Arrays.stream(labels).max().orElseThrow() + 1;
        for (int c = 0; c < classes; c++) {
            int label = c;
            float[][] own =
                    drawn.stream()
                            .filter(i -> labels[i] == label)
                            .map(i -> points[i])
                            .toArray(float[][]::new);
            if (own.length > 0) {
                XYSeries series =
                        chart.addSeries(
                                "class " + c,
                                Arrays.stream(own).mapToDouble(p -> p[0]).toArray(),
                                Arrays.stream(own).mapToDouble(p -> p[1]).toArray());
                series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
                series.setMarker(MARKERS[c % MARKERS.length]);
                series.setMarkerColor(Palette.mix(Palette.of(c), Color.BLACK, 0.35));
            }
        }
    }

    /** The colours of the right panel, from none to most. */
    private static void scale(Graphics2D graphics, double limit) {
        int top = 46;
        int height = HEIGHT - 110;
        for (int y = 0; y < height; y++) {
            graphics.setColor(Palette.mix(UNSURE, Color.WHITE, y / (height - 1.0)));
            graphics.fillRect(4, top + y, 14, 1);
        }
        graphics.setColor(Palette.FAINT);
        graphics.drawRect(4, top, 14, height);
        graphics.setColor(Palette.INK);
        graphics.setFont(Canvas.SMALL);
        for (int tick = 0; tick <= 4; tick++) {
            String text =
                    String.format(
                            Locale.ROOT, limit < 0.1 ? "%.4f" : "%.3f", limit * (4 - tick) / 4);
            graphics.drawString(tick == 4 ? "0" : text, 24, top + 4 + height * tick / 4);
        }
    }
}
