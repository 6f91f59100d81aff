/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.util.JsonSerializable;
import dev.polyphony.data.Task;
import dev.polyphony.files.CsvField;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleLabels;
import dev.polyphony.inference.EnsembleRegression;
import dev.polyphony.model.ModelDescription;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers as lines of comma-separated values.
 *
 * @param model the model that answers
 */
record AnswerTable(ModelDescription model) {

    void writeHeader(Writer writer) throws IOException {
        List<String> names = new ArrayList<>(List.of("example"));
        if (model.task() == Task.CLASSIFICATION) {
            names.addAll(
                    List.of(
                            "predicted",
                            "probability",
                            "abstained",
                            "entropy",
                            "expectedEntropy",
                            "mutualInformation",
                            "variationRatio",
                            "disagreement"));
        }
        for (String name : model.classNames()) {
            switch (model.task()) {
                case CLASSIFICATION -> names.add("p(" + name + ")");
                case MULTI_LABEL ->
                        names.addAll(
                                List.of(
                                        "p(" + name + ")",
                                        "entropy(" + name + ")",
                                        "mutualInformation(" + name + ")"));
                case REGRESSION ->
                        names.addAll(
                                List.of("mean(" + name + ")", "standardDeviation(" + name + ")"));
            }
        }
        write(writer, names);
    }

    /**
     * Writes a line for each answer.
     *
     * @param writer where to
     * @param examples what the examples are called
     * @param answers the answers
     */
    void write(Writer writer, List<String> examples, List<JsonSerializable> answers)
            throws IOException {
        for (int i = 0; i < answers.size(); i++) {
            List<String> fields = new ArrayList<>(List.of(examples.get(i)));
            if (answers.get(i) instanceof EnsembleClassifications classes) {
                add(fields, classes);
            } else if (answers.get(i) instanceof EnsembleLabels labels) {
                for (int k = 0; k < labels.getLabels().size(); k++) {
                    add(fields, labels.getProbabilities()[k]);
                    add(fields, labels.getEntropy()[k]);
                    add(fields, labels.getMutualInformation()[k]);
                }
            } else if (answers.get(i) instanceof EnsembleRegression numbers) {
                for (int k = 0; k < numbers.getNames().size(); k++) {
                    add(fields, numbers.getMean()[k]);
                    add(fields, numbers.getStandardDeviation()[k]);
                }
            }
            write(writer, fields);
        }
    }

    private static void add(List<String> fields, EnsembleClassifications answer) {
        fields.add(answer.best().getClassName());
        add(fields, answer.best().getProbability());
        fields.add(Boolean.toString(answer.isAbstained()));
        add(fields, answer.getEntropy());
        add(fields, answer.getExpectedEntropy());
        add(fields, answer.getMutualInformation());
        add(fields, answer.getVariationRatio());
        add(fields, answer.getDisagreement());
        answer.getProbabilities().forEach(probability -> add(fields, probability));
    }

    private static void add(List<String> fields, double number) {
        fields.add(Double.toString(number));
    }

    private static void write(Writer writer, List<String> fields) throws IOException {
        writer.write(String.join(",", fields.stream().map(CsvField::quote).toList()) + "\n");
    }
}
