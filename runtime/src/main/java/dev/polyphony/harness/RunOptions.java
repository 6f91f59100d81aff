/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.inference.Arguments;
import dev.polyphony.train.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that all commands share. */
final class RunOptions {

    /** The option that says what an example is. */
    static final String SHAPE = "--shape";

    /** The option that shows where a failure comes from. */
    static final String STACK_TRACE = "--stacktrace";

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "CSV file: the class (0, 1, ...) in the first column, then the features.")
    private Path data;

    @Option(
            names = SHAPE,
            paramLabel = "N[,N...]",
            converter = ShapeConverter.class,
            description = "Shape of one example, such as 1,8,8; by default one axis.")
    private Shape shape;

    @Option(
            names = "--scale",
            defaultValue = "1",
            paramLabel = "FACTOR",
            description = "What features are multiplied with (default: ${DEFAULT-VALUE}).")
    private double scale;

    @Option(
            names = "--ids",
            description = "Features are ids, whole numbers from 0, which the model looks up.")
    private boolean ids;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Value that the model is made with, by name, such as classes=10: a parameter of"
                            + " its constructor or static method, or what a setter of its builder"
                            + " sets (outSize for setOutSize); repeat for each.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--epochs",
            defaultValue = "10",
            paramLabel = "N",
            description = "Passes through the training data (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "128",
            paramLabel = "N",
            description = "Rows that a member sees in a step (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.001",
            paramLabel = "RATE",
            description = "Learning rate of Adam (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
    private int seed;

    @Option(
            names = "--validation",
            defaultValue = "0.15",
            paramLabel = "SHARE",
            description =
                    "Share of the data that each epoch is judged on; may be 0 (default:"
                            + " ${DEFAULT-VALUE}).")
    private double validation;

    @Option(
            names = "--test",
            defaultValue = "0.15",
            paramLabel = "SHARE",
            description =
                    "Share of the data that the result is judged on (default: ${DEFAULT-VALUE}).")
    private double test;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the page, the tables and the pictures.")
    private Path out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the engine (default: 1, which repeats bit for bit).")
    private Integer threads;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Option(names = STACK_TRACE, description = "Show where a failure comes from.")
    private boolean stackTrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** What the data are divided into; validation may be null. */
    record Parts(LabeledData train, LabeledData validation, LabeledData test) {}

    Arguments getArguments() {
        return Arguments.of(set);
    }

    Path getOut() {
        return out;
    }

    /** Sets the number of threads, which the engine reads when it starts. */
    void prepareEngine() {
        if (threads != null) {
            System.setProperty(THREADS, threads.toString());
        } else if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, "1");
        }
    }

    /** Sets the options, and requires that they make sense. */
    void apply(TrainingOptions<?> options, PrintStream terminal) {
        Progress progress =
                quiet
                        ? Progress.none()
                        : terminal == System.out ? Progress.automatic() : Progress.lines(terminal);
        options.optEpochs(epochs)
                .optBatchSize(batchSize)
                .optLearningRate(learningRate)
                .optSeed(seed)
                .optProgress(progress)
                .getTraining();
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out is a folder, but %s is not".formatted(out));
        }
        // written so that NaN fails
        if (!(validation >= 0 && test > 0 && validation + test < 1)) {
            throw new IllegalArgumentException(
                    "--validation and --test are shares of the data and must leave some to train on, but are %s and %s"
                            .formatted(validation, test));
        }
    }

    Parts readData() throws IOException {
        if (!Files.isRegularFile(data)) {
            throw new IllegalArgumentException("There is no file " + data);
        }
        double train = 1 - validation - test;
        LabeledData read = LabeledData.ofCsv(data, shape, scale);
        LabeledData all = ids ? read.toIds() : read;
        if (validation == 0) {
            LabeledData[] parts = all.splitStratified(seed, train, test);
            return new Parts(parts[0], null, parts[1]);
        }
        LabeledData[] parts = all.splitStratified(seed, train, validation, test);
        return new Parts(parts[0], parts[1], parts[2]);
    }

    /** Reads {@code 1,8,8}. */
    static final class ShapeConverter implements ITypeConverter<Shape> {

        /** {@inheritDoc} */
        @Override
        public Shape convert(String text) {
            try {
                long[] axes =
                        Arrays.stream(text.split(","))
                                .map(String::trim)
                                .mapToLong(Long::parseLong)
                                .toArray();
                if (Arrays.stream(axes).allMatch(axis -> axis > 0)) {
                    return new Shape(axes);
                }
            } catch (NumberFormatException e) {
                // as for any other text
            }
            throw new TypeConversionException("'" + text + "' is not a shape, such as 1,8,8");
        }
    }
}
