/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.harness.Comparison;
import dev.polyphony.harness.Description;
import dev.polyphony.inference.Arguments;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Trains the plain model, its ensembles and a deep ensemble. */
final class ComparisonProgram extends Program<Comparison> {

    ComparisonProgram(String name, Function<Arguments, ? extends Comparison> maker) {
        super(name, maker);
    }

    /** {@inheritDoc} */
    @Override
    String getSubject() {
        return "the plain model, its ensembles and a deep ensemble";
    }

    /** {@inheritDoc} */
    @Override
    boolean isComparison() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    void setBudget(Comparison comparison, BudgetOption budget) {
        comparison.optBudget(budget.get());
    }

    /** {@inheritDoc} */
    @Override
    Outcome train(Comparison comparison, DataParts data, RunFolder run, boolean resumes)
            throws IOException {
        requireClasses(data);
        comparison.optModels(run.getModels());
        LabeledData train = inMemory(data.train());
        LabeledData validation = data.validation() == null ? null : inMemory(data.validation());
        LabeledData test = inMemory(data.test());
        Map<String, LabeledData> foreign = foreign(data);
        return Outcome.of(
                resumes
                        ? comparison.resume(train, validation, test, foreign)
                        : comparison.run(train, validation, test, foreign));
    }

    private static void requireClasses(DataParts data) {
        if (data.test().getTask() != Task.CLASSIFICATION) {
            throw new WrongCallException(
                    "Comparisons are of classifiers: for other tasks train each harness alone");
        }
    }

    private static Map<String, LabeledData> foreign(DataParts data) throws IOException {
        Map<String, LabeledData> foreign = new LinkedHashMap<>();
        for (Map.Entry<String, Examples> set : data.outOfDistribution().entrySet()) {
            foreign.put(set.getKey(), inMemory(set.getValue()));
        }
        return foreign;
    }

    /** A comparison goes through its data many times. */
    private static LabeledData inMemory(Examples examples) throws IOException {
        try {
            return examples instanceof LabeledData data ? data : examples.readAll();
        } catch (TranslateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** {@inheritDoc} */
    @Override
    Outcome evaluate(Comparison comparison, DataParts data, RunFolder run) throws IOException {
        requireClasses(data);
        return Outcome.of(
                comparison.evaluate(run.getModels(), inMemory(data.test()), foreign(data)));
    }

    /** {@inheritDoc} */
    @Override
    List<Description> describe(Comparison comparison, Shape example) {
        return comparison.describe(example);
    }
}
