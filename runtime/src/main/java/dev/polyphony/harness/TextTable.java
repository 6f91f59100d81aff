/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of text: the first ones to the left, numbers to the right. */
final class TextTable {

    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * Lays out a table.
     *
     * @param rows the cells, the headings first; columns in which nothing stands are left out
     * @param leftAligned how many columns stand to the left
     * @return the lines, with a rule below the headings
     */
    static List<String> of(List<List<String>> rows, int leftAligned) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                if (widths[i] > 0) {
                    String space = " ".repeat(widths[i] - row.get(i).length());
                    line.append(line.isEmpty() ? "" : GAP)
                            .append(i < leftAligned ? row.get(i) + space : space + row.get(i));
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        int width = lines.stream().mapToInt(String::length).max().orElse(0);
        lines.add(1, "-".repeat(width));
        return lines;
    }
}
