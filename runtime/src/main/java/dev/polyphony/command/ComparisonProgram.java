/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.harness.Comparison;
import dev.polyphony.harness.Description;
import dev.polyphony.inference.Arguments;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.util.List;
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
    void setComparison(Comparison comparison, ComparisonOptions options) {
        options.apply(comparison);
    }

    /** {@inheritDoc} */
    @Override
    Report train(Comparison comparison, DataParts data, RunFolder run, boolean resumes) {
        comparison.optModels(run.getModels()).optResults(run.getResults());
        return resumes
                ? comparison.resume(
                        data.train(), data.validation(), data.test(), data.outOfDistribution())
                : comparison.run(
                        data.train(), data.validation(), data.test(), data.outOfDistribution());
    }

    /** {@inheritDoc} */
    @Override
    Report evaluate(Comparison comparison, DataParts data, RunFolder run) throws IOException {
        return comparison.evaluate(
                run.getModels(),
                isFitted(comparison.getEvaluation(), data) ? data.validation() : null,
                data.test(),
                data.outOfDistribution());
    }

    /** {@inheritDoc} */
    @Override
    List<Description> describe(Comparison comparison, Shape example) {
        return comparison.describe(example);
    }
}
