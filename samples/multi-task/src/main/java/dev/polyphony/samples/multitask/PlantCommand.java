/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import dev.polyphony.data.MultiExamples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The command line of the generated harness {@code PackedPlantHarness}, on a file of the plant. */
final class PlantCommand {

    private static final int EXAMPLES = 1500;

    private static final String[] FAULTS = {"furnace", "bearing", "cable"};

    private PlantCommand() {}

    /** Prints a command and runs it, which ends the process. */
    static void run(String command, Path out) throws IOException {
        Path csv = out.resolve("plant.csv");
        if (!Files.exists(csv)) {
            Files.createDirectories(out);
            Files.write(csv, lines(PlantData.make(EXAMPLES, 1)));
        }
        String[] args = arguments(command, csv, out.resolve("plant-run"));
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .println("PackedPlantHarness " + String.join(" ", args) + "\n");
        PackedPlantHarness.main(args);
    }

    static String[] arguments(String command, Path csv, Path run) {
        String words =
                switch (command) {
                    case "train" ->
                            "train --input image=1,8,8 --input vibrations --input log=6:ids --set fusion=CONCAT --set width=16 --balance uncertainty --epochs 30 --batch-size 32 --learning-rate 0.006 --schedule cosine --overwrite";
                    case "resume", "evaluate", "predict" -> command;
                    case "describe" ->
                            "describe --input image=1,8,8 --input vibrations=12 --input log=6 --set fusion=CONCAT --set width=16";
                    default ->
                            throw new IllegalArgumentException(
                                    "-Drun alone writes the pages; -Drun=train, resume, evaluate, predict or describe is the command line; but it is "
                                            + command);
                };
        // paths may have spaces
        Stream<Object> paths =
                switch (command) {
                    case "train" -> Stream.of("--data", csv, "--out", run);
                    case "predict" ->
                            Stream.of(
                                    "--model",
                                    run.resolve("model"),
                                    "--data",
                                    csv,
                                    "--output",
                                    run.resolve("answers.csv"));
                    case "describe" -> Stream.of();
                    default -> Stream.of(run);
                };
        return Stream.concat(Arrays.stream(words.split(" ")), paths)
                .map(Object::toString)
                .toArray(String[]::new);
    }

    /** The examples with columns that are named by inputs and tasks. */
    static List<String> lines(MultiExamples data) {
        List<String> header = new ArrayList<>();
        float[] image = data.getInput("image").getFeatures();
        float[] vibrations = data.getInput("vibrations").getFeatures();
        long[] log = data.getInput("log").getIds();
        add(header, "image.", image.length / data.size());
        add(header, "vibrations.", vibrations.length / data.size());
        add(header, "log.", log.length / data.size());
        header.addAll(List.of("regime", "load"));
        for (String fault : FAULTS) {
            header.add("faults." + fault);
        }
        List<String> lines = new ArrayList<>(List.of(String.join(",", header)));
        for (int i = 0; i < data.size(); i++) {
            List<String> fields = new ArrayList<>();
            add(fields, image, i, data.size());
            add(fields, vibrations, i, data.size());
            for (int k = 0; k < log.length / data.size(); k++) {
                fields.add(Long.toString(log[i * (log.length / data.size()) + k]));
            }
            fields.add(Integer.toString(data.getClasses("regime")[i]));
            fields.add(text(data.getTargets("load")[i]));
            for (int f = 0; f < FAULTS.length; f++) {
                fields.add(Integer.toString((int) data.getTargets("faults")[3 * i + f]));
            }
            lines.add(String.join(",", fields));
        }
        return lines;
    }

    private static void add(List<String> header, String prefix, int count) {
        for (int k = 0; k < count; k++) {
            header.add(prefix + k);
        }
    }

    private static void add(List<String> fields, float[] numbers, int example, int examples) {
        int width = numbers.length / examples;
        for (int k = 0; k < width; k++) {
            fields.add(text(numbers[example * width + k]));
        }
    }

    private static String text(float number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
