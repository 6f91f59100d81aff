/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/** Draws charts in one style, sharp on fine displays, without a display of its own. */
final class Canvas {

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    /** What an axis must reach beyond its last tick for the tick to be drawn. */
    static final double HAIR = 1e-6;

    /** Height of the headline with its margins: what the chart below leaves free. */
    static final int HEADLINE = 42;

    static final int MARGIN = 12;

    /** Pixels of the file for each pixel of the layout. */
    static final int SCALE = 2;

    private Canvas() {}

    /** Draws on white and returns the picture as PNG. */
    static byte[] png(int width, int height, Consumer<Graphics2D> painter) {
        BufferedImage image =
                new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            painter.accept(graphics);
        } catch (LinkageError | InternalError e) {
            throw new IllegalStateException(
                    "cannot draw: this Java finds no fonts; install some (on Debian: apt-get"
                            + " install fontconfig fonts-dejavu-core)",
                    e);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Draws the headline of a picture: what it shows in bold on the left, a remark on the right.
     */
    static void headline(Graphics2D graphics, int width, String bold, String remark) {
        graphics.setColor(Palette.INK);
        graphics.setFont(TEXT);
        int remarkWidth = graphics.getFontMetrics().stringWidth(remark);
        graphics.drawString(remark, width - MARGIN - remarkWidth, MARGIN + TITLE.getSize());
        graphics.setFont(TITLE);
        int room = width - 3 * MARGIN - remarkWidth;
        String text = fit(bold, graphics.getFontMetrics(), room);
        graphics.drawString(text, MARGIN, MARGIN + TITLE.getSize());
    }

    /** Cuts a text that is wider than its place. */
    static String fit(String text, FontMetrics metrics, int width) {
        String fitting = text;
        for (int length = text.length() - 1;
                metrics.stringWidth(fitting) > width && length > 0;
                length--) {
            fitting = text.substring(0, length).stripTrailing() + "…";
        }
        return fitting;
    }

    /** Returns the next round number: an axis that ends there has round ticks. */
    static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** Draws a chart below the headline. */
    static void below(Graphics2D graphics, XYChart chart) {
        graphics.translate(0, HEADLINE - MARGIN);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
    }

    /** Computes where a chart puts its parts, without showing it. */
    static void layOut(XYChart chart) {
        Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        chart.paint(scratch, chart.getWidth(), chart.getHeight());
        scratch.dispose();
    }

    /** Returns an empty chart in our style. */
    static XYChart chart(int width, int height, String xTitle, String yTitle) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .xAxisTitle(xTitle)
                        .yAxisTitle(yTitle)
                        .build();
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(Palette.transparent(Color.WHITE, 0));
        styler.setPlotBackgroundColor(Palette.transparent(Color.WHITE, 0));
        styler.setChartFontColor(Palette.INK);
        styler.setChartPadding(MARGIN);
        styler.setChartTitleVisible(false);
        styler.setPlotBorderVisible(false);
        styler.setPlotMargin(0);
        styler.setPlotContentSize(1);
        styler.setPlotGridLinesColor(Palette.GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTitleFont(TEXT);
        styler.setAxisTickLabelsFont(SMALL);
        styler.setAxisTickLabelsColor(Palette.INK);
        styler.setAxisTickMarksColor(Palette.FAINT);
        styler.setLocale(Locale.ROOT);
        styler.setLegendFont(SMALL);
        styler.setLegendBorderColor(Palette.transparent(Color.WHITE, 0));
        styler.setLegendBackgroundColor(Palette.transparent(Color.WHITE, 0));
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setMarkerSize(0);
        return chart;
    }
}
