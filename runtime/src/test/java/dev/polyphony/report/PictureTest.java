/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.UncertaintyScore;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Looks at the pixels of the pictures. */
class PictureTest {

    private static BufferedImage image(Picture picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
        assertEquals(picture.width() * 2, image.getWidth());
        assertEquals(picture.height() * 2, image.getHeight());
        return image;
    }

    private static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    private static Result result(String name, double seconds) {
        return Samples.result(name, "", 1, 1, new Cost(1, 1, seconds, 1));
    }

    @Test
    void barsAreAsLongAsTheirValues() throws IOException {
        List<Result> rows = List.of(result("One", 10), result("Three", 30), result("None", 0));
        BufferedImage image = image(BarChart.of(Column.cost(Metrics.TRAINING_TIME), rows));
        double ratio = (double) count(image, Palette.of(1)) / count(image, Palette.of(0));
        assertEquals(3, ratio, 0.05);
        assertEquals(0, count(image, Palette.of(2)));
    }

    @Test
    void barsOfZeroesAndOfNothingAreDrawn() throws IOException {
        Column nothing = new Column(Metrics.INFERENCE_TIME, "Nothing", row -> Double.NaN);
        image(BarChart.of(nothing, List.of(result("One", 1))));
        image(BarChart.of(Column.quality(Metrics.DISAGREEMENT), List.of(result("One", 1))));
    }

    @Test
    void reliabilityBarsAreAsHighAsTheAccuracy() throws IOException {
        Color color = new Color(0x00, 0x72, 0xb2);
        // full confidence, once right and once never: no gap, or nothing but gap
        BufferedImage right = image(ReliabilityDiagram.of(sure(0), color));
        BufferedImage wrong = image(ReliabilityDiagram.of(sure(1), color));
        Color bar = ReliabilityDiagram.barColor(color);
        int legend = count(wrong, bar);
        assertTrue(count(right, bar) > 10 * legend, legend + " pixels in the legend alone");
        String caption = ReliabilityDiagram.of(sure(1), color).caption();
        assertEquals(
                "Sure: mean confidence 1.0000, accuracy 0.0000: over-confident by 1.0000, on the whole.",
                caption);
    }

    /** One bin, half of it gap: above the bar if over-confident, over it if under-confident. */
    @Test
    void gapsStandOutFromEveryColour() throws IOException {
        for (int k = 0; k < 8; k++) {
            int none = count(image(ReliabilityDiagram.of(even(0.5f, 2), Palette.of(k))));
            int over = count(image(ReliabilityDiagram.of(even(0.9f, 2), Palette.of(k))));
            int under = count(image(ReliabilityDiagram.of(even(0.6f, 1), Palette.of(k))));
            assertTrue(over > none + 500, over + " pixels of ink, without gap " + none);
            assertTrue(under > none + 500, under + " pixels of ink, without gap " + none);
            assertTrue(contrast(ReliabilityDiagram.barColor(Palette.of(k)), Palette.INK) > 4.5);
        }
    }

    private static int count(BufferedImage image) {
        return count(image, Palette.INK);
    }

    /** Contrast as in WCAG 2.1. */
    private static double contrast(Color light, Color dark) {
        return (luminance(light) + 0.05) / (luminance(dark) + 0.05);
    }

    private static double luminance(Color color) {
        float[] rgb = color.getRGBColorComponents(null);
        for (int i = 0; i < 3; i++) {
            rgb[i] = (float) Math.pow((rgb[i] + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    /** Two answers of this confidence; the first is right, and of two labels the second is not. */
    private static Result even(float confidence, int labels) {
        float logit = (float) Math.log(confidence / (1 - confidence)) + 1e-4f;
        Predictions test =
                Predictions.of(
                        new float[] {logit, 0, logit, 0},
                        new int[] {0, labels - 1},
                        1,
                        2,
                        Aggregation.PROBABILITIES);
        return new Result("Sure", "", Evaluation.of(test, Map.of()), new Cost(1, 1, 1, 1));
    }

    private static Result sure(int label) {
        Predictions test =
                Predictions.of(
                        new float[] {99, 0}, new int[] {label}, 1, 2, Aggregation.PROBABILITIES);
        return new Result(
                "Sure", "", Evaluation.of(test, Map.of("same", test)), new Cost(1, 1, 1, 1));
    }

    @Test
    void histogramsOfEqualScoresAreDrawn() throws IOException {
        Picture picture =
                ScoreHistogram.of(
                        sure(0), "same", UncertaintyScore.MUTUAL_INFORMATION, Palette.of(0));
        image(picture);
        assertEquals("histogram-same-sure", picture.name());
        assertTrue(picture.caption().contains("100.0% of the test set"), picture.caption());
    }

    @Test
    void decisionMapColoursTheClasses() throws IOException {
        float[][] points = {{-1, 0}, {1, 0}};
        Picture picture = DecisionMap.of("Halves", PictureTest::halves, points, new int[] {0, 1});
        BufferedImage image = image(picture);
        int left = image.getRGB(image.getWidth() / 6, image.getHeight() / 4);
        int right = image.getRGB(image.getWidth() * 5 / 12, image.getHeight() / 4);
        assertEquals(Palette.mix(Color.WHITE, Palette.of(0), 0.7).getRGB(), left);
        assertEquals(Palette.mix(Color.WHITE, Palette.of(1), 0.7).getRGB(), right);
        assertTrue(picture.caption().contains("mutual information"), picture.caption());
    }

    @Test
    void decisionMapDrawsPointsOfAllClasses() throws IOException {
        float[][] points = new float[600][];
        int[] labels = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new float[] {i % 25, i / 25};
            labels[i] = i % 2;
        }
        BufferedImage image = image(DecisionMap.of("Turns", PictureTest::halves, points, labels));
        for (int c = 0; c < 2; c++) {
            Color marker = Palette.mix(Palette.of(c), Color.BLACK, 0.35);
            assertTrue(count(image, marker) > 1000, "points of class " + c);
        }
    }

    @Test
    void decisionMapOfALongNameSaysItAll() throws IOException {
        String name = "BatchEnsemble, multiplicative, trained on sub-batches";
        Picture plain =
                DecisionMap.of(
                        name,
                        grid ->
                                Predictions.of(
                                        new float[grid.length * 2],
                                        1,
                                        2,
                                        Aggregation.PROBABILITIES),
                        new float[][] {{0, 0}},
                        new int[1]);
        assertTrue(plain.caption().startsWith(name + ". Left: "), plain.caption());
        assertTrue(plain.caption().contains("predictive entropy"), plain.caption());
        assertTrue(plain.caption().contains("so no mutual information"), plain.caption());
        assertTrue(plain.caption().contains("its own scale"), plain.caption());
        BufferedImage image = image(plain);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = image.getWidth() - 12; x < image.getWidth(); x++) {
                assertEquals(Color.WHITE.getRGB(), image.getRGB(x, y), "the edge is free");
            }
        }
    }

    /** Two members, sure of class 1 right of zero. */
    private static Predictions halves(float[][] points) {
        float[] logits = new float[points.length * 4];
        for (int k = 0; k < points.length * 2; k++) {
            logits[2 * k + 1] = 1000 * points[k / 2][0];
        }
        return Predictions.of(logits, 2, 2, Aggregation.PROBABILITIES);
    }

    @Test
    void decisionMapChecksItsPoints() {
        float[][] deep = {{0, 0, 0}};
        assertThrows(
                IllegalArgumentException.class,
                () -> DecisionMap.of("x", PictureTest::halves, deep, new int[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> DecisionMap.of("x", PictureTest::halves, new float[0][], new int[0]));
        float[][] flat = {{0, 0}};
        assertThrows(
                IllegalArgumentException.class,
                () -> DecisionMap.of("x", grid -> halves(flat), flat, new int[1]));
    }

    @Test
    void namesAreFileNames() {
        assertEquals("bars-training-time-s", Picture.nameOf("bars", "Training time (s)"));
        assertEquals("picture", Picture.nameOf("?"));
        byte[] png = Samples.decisionMap("x", 1).png();
        assertThrows(IllegalArgumentException.class, () -> new Picture("../x", "t", "c", png));
        assertThrows(IllegalArgumentException.class, () -> new Picture("x", "t", "c", new byte[9]));
    }

    @Test
    void axesEndAtRoundNumbers() {
        assertEquals(1.5, Canvas.roundUp(1.386), 1e-12);
        assertEquals(0.04, Canvas.roundUp(0.031), 1e-12);
        assertEquals(1, Canvas.roundUp(1), 1e-12);
        assertEquals(100, Canvas.roundUp(81), 1e-12);
    }
}
