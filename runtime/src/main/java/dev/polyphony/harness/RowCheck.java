/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.train.Outputs;
import dev.polyphony.train.Training;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds, before the first epoch, what would make a row of a comparison fail, in all rows. */
final class RowCheck {

    private final Training training;
    private final Examples train;
    private final Map<String, Examples> labeled = new LinkedHashMap<>();
    private final Map<String, Examples> judged = new LinkedHashMap<>();

    private String beyond;

    private final Map<String, List<String>> rowsByProblem = new LinkedHashMap<>();
    private final List<RuntimeException> causes = new ArrayList<>();

    RowCheck(
            Training training,
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        this.training = training;
        this.train = train;
        if (validation != null) {
            labeled.put("validation data", validation);
        }
        labeled.put("test data", test);
        judged.putAll(labeled);
        outOfDistribution.forEach((name, data) -> judged.put("data '" + name + "'", data));
    }

    /** Also finds what stands against judging beyond the test set. */
    RowCheck beyond(EvaluationSuite suite, Examples validation, Examples test) {
        try {
            suite.require(validation, test);
        } catch (IllegalArgumentException e) {
            beyond = e.getMessage();
            causes.add(e);
        }
        return this;
    }

    /**
     * Requires that every row can be trained and judged.
     *
     * @param rows the harnesses by the names of their rows
     * @throws ComparisonException if one cannot; names every problem
     */
    void require(Map<String, Harness> rows) {
        List<String> problems = new ArrayList<>();
        if (!train.hasLabels()) {
            problems.add("the training data have no labels");
        }
        labeled.forEach(
                (name, data) -> {
                    if (!data.hasLabels()) {
                        problems.add("the " + name + " have no labels");
                    } else if (data.getTask() != train.getTask()) {
                        problems.add(
                                "the training data are of the task %s, but the %s of the task %s"
                                        .formatted(train.getTask(), name, data.getTask()));
                    }
                });
        if (beyond != null) {
            problems.add(beyond);
        }
        int batchSize = getBatchSize(rows.values());
        if (batchSize != training.getBatchSize()) {
            problems.add(wrongBatchSize(rows, batchSize));
        }
        rows.forEach((row, harness) -> check(row, harness, batchSize));
        rowsByProblem.forEach((why, names) -> problems.add(named(names) + ": " + why));
        if (!problems.isEmpty()) {
            throw failure(problems);
        }
    }

    /** Returns the batch size; where it does not suit all rows, the nearest one that does. */
    private int getBatchSize(Collection<Harness> harnesses) {
        long divisor =
                harnesses.stream()
                        .mapToLong(RowCheck::divisor)
                        .reduce(1, RowCheck::leastCommonMultiple);
        int batchSize = training.getBatchSize();
        long below = batchSize / divisor * divisor;
        if (below == batchSize) {
            return batchSize;
        }
        long above = below + divisor;
        boolean isBelow = below > 0 && batchSize - below < above - batchSize;
        return Math.toIntExact(isBelow ? below : above);
    }

    private static int divisor(Harness harness) {
        return harness.getRecipe().batches().getBatchSizeDivisor();
    }

    private static long leastCommonMultiple(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    private String wrongBatchSize(Map<String, Harness> rows, int better) {
        Map<Integer, List<String>> rowsByDivisor = new TreeMap<>();
        rows.forEach(
                (row, harness) -> {
                    if (training.getBatchSize() % divisor(harness) != 0) {
                        rowsByDivisor
                                .computeIfAbsent(divisor(harness), key -> new ArrayList<>())
                                .add(row);
                    }
                });
        String wanted =
                rowsByDivisor.entrySet().stream()
                        .map(one -> "of %d for %s".formatted(one.getKey(), named(one.getValue())))
                        .collect(Collectors.joining(" and "));
        return "the batch size must be a multiple %s, but was %d: use %d, which suits all rows"
                .formatted(wanted, training.getBatchSize(), better);
    }

    private void check(String row, Harness harness, int batchSize) {
        try {
            training.getBatches(harness.getRecipe())
                    .getEpoch(train.size(), batchSize, training.getSeed(), 0);
            int classes = harness.check(training, train, judged);
            labeled.forEach((name, data) -> Outputs.require(name, data, classes));
        } catch (RuntimeException e) {
            causes.add(e);
            rowsByProblem.computeIfAbsent(reason(e), key -> new ArrayList<>()).add(row);
        }
    }

    /** What went wrong, in one line: engines add traces of their own. */
    static String reason(Exception failure) {
        return failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage().lines().findFirst().orElse("").strip();
    }

    private static String named(List<String> rows) {
        String names = rows.stream().collect(Collectors.joining("', '", "'", "'"));
        return (rows.size() == 1 ? "the row " : "the rows ") + names;
    }

    private ComparisonException failure(List<String> problems) {
        String list =
                problems.size() == 1
                        ? " " + problems.get(0)
                        : problems.stream().map("\n  "::concat).collect(Collectors.joining());
        ComparisonException failure =
                new ComparisonException(
                        "The comparison did not start:" + list,
                        causes.isEmpty() ? null : causes.get(0),
                        null);
        causes.stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }
}
