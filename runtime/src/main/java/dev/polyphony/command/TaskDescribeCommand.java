/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.command.Converters.NamedInput;
import dev.polyphony.multitask.train.MultiTaskHarness;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what would be trained in several tasks, and what it would need. */
@Command(name = "describe", sortOptions = false)
final class TaskDescribeCommand implements Callable<Integer> {

    private final TaskProgram program;
    private final PrintStream out;

    @Option(
            names = TaskDataOptions.INPUT,
            required = true,
            converter = Converters.ToNamedInput.class,
            paramLabel = "NAME=SHAPE",
            description =
                    "Input of the model with the shape of one example, such as image=1,8,8, in the"
                            + " order in which the model takes them; repeat for each.")
    private List<NamedInput> inputs = new ArrayList<>();

    @Mixin private StepOptions step;
    @Mixin private ModelOptions model;
    @Mixin private GeneralOptions general;

    TaskDescribeCommand(TaskProgram program, PrintStream out) {
        this.program = program;
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() {
        MultiTaskHarness harness = model.make(program::make);
        try {
            step.apply(harness).getTraining();
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(e.getMessage(), e);
        }
        Shape[] shapes = new Shape[inputs.size()];
        for (int i = 0; i < shapes.length; i++) {
            NamedInput input = inputs.get(i);
            if (input.shape() == null) {
                throw new WrongCallException(
                        "The shape of the input '%s' is missing: give %s %s=SHAPE, such as %s=1,8,8"
                                .formatted(
                                        input.name(),
                                        TaskDataOptions.INPUT,
                                        input.name(),
                                        input.name()));
            }
            shapes[i] = input.shape();
        }
        out.println(harness.describe(shapes));
        return 0;
    }
}
