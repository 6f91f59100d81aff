/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.files.CsvField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All trials as a table in CSV (RFC 4180): what was tried, what came of it on the validation and on
 * the test data, and at last how long it took, which is the one column that differs from run to
 * run.
 */
final class SearchTable {

    /** The last column. */
    static final String SECONDS = "seconds";

    private SearchTable() {}

    static String toCsv(Map<Trial, TrialResult> results) {
        Set<String> model = new TreeSet<>();
        Set<String> settings = new TreeSet<>();
        Set<String> validation = new TreeSet<>();
        Set<String> test = new TreeSet<>();
        results.forEach(
                (trial, result) -> {
                    model.addAll(trial.model().keySet());
                    settings.addAll(trial.settings().keySet());
                    validation.addAll(result.validation().keySet());
                    test.addAll(result.test().keySet());
                });
        Set<String> head = new LinkedHashSet<>(List.of("trial", "form"));
        head.addAll(model);
        head.addAll(settings);
        head.addAll(List.of("failure", "epochs", "updates", "parameters"));
        validation.forEach(name -> head.add("validation_" + name));
        test.forEach(name -> head.add("test_" + name));
        head.add(SECONDS);
        StringBuilder text = new StringBuilder();
        append(text, head);
        results.forEach(
                (trial, result) -> {
                    List<String> row = new ArrayList<>(List.of(trial.getKey(), trial.form()));
                    addAll(row, model, trial.model()::get);
                    addAll(row, settings, trial.settings()::get);
                    row.add(result.isFailed() ? result.failure() : "");
                    row.add(number(result, result.epochs()));
                    row.add(number(result, result.updates()));
                    row.add(number(result, result.parameters()));
                    addAll(row, validation, result.validation()::get);
                    addAll(row, test, result.test()::get);
                    row.add(result.isFailed() ? "" : Double.toString(result.seconds()));
                    append(text, row);
                });
        return text.toString();
    }

    private static String number(TrialResult result, long number) {
        return result.isFailed() ? "" : Long.toString(number);
    }

    private static void addAll(List<String> row, Set<String> names, Function<String, ?> values) {
        for (String name : names) {
            Object value = values.apply(name);
            row.add(value == null ? "" : value.toString());
        }
    }

    private static void append(StringBuilder text, Iterable<String> fields) {
        List<String> quoted = new ArrayList<>();
        fields.forEach(field -> quoted.add(CsvField.quote(field)));
        text.append(String.join(",", quoted)).append("\r\n");
    }
}
