/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page as GitHub-flavoured Markdown, pictures beside it. */
final class MarkdownPage {

    private MarkdownPage() {}

    static String of(Page page) {
        StringBuilder out = new StringBuilder("# " + escape(page.title()) + "\n");
        if (!page.introduction().isEmpty()) {
            out.append('\n').append(escape(page.introduction())).append('\n');
        }
        for (Section section : page.sections()) {
            out.append("\n## ").append(escape(section.heading())).append('\n');
            for (Section.Block block : section.blocks()) {
                out.append('\n').append(block(block));
            }
        }
        return out.toString();
    }

    private static String block(Section.Block block) {
        if (block instanceof Section.Text text) {
            return escape(text.text()) + "\n";
        } else if (block instanceof Section.Reading reading) {
            return "> **How to read it.** " + escape(reading.text()) + "\n";
        } else if (block instanceof Section.Answers answers) {
            return answers.answers().stream()
                    .map(MarkdownPage::answer)
                    .collect(Collectors.joining("\n"));
        } else if (block instanceof Section.Grid grid) {
            return table(grid.table());
        } else if (block instanceof Section.Cells cells) {
            return table(cells);
        } else if (block instanceof Section.Gallery gallery) {
            return gallery.pictures().stream()
                    .map(
                            picture ->
                                    "![%s](%s)\n\n%s\n"
                                            .formatted(
                                                    escape(picture.getTitle()),
                                                    picture.vectorFile().orElse(picture.file()),
                                                    escape(picture.getCaption())))
                    .collect(Collectors.joining("\n"));
        }
        return terms(((Section.Terms) block).terms());
    }

    private static String answer(Section.Answer answer) {
        return "### %s\n\n**%s**\n\n%s\n"
                .formatted(
                        escape(answer.question()),
                        escape(answer.inShort()),
                        answer.sentences().stream()
                                .map(MarkdownPage::escape)
                                .collect(Collectors.joining("\n\n")));
    }

    private static String terms(Map<String, String> terms) {
        return terms.entrySet().stream()
                .map(e -> "- **%s**: %s\n".formatted(escape(e.getKey()), escape(e.getValue())))
                .collect(Collectors.joining());
    }

    private static String table(Section.Cells table) {
        StringBuilder out = new StringBuilder(line(table.head()));
        out.append("|:---|").append("---:|".repeat(table.head().size() - 1)).append('\n');
        table.rows().forEach(row -> out.append(line(row)));
        return out.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(MarkdownPage::escape)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String table(Table table) {
        StringBuilder out = new StringBuilder("| Model |");
        table.columns().forEach(c -> out.append(' ').append(escape(c.label())).append(" |"));
        out.append("\n|:---|");
        table.columns().forEach(c -> out.append("---:|"));
        out.append('\n');
        for (Result row : table.rows()) {
            out.append("| ").append(escape(row.name()));
            if (!row.settings().isEmpty()) {
                out.append("<br>").append(escape(row.settings()));
            }
            out.append(" |");
            for (Column column : table.columns()) {
                String text = table.text(row, column);
                String deviation = table.deviation(row, column);
                out.append(table.isBest(row, column) ? " **" + text + "**" : " " + text)
                        .append(deviation.isEmpty() ? " |" : " " + deviation + " |");
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1").replaceAll("\\s*\\R\\s*", " ");
    }
}
