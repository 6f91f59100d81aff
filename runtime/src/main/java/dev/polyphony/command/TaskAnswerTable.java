/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.Task;
import dev.polyphony.files.CsvField;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.multitask.TaskAnswers;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Answers in several tasks as lines of comma-separated values.
 *
 * @param model the model that answers
 */
record TaskAnswerTable(TasksDescription model) {

    /**
     * Writes a header, and a line for each example.
     *
     * @param answers the answers by task
     * @param writer where to
     */
    void write(Map<String, TaskAnswers> answers, Writer writer) throws IOException {
        List<List<String>> columns = new ArrayList<>();
        int size = answers.values().iterator().next().size();
        List<String> numbers = new ArrayList<>(List.of("example"));
        for (int i = 1; i <= size; i++) {
            numbers.add(Integer.toString(i));
        }
        columns.add(numbers);
        for (TasksDescription.Output task : model.tasks()) {
            add(task, answers.get(task.name()), columns);
        }
        for (int line = 0; line <= size; line++) {
            for (int c = 0; c < columns.size(); c++) {
                writer.write((c == 0 ? "" : ",") + CsvField.quote(columns.get(c).get(line)));
            }
            writer.write("\n");
        }
    }

    private static void add(
            TasksDescription.Output task, TaskAnswers answers, List<List<String>> columns) {
        switch (task.kind()) {
            case CLASSIFICATION -> addClass(task, answers, columns);
            case MULTI_LABEL -> {
                double[][] probabilities = answers.toLabels().getProbabilities();
                for (int k = 0; k < answers.getWidth(); k++) {
                    columns.add(column("p(" + name(task, k) + ")", probabilities, k));
                }
                addUncertainty(task, answers, columns);
            }
            case REGRESSION -> {
                double[][] means = answers.toNumbers().getMeans();
                double[][] variances = answers.toNumbers().getVariances();
                for (int k = 0; k < answers.getWidth(); k++) {
                    columns.add(column("mean(" + name(task, k) + ")", means, k));
                    columns.add(
                            column(
                                    "standardDeviation(" + name(task, k) + ")",
                                    roots(variances),
                                    k));
                }
            }
        }
    }

    private static void addClass(
            TasksDescription.Output task, TaskAnswers answers, List<List<String>> columns) {
        double[][] probabilities = answers.toPredictions().getProbabilities();
        int[] predicted = answers.toPredictions().getPredicted();
        List<String> names = new ArrayList<>(List.of("predicted(" + task.name() + ")"));
        List<String> largest = new ArrayList<>(List.of("probability(" + task.name() + ")"));
        for (int i = 0; i < predicted.length; i++) {
            names.add(task.outputNames().get(predicted[i]));
            largest.add(Double.toString(probabilities[i][predicted[i]]));
        }
        columns.add(names);
        columns.add(largest);
        addUncertainty(task, answers, columns);
    }

    private static void addUncertainty(
            TasksDescription.Output task, TaskAnswers answers, List<List<String>> columns) {
        columns.add(column("entropy(" + task.name() + ")", answers.getUncertainty().getTotal()));
        columns.add(
                column(
                        "mutualInformation(" + task.name() + ")",
                        answers.getUncertainty().getDisagreement()));
    }

    /** A single number is called by its task. */
    private static String name(TasksDescription.Output task, int at) {
        boolean isOne = task.kind() == Task.REGRESSION && task.outputNames().size() == 1;
        return isOne ? task.name() : task.name() + "." + task.outputNames().get(at);
    }

    private static List<String> column(String name, double[][] rows, int at) {
        double[] values = new double[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i][at];
        }
        return column(name, values);
    }

    private static List<String> column(String name, double... values) {
        List<String> column = new ArrayList<>(List.of(name));
        for (double value : values) {
            column.add(Double.toString(value));
        }
        return column;
    }

    private static double[][] roots(double[][] squares) {
        double[][] roots = new double[squares.length][];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Arrays.stream(squares[i]).map(Math::sqrt).toArray();
        }
        return roots;
    }
}
