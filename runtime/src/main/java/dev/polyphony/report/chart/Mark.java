/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.awt.image.BufferedImage;

/** Something that is drawn. Lengths are pixels of the layout, from the left and from the top. */
public sealed interface Mark {

    /** Where words stand from their place. */
    enum Anchor {
        /** To the right of it. */
        START,
        /** About it. */
        MIDDLE,
        /** To the left of it. */
        END
    }

    /**
     * A filled polygon.
     *
     * @param x the corners, from the left
     * @param y the corners, from the top
     * @param tint the colour
     * @param note what it says, for readers that point at it; may be empty
     */
    record Area(double[] x, double[] y, Tint tint, String note) implements Mark {}

    /**
     * Connected points.
     *
     * @param x the points, from the left
     * @param y the points, from the top
     * @param tint the colour
     * @param width the width of the line
     * @param isDashed whether it is dashed
     */
    record Path(double[] x, double[] y, Tint tint, double width, boolean isDashed)
            implements Mark {}

    /**
     * A filled circle.
     *
     * @param x the centre, from the left
     * @param y the centre, from the top
     * @param radius the radius
     * @param tint the colour
     * @param note what it says, for readers that point at it; may be empty
     */
    record Dot(double x, double y, double radius, Tint tint, String note) implements Mark {}

    /**
     * A line of text.
     *
     * @param x the place of the anchor, from the left
     * @param y the line that letters stand on, from the top
     * @param anchor which side of the text is there
     * @param size the size of the font
     * @param isBold whether it is bold
     * @param isUpwards whether it is written from the bottom to the top
     * @param tint the colour
     * @param text the text
     */
    record Words(
            double x,
            double y,
            Anchor anchor,
            double size,
            boolean isBold,
            boolean isUpwards,
            Tint tint,
            String text)
            implements Mark {}

    /**
     * An image of pixels, stretched into a box.
     *
     * @param x the left side
     * @param y the top
     * @param width the width
     * @param height the height
     * @param image the image
     * @param isSmooth whether pixels blend into each other
     */
    record Raster(
            double x, double y, double width, double height, BufferedImage image, boolean isSmooth)
            implements Mark {}
}
