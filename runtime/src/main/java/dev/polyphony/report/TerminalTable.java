/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table of aligned columns for the terminal; what is too wide goes on below. */
final class TerminalTable {

    private static final int WIDTH = 120;
    private static final int LONGEST_NAME = 36;
    private static final String GAP = "  ";

    private final Table table;
    private final int nameWidth;

    private TerminalTable(Table table) {
        this.table = table;
        this.nameWidth = table.rows().stream().mapToInt(row -> name(row).length()).max().orElse(0);
    }

    /** Prints tables of the same rows, side by side if they fit. */
    static void print(PrintStream out, String title, List<Table> tables) {
        List<List<Column>> groups = tables.stream().map(Table::columns).toList();
        List<Column> all = groups.stream().flatMap(List::stream).toList();
        Table first = tables.get(0);
        Table table = new Table(title, all, first.rows(), first.statistics());
        TerminalTable terminal = new TerminalTable(table);
        List<List<Column>> parts = terminal.split(all);
        if (parts.size() > 1) {
            parts = groups.stream().flatMap(group -> terminal.split(group).stream()).toList();
        }
        out.println(title);
        boolean marks = false;
        for (List<Column> columns : parts) {
            out.println();
            terminal.header(columns).forEach(out::println);
            for (Result row : table.rows()) {
                out.println(terminal.line(row, columns));
                marks |= columns.stream().anyMatch(column -> table.isBest(row, column));
            }
        }
        if (marks) {
            out.println();
            out.println("* best of its column, to the digits shown");
        }
        out.flush();
    }

    /** Cuts the columns into tables that fit. */
    private List<List<Column>> split(List<Column> columns) {
        List<List<Column>> parts = new ArrayList<>();
        int used = WIDTH + 1;
        for (Column column : columns) {
            int width = GAP.length() + width(column);
            if (used + width > WIDTH) {
                parts.add(new ArrayList<>());
                used = nameWidth;
            }
            parts.get(parts.size() - 1).add(column);
            used += width;
        }
        return parts;
    }

    /** The headings, broken into words, the last word next to the numbers; and a rule. */
    private List<String> header(List<Column> columns) {
        int height = columns.stream().mapToInt(column -> words(column).size()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int h = height; h > 0; h--) {
            StringBuilder line = new StringBuilder(" ".repeat(nameWidth));
            for (Column column : columns) {
                List<String> words = words(column);
                String word = h <= words.size() ? words.get(words.size() - h) : "";
                // numbers leave a place for the mark
                line.append(GAP).append(right(word + " ", width(column)));
            }
            lines.add(line.toString().stripTrailing());
        }
        int width = nameWidth + columns.stream().mapToInt(c -> GAP.length() + width(c)).sum();
        lines.add("-".repeat(width));
        return lines;
    }

    private String line(Result row, List<Column> columns) {
        StringBuilder line = new StringBuilder(name(row));
        line.append(" ".repeat(nameWidth - line.length()));
        for (Column column : columns) {
            line.append(GAP).append(right(cell(row, column), width(column)));
        }
        return line.toString().stripTrailing();
    }

    private String cell(Result row, Column column) {
        String deviation = table.deviation(row, column).replace(" ", "");
        return table.text(row, column) + deviation + (table.isBest(row, column) ? "*" : " ");
    }

    private int width(Column column) {
        int header = words(column).stream().mapToInt(String::length).max().orElse(0) + 1;
        return table.rows().stream()
                .mapToInt(row -> cell(row, column).length())
                .reduce(header, Math::max);
    }

    /** The words of a heading; short ones share a line. */
    private static List<String> words(Column column) {
        List<String> lines = new ArrayList<>();
        for (String word : column.label().split(" ")) {
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).length() + word.length() < 8) {
                lines.set(last, lines.get(last) + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private static String name(Result row) {
        String name = row.name();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
