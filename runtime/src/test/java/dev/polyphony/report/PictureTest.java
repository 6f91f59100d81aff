/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.report.chart.Mark;
import dev.polyphony.report.chart.Palette;
import dev.polyphony.report.chart.PlaneChart;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Looks at pictures and their files. */
class PictureTest {

    private static BufferedImage image(Picture picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.toPng()));
        assertEquals(picture.width() * 2, image.getWidth());
        assertEquals(picture.height() * 2, image.getHeight());
        return image;
    }

    @Test
    void decisionMapColoursTheClasses() {
        float[][] points = {{-1, 0}, {1, 0}};
        Picture picture = DecisionMap.of("Halves", PictureTest::halves, points, new int[] {0, 1});
        BufferedImage map =
                picture.getDrawing().orElseThrow().marks().stream()
                        .filter(Mark.Raster.class::isInstance)
                        .map(mark -> ((Mark.Raster) mark).image())
                        .findFirst()
                        .orElseThrow();
        int middle = map.getWidth() / 2;
        assertEquals(PlaneChart.shade(Palette.of(0), 0.7).getRGB(), map.getRGB(middle - 9, middle));
        assertEquals(PlaneChart.shade(Palette.of(1), 0.7).getRGB(), map.getRGB(middle + 9, middle));
        assertTrue(picture.getCaption().contains("mutual information"), picture.getCaption());
    }

    @Test
    void decisionMapDrawsPointsOfAllClasses() {
        float[][] points = new float[600][];
        int[] labels = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new float[] {i % 25, i / 25};
            labels[i] = i % 2;
        }
        Picture picture = DecisionMap.of("Turns", PictureTest::halves, points, labels);
        long circles =
                picture.getDrawing().orElseThrow().marks().stream()
                        .filter(Mark.Dot.class::isInstance)
                        .count();
        long triangles =
                picture.getDrawing().orElseThrow().marks().stream()
                        .filter(mark -> mark instanceof Mark.Area area && area.x().length == 3)
                        .count();
        // 300 of the points, in each of two maps
        assertEquals(600, circles + triangles);
        assertTrue(Math.min(circles, triangles) > 200, circles + " and " + triangles);
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
        assertTrue(plain.getCaption().startsWith(name + ". Above: "), plain.getCaption());
        assertTrue(plain.getCaption().contains("predictive entropy"), plain.getCaption());
        assertTrue(plain.getCaption().contains("so no mutual information"), plain.getCaption());
        assertTrue(plain.getCaption().contains("its own scale"), plain.getCaption());
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
        byte[] png = Samples.decisionMap("x", 1).toPng();
        assertThrows(IllegalArgumentException.class, () -> Picture.ofPng("../x", "t", "c", png));
        assertThrows(
                IllegalArgumentException.class, () -> Picture.ofPng("x", "t", "c", new byte[9]));
    }
}
