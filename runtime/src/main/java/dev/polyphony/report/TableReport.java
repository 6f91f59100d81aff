/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A report whose tables are words already, in the looks of all reports: one HTML page that needs
 * nothing else, the same as Markdown, and its pictures.
 *
 * @param title the title
 * @param parts the tables with their pictures, in order
 * @param facts what was done, by what a line is about
 */
public record TableReport(String title, List<Part> parts, Map<String, String> facts) {

    /** Copies list and map. */
    public TableReport {
        Objects.requireNonNull(title, "title");
        parts = List.copyOf(parts);
        facts = new LinkedHashMap<>(facts);
    }

    /**
     * A part under a heading.
     *
     * @param heading the heading
     * @param reading how to read the table; may be empty
     * @param head the heads of the columns; none if there is no table
     * @param rows the cells, the name of the row first
     * @param pictures the pictures
     */
    public record Part(
            String heading,
            String reading,
            List<String> head,
            List<List<String>> rows,
            List<Picture> pictures) {

        /** Copies the lists. */
        public Part {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
            pictures = List.copyOf(pictures);
        }

        private Section toSection() {
            List<Section.Block> blocks = new ArrayList<>();
            if (!reading.isEmpty()) {
                blocks.add(new Section.Reading(reading));
            }
            if (!head.isEmpty()) {
                blocks.add(new Section.Cells(heading, head, rows));
            }
            if (!pictures.isEmpty()) {
                blocks.add(new Section.Gallery(pictures));
            }
            return new Section(heading, blocks);
        }
    }

    private Page toPage() {
        List<Section> sections = new ArrayList<>();
        parts.forEach(part -> sections.add(part.toSection()));
        sections.add(new Section("What was done", List.of(new Section.Terms(facts))));
        return new Page(title, "", sections);
    }

    /**
     * Returns the tables as text.
     *
     * @return Markdown, without the pictures
     */
    public String toMarkdown() {
        List<Part> tables =
                parts.stream()
                        .filter(part -> !part.head().isEmpty())
                        .map(
                                part ->
                                        new Part(
                                                part.heading(),
                                                part.reading(),
                                                part.head(),
                                                part.rows(),
                                                List.of()))
                        .toList();
        return MarkdownPage.of(new TableReport(title, tables, facts).toPage());
    }

    /**
     * Writes {@code index.html}, {@code report.md} and {@code pictures/}, each picture as SVG and
     * as PNG. Each file appears whole or not at all.
     *
     * @param folder the folder; made if it is not there
     * @return the page
     * @throws IOException if a file cannot be written; the message names it
     */
    public Path writeTo(Path folder) throws IOException {
        Page page = toPage();
        for (Picture picture : page.pictures()) {
            for (Map.Entry<String, byte[]> file : picture.files().entrySet()) {
                AtomicFile.write(folder.resolve(file.getKey()), file.getValue());
            }
        }
        AtomicFile.write(folder.resolve("report.md"), MarkdownPage.of(page));
        Path html = folder.resolve("index.html");
        AtomicFile.write(html, HtmlPage.of(page));
        return html;
    }
}
