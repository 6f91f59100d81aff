/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.digits;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.command.ComparisonCommand;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Comparison;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trains the plain network, its forms and a deep ensemble on 1,797 handwritten digits, judges them
 * on digits that they have not seen and on images that are no digits, and writes a page.
 */
public final class DigitsSample {

    private static final Shape IMAGE = new Shape(1, 8, 8);
    private static final int CLASSES = 10;

    /** To train, to watch the training, to test. */
    private static final double[] SHARES = {0.6, 0.15, 0.25};

    /** What can happen to so small and gray an image, so that people still read it. */
    private static final String CORRUPTIONS =
            "gaussian-noise,impulse-noise,gaussian-blur,contrast,translation";

    private DigitsSample() {}

    /**
     * Runs a command of the comparison. {@code train DIR} trains as the sample does and keeps all
     * in a folder; {@code resume DIR} goes on with it; {@code --help} lists the others.
     *
     * @param args the command line
     * @throws IOException if the data cannot be written
     */
    public static void main(String[] args) throws IOException {
        boolean isSample = args.length == 2 && args[0].equals("train");
        ComparisonCommand.run(
                isSample ? arguments(Path.of(args[1])) : args, values -> newComparison());
    }

    /** The command line that trains as the sample does, whose data this writes. */
    static String[] arguments(Path run) throws IOException {
        Path data = Files.createDirectories(run.resolve("data"));
        LabeledData digits = read();
        LabeledData test = digits.splitStratified(1, SHARES)[2];
        Path all = write(digits, data.resolve("digits.csv"));
        Path turned = write(Transformed.turned(test), data.resolve("turned.csv"));
        Path shuffled = write(Transformed.shuffled(test, 1), data.resolve("shuffled.csv"));
        String settings =
                "--shape=1,8,8 --validation=0.15 --test=0.25 --epochs=30 --batch-size=64"
                        + " --learning-rate=0.003 --seed=1 --checkpoint-every=5s --overwrite"
                        + " --calibrate=temperature --conformal=0.9"
                        + " --corruptions="
                        + CORRUPTIONS;
        return Stream.concat(
                        Stream.of(
                                "train",
                                "--out=" + run,
                                "--data=" + all,
                                "--ood=mirrored and turned=" + turned,
                                "--ood=shuffled pixels=" + shuffled),
                        Stream.of(settings.split(" ")))
                .toArray(String[]::new);
    }

    private static Path write(LabeledData images, Path file) throws IOException {
        float[] pixels = images.getFeatures();
        int length = pixels.length / images.size();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            // what is no digit has no class, which nobody looks at
            StringBuilder line =
                    new StringBuilder(images.hasLabels() ? "" + images.getLabels()[i] : "0");
            for (int pixel = i * length; pixel < (i + 1) * length; pixel++) {
                line.append(',').append(pixels[pixel]);
            }
            lines.add(line.toString());
        }
        return Files.write(file, lines);
    }

    private static LabeledData read() throws IOException {
        return CsvFiles.read(DigitsSample.class, "digits.csv", IMAGE, 1.0 / 16);
    }

    static Comparison newComparison() {
        return DigitNetComparison.of(16, CLASSES).optBatchSize(64).optLearningRate(3e-3).optSeed(1);
    }

    static Report compare(Comparison comparison) throws IOException {
        LabeledData[] parts = read().splitStratified(1, SHARES);
        LabeledData train = parts[0];
        LabeledData validation = parts[1];
        LabeledData test = parts[2];
        Map<String, LabeledData> noDigits = new LinkedHashMap<>();
        noDigits.put("mirrored and turned", Transformed.turned(test));
        noDigits.put("shuffled pixels", Transformed.shuffled(test, 1));
        return comparison.run(train, validation, test, noDigits);
    }
}
