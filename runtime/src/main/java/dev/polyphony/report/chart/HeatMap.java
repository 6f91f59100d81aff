/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A matrix as shades, with its numbers if there is room.
 *
 * @param titles what stands above
 * @param names the names of rows and columns
 * @param values the matrix; NaN where there is none
 * @param low the value of the palest shade
 * @param high the value of the darkest
 */
public record HeatMap(
        Titles titles, List<String> names, double[][] values, double low, double high) {

    private static final Color DARK = new Color(0x08, 0x30, 0x6b);
    private static final Color PALE = new Color(0xf4, 0xf8, 0xfc);
    private static final int TOP = 36;
    private static final int BIGGEST = 56;
    private static final int MOST_NUMBERS = 8;

    /** Checks that the matrix is square. */
    public HeatMap {
        names = List.copyOf(names);
        int size = names.size();
        if (values.length != size || Arrays.stream(values).anyMatch(row -> row.length != size)) {
            throw new IllegalArgumentException(
                    "a matrix of %d names needs as many rows and columns".formatted(size));
        }
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        int size = values.length;
        double widest =
                names.stream()
                        .mapToDouble(name -> Letters.width(name, Sheet.SMALL, false))
                        .max()
                        .orElse(0);
        double left = Sheet.MARGIN + widest + 6;
        double cell = Math.min(BIGGEST, (Plot.WIDTH - left - Sheet.MARGIN) / size);
        Sheet sheet =
                new Sheet(
                        Plot.WIDTH, (int) Math.ceil(TOP + size * cell * 0.75 + 20 + Sheet.MARGIN));
        sheet.headline(titles.headline(), titles.remark());
        double tall = cell * 0.75;
        for (int r = 0; r < size; r++) {
            sheet.text(left - 6, TOP + (r + 0.5) * tall + 4, Anchor.END, Tint.INK, names.get(r));
            for (int c = 0; c < size; c++) {
                draw(sheet, r, c, left + c * cell, TOP + r * tall, cell, tall);
            }
            double bottom = TOP + size * tall + 15;
            sheet.text(left + (r + 0.5) * cell, bottom, Anchor.MIDDLE, Tint.INK, names.get(r));
        }
        return sheet.toDrawing();
    }

    private void draw(
            Sheet sheet, int row, int column, double x, double y, double cell, double tall) {
        double value = values[row][column];
        if (!Double.isFinite(value)) {
            return;
        }
        double share = high > low ? (value - low) / (high - low) : 1;
        Color shade = Palette.mix(PALE, DARK, share);
        String text = String.format(Locale.ROOT, "%.3f", value);
        String note = "%s, %s: %s".formatted(names.get(row), names.get(column), text);
        sheet.box(x + 0.5, y + 0.5, cell - 1, tall - 1, Tint.fixed(shade), note);
        if (values.length <= MOST_NUMBERS) {
            Tint ink = Tint.fixed(share > 0.45 ? Color.WHITE : Palette.INK);
            sheet.text(x + cell / 2, y + tall / 2 + 4, Anchor.MIDDLE, ink, text);
        }
    }
}
