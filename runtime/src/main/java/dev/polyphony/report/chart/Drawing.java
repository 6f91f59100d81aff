/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.util.List;

/**
 * What is to be seen, before it is written as a file.
 *
 * @param width the width in pixels of the layout
 * @param height the height
 * @param marks what is drawn, the lowest first
 */
public record Drawing(int width, int height, List<Mark> marks) {

    /** Copies the list. */
    public Drawing {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a drawing of %d by %d pixels".formatted(width, height));
        }
        marks = List.copyOf(marks);
    }

    /**
     * Tells whether there are images or colours that do not follow light and dark mode, so that it
     * must stand on white.
     *
     * @return whether it needs a white ground
     */
    public boolean isFixed() {
        return marks.stream()
                .anyMatch(
                        mark ->
                                mark instanceof Mark.Raster
                                        || mark instanceof Mark.Area area
                                                && area.tint().name().isEmpty());
    }
}
