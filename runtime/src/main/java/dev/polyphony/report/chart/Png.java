/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Writes drawings as PNG, on white, without a display. */
public final class Png {

    /** Pixels of the file for each pixel of the layout: sharp on fine displays. */
    public static final int SCALE = 2;

    private Png() {}

    /**
     * Writes a drawing.
     *
     * @param drawing the drawing
     * @return the file, {@value #SCALE} times as wide and high as the drawing
     * @throws IllegalStateException if this Java has no fonts
     */
    public static byte[] of(Drawing drawing) {
        BufferedImage image =
                new BufferedImage(
                        drawing.width() * SCALE,
                        drawing.height() * SCALE,
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, drawing.width(), drawing.height());
            drawing.marks().forEach(mark -> draw(graphics, mark));
        } finally {
            graphics.dispose();
        }
        return encode(image);
    }

    /** Encodes an image as it is. */
    static byte[] encode(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void draw(Graphics2D graphics, Mark mark) {
        if (mark instanceof Mark.Area area) {
            graphics.setColor(area.tint().awt());
            graphics.fill(path(area.x(), area.y(), true));
        } else if (mark instanceof Mark.Path path) {
            graphics.setColor(path.tint().awt());
            graphics.setStroke(stroke(path));
            graphics.draw(path(path.x(), path.y(), false));
        } else if (mark instanceof Mark.Dot dot) {
            graphics.setColor(dot.tint().awt());
            double size = 2 * dot.radius();
            graphics.fill(
                    new Ellipse2D.Double(
                            dot.x() - dot.radius(), dot.y() - dot.radius(), size, size));
        } else if (mark instanceof Mark.Words words) {
            draw(graphics, words);
        } else if (mark instanceof Mark.Raster raster) {
            draw(graphics, raster);
        }
    }

    private static BasicStroke stroke(Mark.Path path) {
        float[] dashes = path.isDashed() ? new float[] {5, 4} : null;
        return new BasicStroke(
                (float) path.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    private static Path2D path(double[] x, double[] y, boolean isClosed) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (i == 0) {
                path.moveTo(x[i], y[i]);
            } else {
                path.lineTo(x[i], y[i]);
            }
        }
        if (isClosed) {
            path.closePath();
        }
        return path;
    }

    private static void draw(Graphics2D graphics, Mark.Words words) {
        double width = Letters.width(words.text(), words.size(), words.isBold());
        double shift =
                switch (words.anchor()) {
                    case START -> 0;
                    case MIDDLE -> -width / 2;
                    case END -> -width;
                };
        AffineTransform page = graphics.getTransform();
        graphics.setColor(words.tint().awt());
        graphics.setFont(Letters.font(words.size(), words.isBold()));
        graphics.translate(words.x(), words.y());
        if (words.isUpwards()) {
            graphics.rotate(-Math.PI / 2);
        }
        graphics.drawString(words.text(), (float) shift, 0);
        graphics.setTransform(page);
    }

    private static void draw(Graphics2D graphics, Mark.Raster raster) {
        BufferedImage image = raster.image();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                raster.isSmooth()
                        ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        AffineTransform place = AffineTransform.getTranslateInstance(raster.x(), raster.y());
        place.scale(raster.width() / image.getWidth(), raster.height() / image.getHeight());
        graphics.drawImage(image, place, null);
    }
}
