/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Images of examples with a few words under each.
 *
 * @param titles what stands above
 * @param cells the images
 */
public record ImageGrid(Titles titles, List<Cell> cells) {

    private static final int TOP = 36;
    private static final int COLUMNS = 4;
    private static final double SIDE = 72;
    private static final double STEP = (Plot.WIDTH - 2.0 * Sheet.MARGIN) / COLUMNS;
    private static final double LINE = 13.5;

    /**
     * An image.
     *
     * @param image the image
     * @param lines what stands under it, a line each
     * @param isWrong whether the first line is marked as wrong
     */
    public record Cell(BufferedImage image, List<String> lines, boolean isWrong) {

        /** Copies the list. */
        public Cell {
            lines = List.copyOf(lines);
        }
    }

    /** Copies the list. */
    public ImageGrid {
        cells = List.copyOf(cells);
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        int lines = cells.stream().mapToInt(cell -> cell.lines().size()).max().orElse(0);
        double tall = SIDE + lines * LINE + 14;
        int rows = (cells.size() + COLUMNS - 1) / COLUMNS;
        Sheet sheet = new Sheet(Plot.WIDTH, (int) Math.ceil(TOP + rows * tall));
        sheet.headline(titles.headline(), titles.remark());
        for (int k = 0; k < cells.size(); k++) {
            double middle = Sheet.MARGIN + STEP * (k % COLUMNS + 0.5);
            draw(sheet, cells.get(k), middle, TOP + tall * (k / COLUMNS));
        }
        return sheet.toDrawing();
    }

    private static void draw(Sheet sheet, Cell cell, double middle, double top) {
        BufferedImage image = cell.image();
        double scale = SIDE / Math.max(image.getWidth(), image.getHeight());
        double width = image.getWidth() * scale;
        double height = image.getHeight() * scale;
        double left = middle - width / 2;
        double from = top + (SIDE - height) / 2;
        sheet.image(left, from, width, height, image, false);
        sheet.path(
                new double[] {left, left + width, left + width, left, left},
                new double[] {from, from, from + height, from + height, from},
                Tint.LINE,
                1,
                false);
        for (int l = 0; l < cell.lines().size(); l++) {
            Tint tint = l > 0 ? Tint.FAINT : cell.isWrong() ? Tint.WRONG : Tint.INK;
            String text = Letters.fit(cell.lines().get(l), Sheet.SMALL, false, STEP - 4);
            sheet.text(middle, top + SIDE + LINE * (l + 1), Anchor.MIDDLE, tint, text);
        }
    }
}
