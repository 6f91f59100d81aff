/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import dev.polyphony.TaskKind;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.TradeOff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The tables of a report, as rows of cells. */
final class TaskTables {

    /** The heading of the gains. */
    static final String GAINS = "Gain over each task alone";

    /** The heading of the uncertainties. */
    static final String DOUBTS = "Uncertainty in each task";

    private final TaskReport report;
    private final List<TaskSpec> tasks;

    TaskTables(TaskReport report) {
        this.report = report;
        tasks = report.getTasks();
    }

    /**
     * A table.
     *
     * @param title the heading
     * @param note what the columns mean
     * @param head the heads of the columns
     * @param rows the cells
     */
    record Table(String title, String note, List<String> head, List<List<String>> rows) {}

    List<Table> all() {
        List<Table> tables = new ArrayList<>();
        tables.add(quality());
        if (report.baseline().isPresent()) {
            tables.add(gains());
        }
        Table doubts = doubts();
        if (!doubts.rows().isEmpty()) {
            tables.add(doubts);
        }
        return tables;
    }

    private static String of(double mean, double deviation, String format) {
        String text = String.format(Locale.ROOT, format, mean);
        return Double.isNaN(deviation)
                ? text
                : text + " ± " + String.format(Locale.ROOT, format, deviation);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
    }

    private static String title(TaskSpec task) {
        return "%s, %s %s"
                .formatted(
                        task.name(),
                        task.metric().getTitle(),
                        task.metric().isHigherBetter() ? "↑" : "↓");
    }

    private Table quality() {
        List<String> head = new ArrayList<>(List.of("model"));
        tasks.forEach(task -> head.add(title(task)));
        boolean hasMatch =
                report.getRows().stream()
                        .anyMatch(row -> !Double.isNaN(row.getRuns().get(0).exactMatch()));
        boolean isSeveral =
                tasks.stream().filter(task -> task.kind() != TaskKind.REGRESSION).count() > 1;
        if (hasMatch && isSeveral) {
            head.add("all right ↑");
        }
        head.addAll(List.of("parameters", "training s"));
        boolean isCompared = report.getRows().size() > 1;
        if (isCompared) {
            head.add("Pareto");
        }
        boolean[] front = report.getParetoFront();
        List<List<String>> cells = new ArrayList<>();
        for (int r = 0; r < report.getRows().size(); r++) {
            TaskRow row = report.getRows().get(r);
            List<String> line = new ArrayList<>(List.of(row.getName()));
            for (int t = 0; t < tasks.size(); t++) {
                line.add(of(row.getMean(t), row.getDeviation(t), "%.4f"));
            }
            if (hasMatch && isSeveral) {
                double[] matches =
                        row.getRuns().stream().mapToDouble(TaskRow.Run::exactMatch).toArray();
                line.add(
                        Double.isNaN(matches[0])
                                ? "-"
                                : of(TaskRow.mean(matches), TaskRow.deviation(matches), "%.4f"));
            }
            line.add(String.format(Locale.ROOT, "%,d", row.getRuns().get(0).parameters()));
            double[] seconds = row.getRuns().stream().mapToDouble(TaskRow.Run::seconds).toArray();
            line.add(String.format(Locale.ROOT, "%.1f", TaskRow.mean(seconds)));
            if (isCompared) {
                line.add(front[r] ? "front" : "");
            }
            cells.add(line);
        }
        String note =
                isCompared
                        ? "Metrics on the test data, mean ± standard deviation over the seeds. Front: no other row is at least as good in all tasks and better in one, by the means."
                        : "Metrics on the test data.";
        return new Table("Tasks", note, head, cells);
    }

    private Table gains() {
        List<String> head = new ArrayList<>(List.of("model"));
        tasks.forEach(task -> head.add(task.name()));
        head.addAll(List.of("mean Δ", "negative transfer"));
        List<List<String>> cells = new ArrayList<>();
        for (TaskRow row : report.getRows().subList(1, report.getRows().size())) {
            List<TradeOff> tradeOffs = row.getTradeOffs(report.baseline().orElseThrow());
            List<String> line = new ArrayList<>(List.of(row.getName()));
            List<String> worse = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                int task = t;
                double[] gains =
                        tradeOffs.stream().mapToDouble(one -> one.getGains()[task]).toArray();
                double mean = TaskRow.mean(gains);
                line.add(withSpread(mean, TaskRow.deviation(gains)));
                if (mean < 0) {
                    double deviation = TaskRow.deviation(gains);
                    boolean isClear = Double.isNaN(deviation) || mean + deviation < 0;
                    worse.add(tasks.get(t).name() + (isClear ? "" : " (within the spread)"));
                }
            }
            double[] means = tradeOffs.stream().mapToDouble(TradeOff::getMeanGain).toArray();
            line.add(withSpread(TaskRow.mean(means), TaskRow.deviation(means)));
            line.add(String.join(", ", worse));
            cells.add(line);
        }
        String note =
                "Relative to models that learnt one task each, seed by seed; above 0 is better. A task that is worse off together suffers from negative transfer; within the spread, the standard deviation over seeds is larger than the loss.";
        return new Table(GAINS, note, head, cells);
    }

    private static String withSpread(double mean, double deviation) {
        return Double.isNaN(deviation)
                ? percent(mean)
                : percent(mean) + String.format(Locale.ROOT, " ± %.1f", 100 * deviation);
    }

    private Table doubts() {
        List<List<String>> cells = new ArrayList<>();
        for (TaskRow row : report.getRows()) {
            if (row.getMembers() == 1) {
                continue;
            }
            for (int t = 0; t < tasks.size(); t++) {
                int task = t;
                List<TaskRow.Doubt> doubts =
                        row.getRuns().stream().map(run -> run.uncertainties().get(task)).toList();
                cells.add(
                        List.of(
                                row.getName(),
                                tasks.get(t).name(),
                                number(doubts, TaskRow.Doubt::total),
                                number(doubts, TaskRow.Doubt::disagreement),
                                number(doubts, TaskRow.Doubt::correlation),
                                number(doubts, doubt -> doubt.errors()[0]),
                                number(
                                        doubts,
                                        doubt -> doubt.errors()[doubt.errors().length - 1])));
            }
        }
        String note =
                "Of classes and labels: entropy and mutual information of the members' answers, in nats; of numbers: the standard deviation over members. Finds errors is the rank correlation of uncertainty and error, and the last columns the mean error of the fifth of the test data that is surest, and least sure.";
        return new Table(
                DOUBTS,
                note,
                List.of(
                        "model",
                        "task",
                        "uncertainty",
                        "disagreement",
                        "finds errors",
                        "error, surest fifth",
                        "error, least sure fifth"),
                cells);
    }

    private static String number(List<TaskRow.Doubt> doubts, ToDoubleFunction<TaskRow.Doubt> what) {
        double[] values = doubts.stream().mapToDouble(what).toArray();
        // without an error, or without a member that differs, there is nothing to correlate
        if (Double.isNaN(TaskRow.mean(values))) {
            return "-";
        }
        return of(TaskRow.mean(values), TaskRow.deviation(values), "%.3f");
    }

    /** A line for each row, seed and task. */
    String toCsv() {
        StringBuilder text = new StringBuilder("model,seed,task,metric,value,gain,weight\n");
        for (TaskRow row : report.getRows()) {
            List<TradeOff> tradeOffs = report.baseline().map(row::getTradeOffs).orElse(List.of());
            for (int i = 0; i < row.getRuns().size(); i++) {
                TaskRow.Run run = row.getRuns().get(i);
                for (int t = 0; t < tasks.size(); t++) {
                    text.append(
                            "\"%s\",%d,%s,%s,%s,%s,%s\n"
                                    .formatted(
                                            row.getName().replace("\"", "\"\""),
                                            run.seed(),
                                            tasks.get(t).name(),
                                            tasks.get(t).metric(),
                                            run.metrics()[t],
                                            tradeOffs.isEmpty()
                                                    ? ""
                                                    : tradeOffs.get(i).getGains()[t],
                                            weight(run, t)));
                }
            }
        }
        return text.toString();
    }

    /** What the loss of a task was multiplied by at the end. */
    private static String weight(TaskRow.Run run, int task) {
        return run.history() == null
                ? ""
                : String.valueOf(
                        run.history()
                                .epochs()
                                .get(run.history().epochs().size() - 1)
                                .weights()[task]);
    }
}
