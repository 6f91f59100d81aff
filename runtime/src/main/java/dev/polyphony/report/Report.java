/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What came of one training or of a comparison, to be read, kept and passed on.
 *
 * <p>{@link #writeTo} writes a page, Markdown, JSON and pictures; {@link #print} a table to the
 * terminal. Immutable.
 */
public final class Report {

    private final String title;
    private final String introduction;
    private final Map<String, String> facts;
    private final List<Result> results;
    private final Map<String, List<Picture>> pictures;
    private final RunStatistics statistics;

    private Report(Builder builder) {
        title = builder.title;
        introduction = builder.introduction;
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.facts));
        results = List.copyOf(builder.results);
        pictures = Collections.unmodifiableMap(new LinkedHashMap<>(builder.pictures));
        statistics = builder.statistics;
    }

    /**
     * Starts a report.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the title.
     *
     * @return the title
     */
    public String getTitle() {
        return title;
    }

    /**
     * Returns what the report is about.
     *
     * @return a paragraph, perhaps empty
     */
    public String getIntroduction() {
        return introduction;
    }

    /**
     * Returns what was done: data, split, settings.
     *
     * @return the descriptions by their labels, in order
     */
    public Map<String, String> getFacts() {
        return facts;
    }

    /**
     * Returns the rows.
     *
     * @return the results, in the order of tables
     */
    public List<Result> getResults() {
        return results;
    }

    /**
     * Returns the pictures that were added, without those that the report draws itself.
     *
     * @return the pictures by their heading, in order
     */
    public Map<String, List<Picture>> getPictures() {
        return pictures;
    }

    /**
     * Returns how much the numbers vary.
     *
     * @return the statistics, if there are some
     */
    public Optional<RunStatistics> getStatistics() {
        return Optional.ofNullable(statistics);
    }

    /** What the rows predict. */
    Task task() {
        return results.get(0).task();
    }

    /** A table of all rows. */
    Table table(String caption, List<Column> columns) {
        return new Table(caption, columns, results, statistics);
    }

    /**
     * Writes {@code index.html} (one page with everything in it), {@code report.md}, {@code
     * report.json}, {@code results.csv} and {@code pictures/}, each picture as SVG and as PNG. Each
     * file appears whole or not at all; files of the same names are replaced, others left alone.
     *
     * @param folder the folder; made if it is not there
     * @return the path of the page
     * @throws IOException if a file cannot be written; the message names it
     */
    public Path writeTo(Path folder) throws IOException {
        Page page = Page.of(this);
        for (Picture picture : page.pictures()) {
            for (Map.Entry<String, byte[]> file : picture.files().entrySet()) {
                AtomicFile.write(folder.resolve(file.getKey()), file.getValue());
            }
        }
        AtomicFile.write(folder.resolve("report.json"), JsonDocument.of(this, page.pictures()));
        AtomicFile.write(folder.resolve("results.csv"), CsvTable.of(this));
        AtomicFile.write(folder.resolve("report.md"), MarkdownPage.of(page));
        Path html = folder.resolve("index.html");
        AtomicFile.write(html, HtmlPage.of(page));
        return html;
    }

    /**
     * Prints the results as one table if it fits into 120 columns, else quality and cost one below
     * the other.
     *
     * @param out where to print
     */
    public void print(PrintStream out) {
        TerminalTable.print(
                out,
                title,
                List.of(
                        table(title, ResultSections.quality(this)),
                        table(title, ResultSections.cost())));
    }

    /** Builds a {@link Report}. */
    public static final class Builder {

        private String title;
        private String introduction = "";
        private final Map<String, String> facts = new LinkedHashMap<>();
        private final List<Result> results = new ArrayList<>();
        private final Map<String, List<Picture>> pictures = new LinkedHashMap<>();
        private RunStatistics statistics;

        private Builder() {}

        /**
         * Sets the title.
         *
         * @param title the title, such as {@code LeNet on digits}
         * @return this
         */
        public Builder setTitle(String title) {
            this.title = title;
            return this;
        }

        /**
         * Sets what the report is about.
         *
         * @param introduction a paragraph of plain text
         * @return this
         */
        public Builder optIntroduction(String introduction) {
            this.introduction = introduction;
            return this;
        }

        /**
         * Adds a line on what was done.
         *
         * @param label what the line is about, such as {@code Data}
         * @param text the line
         * @return this
         */
        public Builder addFact(String label, String text) {
            facts.put(label, text);
            return this;
        }

        /**
         * Adds a row.
         *
         * @param result the result
         * @return this
         */
        public Builder addResult(Result result) {
            results.add(result);
            return this;
        }

        /**
         * Adds pictures under a heading of their own, after those that the report draws itself.
         *
         * @param heading the heading
         * @param pictures the pictures
         * @return this
         */
        public Builder addPictures(String heading, List<Picture> pictures) {
            this.pictures.computeIfAbsent(heading, key -> new ArrayList<>()).addAll(pictures);
            return this;
        }

        /**
         * Sets how much the numbers vary, over seeds or over test examples: tables then have
         * deviations, bars have whiskers, and the words of the page say what is more than chance.
         *
         * @param statistics the statistics, of rows of the same names
         * @return this
         */
        public Builder optStatistics(RunStatistics statistics) {
            this.statistics = statistics;
            return this;
        }

        /**
         * Builds the report.
         *
         * @return the report
         * @throws IllegalArgumentException if there is no result, two have the same name, or they
         *     are of different tasks
         * @throws NullPointerException if there is no title
         */
        public Report build() {
            Objects.requireNonNull(title, "a report needs a title: call setTitle");
            if (results.isEmpty()) {
                throw new IllegalArgumentException("a report needs at least one result");
            }
            Set<String> names = new HashSet<>();
            for (Result result : results) {
                if (result.task() != results.get(0).task()) {
                    throw new IllegalArgumentException(
                            "'%s' predicts something else than '%s': make a report of each task"
                                    .formatted(result.name(), results.get(0).name()));
                }
                if (!names.add(result.name())) {
                    throw new IllegalArgumentException(
                            "two results are named '%s': give them distinct names"
                                    .formatted(result.name()));
                }
            }
            return new Report(this);
        }
    }
}
