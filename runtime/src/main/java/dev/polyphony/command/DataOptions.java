/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.Examples;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.TableFormat;
import dev.polyphony.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
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
            paramLabel = "FILE|DIR",
            description =
                    "CSV file: the class (0, 1, ...) in the first column, then the features; or a"
                            + " folder with one of images (PNG, JPEG, BMP, GIF) for each class.")
    private Path data;

    @Option(
            names = "--task",
            defaultValue = "classification",
            converter = Converters.ToTask.class,
            paramLabel = "TASK",
            description =
                    "What the model answers: classification, multi-label (a 0 or 1 for each label in"
                            + " the first columns) or regression (numbers in the first columns)"
                            + " (default: ${DEFAULT-VALUE}).")
    private Task task;

    @Option(
            names = "--outputs",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "How many columns have the labels or numbers (default: ${DEFAULT-VALUE}).")
    private int outputs;

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
            names = "--resize",
            description = "Images of other sizes are brought to that of --shape.")
    private boolean resize;

    @Option(
            names = "--ids",
            description = "Features are ids, whole numbers from 0, which the model looks up.")
    private boolean ids;

    @Mixin private SplitOptions split;

    @Option(
            names = "--ood",
            paramLabel = "NAME=FILE",
            description =
                    "Data that the model is not made for, to see whether it is unsure of them: CSV as"
                            + " --data, whose classes, labels or numbers are not looked at; repeat for each.")
    private Map<String, Path> outOfDistribution = new LinkedHashMap<>();

    /** The classes of the folder that is trained on; none unless it is one. */
    private List<String> classNames = List.of();

    /** The table that is trained on, whose columns other files have; null if it is none. */
    private TableFormat table;

    /** Requires that the shares leave something to train on. */
    void require() {
        split.require();
    }

    Shape getShape() {
        return shape;
    }

    Task getTask() {
        return task;
    }

    DataParts read(int seed) throws IOException {
        if (resize && !Files.isDirectory(data)) {
            throw new WrongCallException(
                    "--resize is for a folder of images, but %s is none".formatted(data));
        }
        Examples all = read(data);
        if (all instanceof ImageFolder images) {
            classNames = images.getClassNames();
        }
        if (all.getInputFormat() instanceof TableFormat trained) {
            table = trained;
        }
        Examples validationData =
                split.getValidation() == null ? null : read(split.getValidation());
        Examples testData = split.getTest() == null ? null : read(split.getTest());
        double[] shares = split.getShares();
        Examples[] parts = shares.length == 1 ? new Examples[] {all} : split(all, seed, shares);
        Examples train = parts[0];
        if (split.isValidationShare()) {
            validationData = parts[1];
        }
        if (testData == null) {
            testData = parts[parts.length - 1];
        }
        return new DataParts(train, validationData, testData, readOutOfDistribution());
    }

    private Examples[] split(Examples all, int seed, double... shares) {
        int by = split.getSeed(seed);
        if (all instanceof ImageFolder images) {
            return images.splitStratified(by, shares);
        }
        return task == Task.CLASSIFICATION
                ? ((LabeledData) all).splitStratified(by, shares)
                : all.split(by, shares);
    }

    List<String> getClassNames() {
        return classNames;
    }

    void setClassNames(List<String> names) {
        classNames = names;
    }

    void setTable(TableFormat trained) {
        table = trained;
    }

    /** Reads a file whole, to judge on it; images of a folder are read later. */
    Examples read(Path file) throws IOException {
        Examples read =
                Files.isDirectory(file) ? readImages(file) : withIds(readCsv(requireFile(file)));
        if (read instanceof ImageFolder images
                && !classNames.isEmpty()
                && !images.getClassNames().equals(classNames)) {
            // classes are numbered by their names: others would be judged as what they are not
            throw new IllegalArgumentException(
                    "%s has folders of the classes %s, but what is trained on has %s: give it the same"
                            .formatted(file, images.getClassNames(), classNames));
        }
        return read;
    }

    /** Reads what is not trained on, whose right answers are not looked at. */
    private Examples readAny(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return readImages(file);
        }
        requireFile(file);
        return withIds(
                table == null ? readCsv(file) : CsvFiles.readUnlabeled(file, outputs, table));
    }

    private static Path requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        return file;
    }

    private LabeledData withIds(LabeledData read) {
        return ids ? read.toIds() : read;
    }

    private LabeledData readCsv(Path file) throws IOException {
        try {
            return table == null
                    ? CsvFiles.read(file, task, outputs, shape, scale)
                    : CsvFiles.read(file, task, outputs, table);
        } catch (IllegalArgumentException e) {
            boolean isOfClass =
                    table == null && e.getMessage().contains("the first column is the class");
            throw isOfClass
                    ? new IllegalArgumentException(
                            e.getMessage() + " (--task regression takes numbers)", e)
                    : e;
        }
    }

    private Examples readImages(Path file) throws IOException {
        if (shape == null || shape.dimension() != 3) {
            throw new WrongCallException(
                    "%s is a folder of images: say with %s C,H,W what size they are, such as 3,32,32"
                            .formatted(file, SHAPE));
        }
        if (task != Task.CLASSIFICATION || ids || scale != 1) {
            throw new WrongCallException(
                    "%s is a folder of images, whose classes are their folders and whose numbers are from 0 to 1: leave out --task, --ids and --scale"
                            .formatted(file));
        }
        return ImageFolder.builder().setFolder(file).setShape(shape).optResize(resize).build();
    }

    Map<String, Examples> readOutOfDistribution() throws IOException {
        return read(outOfDistribution);
    }

    /** Reads files whole, by their names. */
    Map<String, Examples> read(Map<String, Path> files) throws IOException {
        Map<String, Examples> read = new LinkedHashMap<>();
        for (Map.Entry<String, Path> set : files.entrySet()) {
            read.put(set.getKey(), readAny(set.getValue()));
        }
        return read;
    }
}
