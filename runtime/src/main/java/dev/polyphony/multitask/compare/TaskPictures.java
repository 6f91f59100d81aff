/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.train.TaskHistory;
import dev.polyphony.report.Picture;
import dev.polyphony.report.chart.CurveChart;
import dev.polyphony.report.chart.CurveChart.Line;
import dev.polyphony.report.chart.Drawing;
import dev.polyphony.report.chart.Palette;
import dev.polyphony.report.chart.Titles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pictures of a report. */
final class TaskPictures {

    private final TaskReport report;
    private final List<TaskSpec> tasks;

    TaskPictures(TaskReport report) {
        this.report = report;
        tasks = report.getTasks();
    }

    /** The pictures by the headings under which they stand. */
    Map<String, List<Picture>> all() {
        Map<String, List<Picture>> pictures = new LinkedHashMap<>();
        int comparable = report.getRows().size() > 1 ? tasks.size() : 0;
        for (int across = 0; across < comparable; across++) {
            for (int up = across + 1; up < comparable; up++) {
                add(TaskTables.GAINS, pareto(across, up), pictures);
            }
        }
        addWeights(pictures);
        addDoubts(pictures);
        return pictures;
    }

    private static void add(String heading, Picture picture, Map<String, List<Picture>> pictures) {
        pictures.computeIfAbsent(heading, key -> new ArrayList<>()).add(picture);
    }

    /** A metric as something of which less is better, and what it is called. */
    private double cost(TaskRow row, int task) {
        double mean = row.getMean(task);
        return tasks.get(task).metric().isHigherBetter() ? Math.max(1e-6, 1 - mean) : mean;
    }

    private String costTitle(int task) {
        TaskSpec spec = tasks.get(task);
        return (spec.metric().isHigherBetter() ? "1 - " : "")
                + "%s of %s".formatted(spec.metric().getTitle(), spec.name());
    }

    private Picture pareto(int across, int up) {
        List<dev.polyphony.report.chart.TradeOff.Point> points = new ArrayList<>();
        for (int r = 0; r < report.getRows().size(); r++) {
            TaskRow row = report.getRows().get(r);
            double quality = cost(row, up);
            double spread = row.getDeviation(up);
            points.add(
                    new dev.polyphony.report.chart.TradeOff.Point(
                            row.getName(),
                            r % Palette.SIZE,
                            cost(row, across),
                            quality,
                            quality - spread,
                            quality + spread));
        }
        String title = "%s against %s".formatted(tasks.get(up).name(), tasks.get(across).name());
        Drawing drawing =
                new dev.polyphony.report.chart.TradeOff(
                                new Titles(title, "less is better of both"),
                                costTitle(across),
                                costTitle(up),
                                points)
                        .toDrawing();
        String file = name("trade-off-" + tasks.get(across).name() + "-" + tasks.get(up).name());
        return Picture.of(file, title, "Less is better of both.", drawing);
    }

    /** What balances made of the weights, with the first seed. */
    private void addWeights(Map<String, List<Picture>> pictures) {
        for (TaskRow row : report.getRows()) {
            TaskHistory history = row.getRuns().get(0).history();
            if (history == null || isConstant(history)) {
                continue;
            }
            List<Line> lines = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                double[] x = new double[history.epochs().size()];
                double[] y = new double[x.length];
                for (int e = 0; e < x.length; e++) {
                    x[e] = history.epochs().get(e).number();
                    y[e] = history.epochs().get(e).weights()[t];
                }
                lines.add(new Line(tasks.get(t).name(), t % Palette.SIZE, x, y));
            }
            String title = "Weights, " + row.getName();
            Drawing drawing =
                    new CurveChart(
                                    new Titles(title, ""),
                                    null,
                                    "epoch",
                                    null,
                                    "what losses are multiplied by",
                                    lines,
                                    null)
                            .toDrawing();
            add(
                    WEIGHTS,
                    Picture.of(
                            name("weights-" + row.getName()),
                            title,
                            "What the losses were multiplied by after each epoch, with the first seed.",
                            drawing),
                    pictures);
        }
    }

    /** The heading of the weights. */
    static final String WEIGHTS = "Weights of the tasks";

    private static boolean isConstant(TaskHistory history) {
        double[] first = history.epochs().get(0).weights();
        return history.epochs().stream()
                .allMatch(epoch -> java.util.Arrays.equals(epoch.weights(), first));
    }

    /** The errors of the fifths of the examples, from the surest to the least sure. */
    private void addDoubts(Map<String, List<Picture>> pictures) {
        for (int t = 0; t < tasks.size(); t++) {
            List<Line> lines = new ArrayList<>();
            for (int r = 0; r < report.getRows().size(); r++) {
                TaskRow row = report.getRows().get(r);
                if (row.getMembers() > 1) {
                    lines.add(doubt(row, r, t));
                }
            }
            if (lines.isEmpty()) {
                continue;
            }
            String title = "Errors by uncertainty, " + tasks.get(t).name();
            String what =
                    switch (tasks.get(t).kind()) {
                        case CLASSIFICATION -> "share of wrong answers";
                        case MULTI_LABEL -> "share of wrong labels";
                        case REGRESSION -> "mean absolute error";
                    };
            Drawing drawing =
                    new CurveChart(
                                    new Titles(title, ""),
                                    null,
                                    "fifth of the test data, the surest first",
                                    null,
                                    what,
                                    lines,
                                    null)
                            .toDrawing();
            add(
                    TaskTables.DOUBTS,
                    Picture.of(
                            name("doubt-" + tasks.get(t).name()),
                            title,
                            "Where members are unsure they should be wrong more often.",
                            drawing),
                    pictures);
        }
    }

    private static Line doubt(TaskRow row, int color, int task) {
        int fifths = row.getRuns().get(0).uncertainties().get(task).errors().length;
        double[] x = new double[fifths];
        double[] y = new double[fifths];
        for (int f = 0; f < fifths; f++) {
            int fifth = f;
            x[f] = f + 1;
            y[f] =
                    TaskRow.mean(
                            row.getRuns().stream()
                                    .mapToDouble(
                                            run -> run.uncertainties().get(task).errors()[fifth])
                                    .toArray());
        }
        return new Line(row.getName(), color % Palette.SIZE, x, y);
    }

    private static String name(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
