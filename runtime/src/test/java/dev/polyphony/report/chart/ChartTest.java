/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Measures what is drawn. */
class ChartTest {

    private static final Titles TITLES = new Titles("Title", "remark");

    private static <M extends Mark> List<M> marks(Drawing drawing, Class<M> type) {
        return drawing.marks().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<Mark.Area> noted(Drawing drawing, String part) {
        return marks(drawing, Mark.Area.class).stream()
                .filter(area -> area.note().contains(part))
                .toList();
    }

    private static double width(Mark.Area area) {
        return Arrays.stream(area.x()).max().orElseThrow()
                - Arrays.stream(area.x()).min().orElseThrow();
    }

    private static double height(Mark.Area area) {
        return Arrays.stream(area.y()).max().orElseThrow()
                - Arrays.stream(area.y()).min().orElseThrow();
    }

    private static List<String> words(Drawing drawing) {
        return marks(drawing, Mark.Words.class).stream().map(Mark.Words::text).toList();
    }

    @Test
    void barsAreAsLongAsTheirValues() {
        Drawing drawing =
                new BarChart(
                                TITLES,
                                List.of(
                                        new BarChart.Bar("One", 0, 10, "10"),
                                        new BarChart.Bar("Three", 1, 30, "30", 20, 40),
                                        new BarChart.Bar("None", 2, Double.NaN, "-")))
                        .toDrawing();
        double one = width(noted(drawing, "One: 10").get(0));
        double three = width(noted(drawing, "Three: 30").get(0));
        assertEquals(3, three / one, 1e-9);
        assertEquals(0, width(noted(drawing, "None: -").get(0)), 1e-9);
        Mark.Path whisker =
                marks(drawing, Mark.Path.class).stream()
                        .filter(path -> path.y()[0] == path.y()[1])
                        .findFirst()
                        .orElseThrow();
        assertEquals(2 * one, whisker.x()[1] - whisker.x()[0], 1e-9);
    }

    @Test
    void reliabilityBarsAreAsHighAsTheAccuracy() {
        Drawing drawing =
                new ReliabilityDiagram(
                                TITLES,
                                0,
                                "x",
                                "y",
                                List.of(
                                        new ReliabilityDiagram.Bin(
                                                0, 0.5, 0, Double.NaN, Double.NaN),
                                        new ReliabilityDiagram.Bin(0.5, 0.75, 10, 0.6, 0.3),
                                        new ReliabilityDiagram.Bin(0.75, 1, 40, 0.9, 0.9)))
                        .toDrawing();
        List<Mark.Area> bars = noted(drawing, "accuracy");
        assertEquals(2, bars.size(), "an empty bin has no bar");
        assertEquals(3, height(bars.get(1)) / height(bars.get(0)), 1e-9);
        List<Mark.Area> counts = noted(drawing, " examples").subList(2, 4);
        assertEquals(4, height(counts.get(1)) / height(counts.get(0)), 1e-9);
        // the gap of the first bar is hatched, all of it above the bar
        double top = Arrays.stream(bars.get(0).y()).min().orElseThrow();
        List<Mark.Path> hatches =
                marks(drawing, Mark.Path.class).stream().filter(p -> p.width() == 0.7).toList();
        assertTrue(hatches.size() > 5, hatches.size() + " lines");
        hatches.forEach(line -> assertTrue(line.y()[0] <= top + 1e-6 && line.y()[1] <= top + 1e-6));
    }

    @Test
    void frontIsWhatNobodyBeatsInBoth() {
        TradeOff chart =
                new TradeOff(
                        TITLES,
                        "Cost",
                        "Error",
                        List.of(
                                point("cheap", 1, 9),
                                point("worse and dearer", 2, 10),
                                point("good", 3, 5),
                                point("as good, dearer", 4, 5),
                                point("best", 100, 1)));
        assertEquals(
                List.of("cheap", "good", "best"),
                chart.getFront().stream().map(TradeOff.Point::name).toList());
    }

    private static TradeOff.Point point(String name, double cost, double quality) {
        return new TradeOff.Point(name, 0, cost, quality, Double.NaN, Double.NaN);
    }

    @Test
    void namesOfPointsDoNotOverlap() {
        Random random = new Random(5);
        List<TradeOff.Point> points =
                IntStream.range(0, 9)
                        .mapToObj(
                                i ->
                                        point(
                                                "A name of a row " + i,
                                                1000 * (1 + 0.2 * random.nextDouble()),
                                                0.1 + 0.02 * random.nextDouble()))
                        .toList();
        Drawing drawing = new TradeOff(TITLES, "Cost", "Error", points).toDrawing();
        List<Rectangle2D> boxes = new ArrayList<>();
        for (Mark.Words words : marks(drawing, Mark.Words.class)) {
            if (words.text().startsWith("A name")) {
                double width = Letters.width(words.text(), words.size(), false);
                boxes.add(
                        new Rectangle2D.Double(
                                words.x(), words.y() - words.size() + 2, width, words.size()));
            }
        }
        assertEquals(9, boxes.size());
        for (int i = 0; i < boxes.size(); i++) {
            assertTrue(boxes.get(i).getMaxX() <= drawing.width(), "inside");
            for (int j = 0; j < i; j++) {
                assertFalse(boxes.get(i).intersects(boxes.get(j)), i + " covers " + j);
            }
        }
    }

    @Test
    void curvesGoThroughTheirPoints() {
        double[] x = {0, 0.5, 1};
        CurveChart.Line line = new CurveChart.Line("rising", 1, x, new double[] {0, Double.NaN, 1});
        Drawing drawing =
                new CurveChart(
                                TITLES,
                                Axis.ofShares(),
                                "x",
                                Axis.ofShares(),
                                "y",
                                List.of(line),
                                new CurveChart.Line("chance", 0, x, x))
                        .toDrawing();
        Mark.Path curve =
                marks(drawing, Mark.Path.class).stream()
                        .filter(path -> path.tint().name().equals("c1") && path.x().length == 2)
                        .filter(path -> path.y()[0] != path.y()[1])
                        .findFirst()
                        .orElseThrow();
        Mark.Path chance =
                marks(drawing, Mark.Path.class).stream()
                        .filter(path -> path.x().length == 3)
                        .findFirst()
                        .orElseThrow();
        assertEquals(chance.x()[2], curve.x()[1], 1e-9);
        assertEquals(chance.y()[2], curve.y()[1], 1e-9);
        assertTrue(words(drawing).containsAll(List.of("rising", "chance", "x", "y")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CurveChart.Line("short", 0, x, new double[2]));
    }

    @Test
    void histogramsHaveAStepForEachBin() {
        HistogramChart.Kind kind =
                new HistogramChart.Kind("right", Tint.RIGHT, new double[] {1, 4});
        Drawing drawing =
                new HistogramChart(TITLES, new double[] {0, 1, 2}, "x", "y", List.of(kind))
                        .toDrawing();
        double[] y = noted(drawing, "right").get(0).y();
        assertEquals(4, (y[0] - y[3]) / (y[0] - y[1]), 1e-9);
        assertThrows(
                IllegalArgumentException.class,
                () -> new HistogramChart(TITLES, new double[] {0, 1}, "x", "y", List.of(kind)));
    }

    @Test
    void heatMapsWriteTheirNumbers() {
        double[][] values = {{1, 0.25}, {0.25, 1}};
        Drawing drawing = new HeatMap(TITLES, List.of("1", "2"), values, 0, 1).toDrawing();
        assertEquals(2, Collections.frequency(words(drawing), "0.250"));
        assertEquals(2, Collections.frequency(words(drawing), "1.000"));
        assertTrue(drawing.isFixed(), "shades are the same in the dark");
    }

    @Test
    void pixelsAreThoseOfTheMarks() throws Exception {
        Sheet sheet = new Sheet(20, 10).box(2, 2, 4, 4, Tint.of(3), "");
        BufferedImage red = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        red.setRGB(0, 0, Color.RED.getRGB());
        sheet.image(10, 2, 4, 4, red, false);
        byte[] png = Png.of(sheet.toDrawing());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(40, image.getWidth());
        assertEquals(Palette.of(3).getRGB(), image.getRGB(8, 8));
        assertEquals(Color.RED.getRGB(), image.getRGB(24, 8));
        assertEquals(Color.WHITE.getRGB(), image.getRGB(16, 8));
    }

    @Test
    void vectorsFollowThePageOrStandAlone() {
        Drawing drawing =
                new Sheet(20, 10)
                        .box(2, 2, 4, 4, Tint.of(3).fade(0.5), "a < b")
                        .text(1, 1, Mark.Anchor.END, Tint.INK, "x & y")
                        .toDrawing();
        String inline = Svg.inline(drawing, "It's \"a\"");
        assertTrue(inline.contains("class=\"f-c3\" fill-opacity=\"0.5\""), inline);
        assertTrue(inline.contains("<title>a &lt; b</title>"), inline);
        assertTrue(inline.contains("text-anchor=\"end\" class=\"f-ink\">x &amp; y<"), inline);
        assertTrue(inline.contains("aria-label=\"It's &quot;a&quot;\""), inline);
        String file = Svg.file(drawing, "A");
        assertTrue(file.contains("fill=\"#d55e00\" fill-opacity=\"0.5\""), file);
        assertFalse(file.contains("class="), file);
        assertTrue(Svg.style().contains(".f-c3{fill:var(--c3)}"));
    }

    @Test
    void axesHaveRoundTicks() {
        assertEquals(List.of(0.0, 0.2, 0.4, 0.6), rounded(Axis.fromZero(0.57)));
        assertEquals(1, Axis.fromZero(0).to());
        assertEquals(List.of(2000.0, 5000.0, 10000.0, 20000.0), rounded(Axis.ofRatios(1900, 2e4)));
        assertEquals(0.5, Axis.ofRatios(10, 1000).place(100), 1e-9);
        assertEquals("20k", Axis.shortText(20_000));
        assertEquals("1.5M", Axis.shortText(1.5e6));
    }

    private static List<Double> rounded(Axis axis) {
        return axis.ticks().stream().map(tick -> Math.round(tick * 1e9) / 1e9).toList();
    }
}
