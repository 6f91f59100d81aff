/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import dev.polyphony.files.AtomicFile;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.TradeOff;
import dev.polyphony.multitask.train.TrainedTasks;
import dev.polyphony.report.Picture;
import dev.polyphony.report.TableReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What models with several tasks came to: a comparison of them, or one alone. */
public final class TaskReport {

    private final String name;
    private final List<TaskSpec> tasks;
    private final List<TaskRow> rows;
    private final int trainSize;
    private final int testSize;
    private final boolean hasBaseline;
    private final Map<String, String> facts = new LinkedHashMap<>();

    /** With a baseline, the first row is that of models of one task each. */
    TaskReport(
            String name,
            List<TaskSpec> tasks,
            List<TaskRow> rows,
            int trainSize,
            int testSize,
            boolean hasBaseline) {
        this.name = name;
        this.tasks = tasks;
        this.rows = List.copyOf(rows);
        this.hasBaseline = hasBaseline;
        this.trainSize = trainSize;
        this.testSize = testSize;
    }

    /**
     * Creates the report of one ensemble, or plain model.
     *
     * @param trained what was trained
     * @param evaluation what it came to on test data
     * @param trainSize the number of training examples
     * @param testSize the number of test examples
     * @return the report
     */
    public static TaskReport of(
            TrainedTasks trained, MultiTaskEvaluation evaluation, int trainSize, int testSize) {
        int members = trained.getEnsemble().getMembers();
        TaskRow row = new TaskRow(trained.getName(), trained.getTasks(), members);
        row.add(TaskRow.Run.of(trained, evaluation, 0));
        return new TaskReport(
                trained.getName(), trained.getTasks(), List.of(row), trainSize, testSize, false);
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

    /** The models of one task each, against which gains are counted, if there are some. */
    Optional<TaskRow> baseline() {
        return hasBaseline ? Optional.of(rows.get(0)) : Optional.empty();
    }

    private Map<String, String> facts() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Examples", "%d to train, %d to test".formatted(trainSize, testSize));
        if (hasBaseline) {
            all.put("Seeds", Integer.toString(rows.get(0).getRuns().size()));
        }
        all.put("Training", rows.get(hasBaseline ? 1 : 0).getRuns().get(0).settings());
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
        Map<String, List<Picture>> pictures = new TaskPictures(this).all();
        AtomicFile.write(folder.resolve("results.csv"), new TaskTables(this).toCsv());
        return toReport(pictures).writeTo(folder);
    }

    private TableReport toReport(Map<String, List<Picture>> pictures) {
        Map<String, List<Picture>> left = new LinkedHashMap<>(pictures);
        List<TableReport.Part> parts = new ArrayList<>();
        for (TaskTables.Table table : new TaskTables(this).all()) {
            List<Picture> own = left.remove(table.title());
            parts.add(
                    new TableReport.Part(
                            table.title(),
                            table.note(),
                            table.head(),
                            table.rows(),
                            own == null ? List.of() : own));
        }
        left.forEach(
                (heading, own) ->
                        parts.add(new TableReport.Part(heading, "", List.of(), List.of(), own)));
        return new TableReport(name, parts, facts());
    }

    /**
     * Prints the tables.
     *
     * @param out where to print
     */
    public void print(PrintStream out) {
        out.print(toReport(Map.of()).toMarkdown());
    }
}
