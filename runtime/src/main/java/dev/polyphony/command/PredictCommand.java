/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.Device;
import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.JsonSerializable;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.TableFormat;
import dev.polyphony.data.TableRows;
import dev.polyphony.files.AtomicFile;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that answers with a model folder. */
@Command(name = "predict", sortOptions = false)
final class PredictCommand implements Callable<Integer> {

    private final PrintStream out;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "Model folder, such as the folder 'model' of a run.")
    private Path folder;

    @Option(
            names = DataOptions.DATA,
            required = true,
            paramLabel = "FILE|DIR",
            description =
                    "What to answer: a CSV file with the columns that the model was trained on, those"
                            + " of right answers left out or not; or an image, or a folder of them.")
    private Path data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "CSV file for the answers (default: standard output).")
    private Path output;

    @Option(
            names = "--batch-size",
            defaultValue = "256",
            paramLabel = "N",
            description = "Examples in memory at a time (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = MachineOptions.DEVICE,
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "auto, cpu, gpu0, ... (default: ${DEFAULT-VALUE}).")
    private String device;

    @Mixin private GeneralOptions general;

    PredictCommand(PrintStream out) {
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        if (batchSize < 1) {
            throw new WrongCallException("--batch-size must be at least 1, but is " + batchSize);
        }
        requireModel();
        ModelDescription model = ModelFolder.describe(folder).getDescription();
        try (ZooModel<float[], JsonSerializable> loaded = load();
                Predictor<float[], JsonSerializable> predictor = loaded.newPredictor()) {
            if (output == null) {
                PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
                answer(model, predictor, writer);
                writer.flush();
            } else {
                AtomicFile.write(
                        output,
                        channel -> {
                            Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
                            answer(model, predictor, writer);
                            writer.flush();
                        });
                out.println("Answers: " + output.toAbsolutePath().normalize());
            }
        }
        return 0;
    }

    /** A run is no model folder, but has one, or one for each row of a comparison. */
    private void requireModel() throws IOException {
        RunFolder run = new RunFolder(folder);
        boolean isModel = Files.exists(folder.resolve(ModelFolder.DESCRIPTION));
        if (isModel || !Files.exists(run.getRunFile())) {
            return;
        }
        run.requireModel();
        throw new WrongCallException(
                "%s is the folder of a run; give what it has trained: --model %s"
                        .formatted(
                                folder,
                                run.findModels().stream()
                                        .map(Path::toString)
                                        .sorted()
                                        .collect(Collectors.joining(", or --model "))));
    }

    private ZooModel<float[], JsonSerializable> load() throws IOException {
        try {
            return Criteria.builder()
                    .setTypes(float[].class, JsonSerializable.class)
                    .optModelPath(folder)
                    .optTranslatorFactory(new EnsembleTranslatorFactory())
                    .optDevice(device.equals("auto") ? null : Device.fromName(device))
                    .build()
                    .loadModel();
        } catch (ModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void answer(
            ModelDescription model, Predictor<float[], JsonSerializable> predictor, Writer writer)
            throws IOException {
        AnswerTable table = new AnswerTable(model);
        table.writeHeader(writer);
        InputFormat input = model.input();
        boolean isImage = input instanceof ImageFormat && (isFolder() || !isTable());
        if (isImage) {
            ImageFormat images = (ImageFormat) input;
            List<Path> files = isFolder() ? ImageFolder.findImages(data) : List.of(data);
            for (int from = 0; from < files.size(); from += batchSize) {
                List<String> names = new ArrayList<>();
                List<float[]> examples = new ArrayList<>();
                for (Path file : files.subList(from, Math.min(from + batchSize, files.size()))) {
                    names.add((isFolder() ? data.relativize(file) : file).toString());
                    examples.add(images.read(file));
                }
                table.write(writer, names, predict(predictor, examples));
            }
            return;
        }
        if (isFolder()) {
            throw new IllegalArgumentException(
                    data + " is a folder, but the model takes rows of numbers: give a CSV file");
        }
        if (!Files.isRegularFile(data)) {
            throw new IllegalArgumentException("There is no file " + data);
        }
        try (TableRows rows = TableRows.open(data, table(input))) {
            int row = 0;
            while (rows.hasNext()) {
                List<String> names = new ArrayList<>();
                List<float[]> examples = new ArrayList<>();
                while (rows.hasNext() && examples.size() < batchSize) {
                    row++;
                    names.add(Integer.toString(row));
                    examples.add(rows.next());
                }
                table.write(writer, names, predict(predictor, examples));
            }
        }
    }

    private boolean isFolder() {
        return Files.isDirectory(data);
    }

    private boolean isTable() {
        return data.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".csv");
    }

    /** Rows of a model of arrays are their numbers in row-major order. */
    private static TableFormat table(InputFormat input) {
        return input instanceof TableFormat table
                ? table
                : new TableFormat(List.of(), List.of(), input.shape(), input.dataType(), 1);
    }

    private static List<JsonSerializable> predict(
            Predictor<float[], JsonSerializable> predictor, List<float[]> examples)
            throws IOException {
        try {
            return predictor.batchPredict(examples);
        } catch (TranslateException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getMessage(), e);
        }
    }
}
