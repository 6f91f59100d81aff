/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import dev.polyphony.files.AtomicFile;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.TradeOff;
import dev.polyphony.multitask.compare.TaskPictures.TaskPicture;
import dev.polyphony.report.chart.Png;
import dev.polyphony.report.chart.Svg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a comparison of models with several tasks came to. */
public final class TaskReport {

    private final String name;
    private final List<TaskSpec> tasks;
    private final List<TaskRow> rows;
    private final int trainSize;
    private final int testSize;
    private final Map<String, String> facts = new LinkedHashMap<>();

    TaskReport(String name, List<TaskSpec> tasks, List<TaskRow> rows, int trainSize, int testSize) {
        this.name = name;
        this.tasks = tasks;
        this.rows = List.copyOf(rows);
        this.trainSize = trainSize;
        this.testSize = testSize;
    }

    /**
     * Returns the name of the model.
     *
     * @return the name
     */
    public String getName() {
        return name;
    }

    /**
     * Returns the tasks.
     *
     * @return the outputs of the model, in order
     */
    public List<TaskSpec> getTasks() {
        return tasks;
    }

    /**
     * Returns the rows.
     *
     * @return models of one task each, then the model of all, its variants and its ensembles
     */
    public List<TaskRow> getRows() {
        return rows;
    }

    /**
     * Adds a line to the facts of the page, such as where data are from.
     *
     * @param label what it is about
     * @param text the fact
     * @return this
     */
    public TaskReport addFact(String label, String text) {
        facts.put(label, text);
        return this;
    }

    /** The models of one task each, against which gains are counted. */
    TaskRow baseline() {
        return rows.get(0);
    }

    Map<String, String> facts() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Examples", "%d to train, %d to test".formatted(trainSize, testSize));
        all.put("Seeds", baseline().getRuns().size() + "");
        all.put("Training", rows.get(1).getRuns().get(0).settings());
        all.putAll(facts);
        return all;
    }

    /**
     * Returns which rows no other row beats in all tasks, by their means.
     *
     * @return for each row whether it is on the Pareto front
     */
    public boolean[] getParetoFront() {
        double[][] means = new double[rows.size()][tasks.size()];
        for (int r = 0; r < means.length; r++) {
            for (int t = 0; t < means[r].length; t++) {
                means[r][t] = rows.get(r).getMean(t);
            }
        }
        return TradeOff.getParetoFront(tasks, means);
    }

    /**
     * Writes the report: {@code index.html}, {@code report.md}, {@code results.csv}, and pictures.
     *
     * @param folder the folder; made if it is not there
     * @return the page
     * @throws IOException if a file cannot be written
     */
    public Path writeTo(Path folder) throws IOException {
        List<TaskPicture> pictures = new TaskPictures(this).all();
        for (TaskPicture picture : pictures) {
            Path file = folder.resolve("pictures").resolve(picture.file());
            String svg = Svg.file(picture.drawing(), picture.title());
            AtomicFile.write(file.resolveSibling(picture.file() + ".svg"), svg);
            AtomicFile.write(
                    file.resolveSibling(picture.file() + ".png"), Png.of(picture.drawing()));
        }
        TaskTables tables = new TaskTables(this);
        AtomicFile.write(folder.resolve("results.csv"), tables.toCsv());
        AtomicFile.write(folder.resolve("report.md"), tables.toMarkdown(pictures));
        Path page = folder.resolve("index.html");
        AtomicFile.write(page, TaskPage.of(this, pictures));
        return page;
    }

    /**
     * Prints the tables.
     *
     * @param out where to print
     */
    public void print(PrintStream out) {
        out.print(new TaskTables(this).toMarkdown(List.of()));
    }
}
