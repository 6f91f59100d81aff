/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.harness.Description;
import dev.polyphony.harness.TrainingOptions;
import dev.polyphony.inference.Arguments;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a command line is of: a harness, or a comparison.
 *
 * @param <T> the type of what is trained
 */
abstract class Program<T extends TrainingOptions<T>> {

    private final String name;
    private final Function<Arguments, ? extends T> maker;

    /**
     * Creates a program.
     *
     * @param name the class that is called
     * @param maker makes what is trained from named values
     */
    Program(String name, Function<Arguments, ? extends T> maker) {
        this.name = name;
        this.maker = maker;
    }

    /** How the program is called. */
    final String getCall() {
        return "java " + name;
    }

    final String getName() {
        return name;
    }

    /** The names of the values that the model is made of. */
    final Set<String> getValueNames() {
        return Arguments.namesAskedBy(maker);
    }

    /** Makes what is trained; a wrong value is an illegal argument. */
    final T make(Map<String, String> values) {
        Arguments arguments = Arguments.of(values);
        T made = arguments.make(maker, "--set");
        setArguments(made, arguments);
        return made;
    }

    /** Tells what is trained of what values it was made. */
    void setArguments(T trainable, Arguments arguments) {
        // the rows of a comparison know theirs
    }

    /** What the program trains, in words of the help. */
    abstract String getSubject();

    /** Whether several are trained and told apart in the results. */
    abstract boolean isComparison();

    /** Says what a comparison has beside what all training has. */
    void setComparison(T trainable, ComparisonOptions options) {
        // one alone has nothing to be compared with
    }

    /** Says how the members of a deep ensemble are trained, and where they are kept. */
    void setMembers(T trainable, MemberOptions options, RunFolder run) {
        // rows of a comparison are trained as their forms are by default
    }

    /** Trains or goes on, saves the models in the run's folder, and judges them. */
    abstract Report train(T trainable, DataParts data, RunFolder run, boolean resumes)
            throws IOException;

    /** Judges the models of a run. */
    abstract Report evaluate(T trainable, DataParts data, RunFolder run) throws IOException;

    /** Whether judging fits something on validation data: at least the noise of numbers. */
    static boolean isFitted(EvaluationSuite suite, DataParts data) {
        return suite.needsValidation() || data.test().getTask() == Task.REGRESSION;
    }

    /** Describes what would be trained. */
    abstract List<Description> describe(T trainable, Shape example);
}
