/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.command.Converters.Part;
import dev.polyphony.data.LabeledData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of what is trained and judged on. */
final class DataOptions {

    /** The option that says what an example is. */
    static final String SHAPE = "--shape";

    /** The option that says where the data are. */
    static final String DATA = "--data";

    @Option(
            names = DATA,
            required = true,
            paramLabel = "FILE",
            description = "CSV file: the class (0, 1, ...) in the first column, then the features.")
    private Path data;

    @Option(
            names = SHAPE,
            paramLabel = "N[,N...]",
            converter = Converters.ToShape.class,
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
            names = "--validation",
            defaultValue = "0.15",
            converter = Converters.ToPart.class,
            paramLabel = "SHARE|FILE",
            description =
                    "Share of the data that each epoch is judged on, or a file of its own; may be 0"
                            + " (default: ${DEFAULT-VALUE}).")
    private Part validation;

    @Option(
            names = "--test",
            defaultValue = "0.15",
            converter = Converters.ToPart.class,
            paramLabel = "SHARE|FILE",
            description =
                    "Share of the data that the result is judged on, or a file of its own (default:"
                            + " ${DEFAULT-VALUE}).")
    private Part test;

    @Option(
            names = "--split-seed",
            paramLabel = "N",
            description = "Seed that divides the data (default: that of --seed).")
    private Integer splitSeed;

    @Option(
            names = "--ood",
            paramLabel = "NAME=FILE",
            description =
                    "Data that the model is not made for, to see whether it is unsure of them: CSV as"
                            + " --data, whose classes are not looked at; repeat for each.")
    private Map<String, Path> outOfDistribution = new LinkedHashMap<>();

    /** Requires that the shares leave something to train on. */
    void require() {
        boolean isShare = validation.share() >= 0 && test.share() >= 0;
        boolean tests = test.share() > 0 || test.file() != null;
        // written so that NaN fails
        if (!(isShare && tests && validation.share() + test.share() < 1)) {
            throw new WrongCallException(
                    "--validation and --test are shares of the data and must leave some to train on, or files, but are %s and %s"
                            .formatted(text(validation), text(test)));
        }
    }

    private static String text(Part part) {
        return part.file() == null ? String.valueOf(part.share()) : part.file().toString();
    }

    Shape getShape() {
        return shape;
    }

    DataParts read(int seed) throws IOException {
        LabeledData all = read(data);
        double left = 1 - validation.share() - test.share();
        LabeledData train = all;
        LabeledData validationData = validation.file() == null ? null : read(validation.file());
        LabeledData testData = test.file() == null ? null : read(test.file());
        boolean splitsValidation = validation.share() > 0;
        boolean splitsTest = test.file() == null;
        int by = splitSeed == null ? seed : splitSeed;
        if (splitsValidation && splitsTest) {
            LabeledData[] parts = all.splitStratified(by, left, validation.share(), test.share());
            train = parts[0];
            validationData = parts[1];
            testData = parts[2];
        } else if (splitsValidation) {
            LabeledData[] parts = all.splitStratified(by, left, validation.share());
            train = parts[0];
            validationData = parts[1];
        } else if (splitsTest) {
            LabeledData[] parts = all.splitStratified(by, left, test.share());
            train = parts[0];
            testData = parts[1];
        }
        return new DataParts(train, validationData, testData, readOutOfDistribution());
    }

    /** Reads a file whole, to judge on it. */
    LabeledData read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        LabeledData read = LabeledData.ofCsv(file, shape, scale);
        return ids ? read.toIds() : read;
    }

    Map<String, LabeledData> readOutOfDistribution() throws IOException {
        return read(outOfDistribution);
    }

    /** Reads files whole, by their names. */
    Map<String, LabeledData> read(Map<String, Path> files) throws IOException {
        Map<String, LabeledData> read = new LinkedHashMap<>();
        for (Map.Entry<String, Path> set : files.entrySet()) {
            read.put(set.getKey(), read(set.getValue()));
        }
        return read;
    }
}
