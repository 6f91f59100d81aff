/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.harness.Description;
import dev.polyphony.harness.TrainingOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Says what would be trained, and what it would need.
 *
 * @param <T> the type of what would be trained
 */
@Command(name = "describe", sortOptions = false)
final class DescribeCommand<T extends TrainingOptions<T>> implements Callable<Integer> {

    private final Program<T> program;
    private final PrintStream out;

    @Option(
            names = DataOptions.SHAPE,
            paramLabel = "N[,N...]",
            converter = Converters.ToShape.class,
            description = "Shape of one example, such as 1,8,8.")
    private Shape shape;

    @Option(
            names = DataOptions.DATA,
            paramLabel = "FILE",
            description = "CSV file that tells the shape, in place of --shape.")
    private Path data;

    @Mixin private StepOptions step;
    @Mixin private ModelOptions model;
    @Mixin private GeneralOptions general;

    DescribeCommand(Program<T> program, PrintStream out) {
        this.program = program;
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        T trainable = model.make(program::make);
        try {
            step.apply(trainable).getTraining();
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(e.getMessage(), e);
        }
        List<Description> all = program.describe(trainable, getShape());
        if (program.isComparison()) {
            out.println(Description.compare(all));
        } else {
            all.forEach(out::println);
        }
        return 0;
    }

    private Shape getShape() throws IOException {
        if (shape != null) {
            return shape;
        }
        if (data == null) {
            throw new WrongCallException(
                    "The shape of an example is missing: give --shape, such as --shape 1,8,8, or"
                            + " --data FILE");
        }
        if (!Files.isRegularFile(data)) {
            throw new IllegalArgumentException("There is no file " + data);
        }
        return CsvFiles.read(data, null, 1).getShape();
    }
}
