/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.command.Converters.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Option;

/** The options of what is kept apart from the data that are trained on. */
final class SplitOptions {

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
        if (getValidation() != null && getTest() != null && isSame(getValidation(), getTest())) {
            throw new WrongCallException(
                    "--validation and --test are the same data, %s: what is chosen on the data that it is judged on looks better than it is. Give other data to one of them, or a share"
                            .formatted(getTest()));
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other)
                    || Files.isRegularFile(one)
                            && Files.isRegularFile(other)
                            && Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            return false; // whoever reads them says what is wrong
        }
    }

    private static String text(Part part) {
        return part.file() == null ? String.valueOf(part.share()) : part.file().toString();
    }

    /** The file to validate on, or null. */
    Path getValidation() {
        return validation.file();
    }

    /** The file to test on, or null for a share of the data. */
    Path getTest() {
        return test.file();
    }

    /** Whether a share of the data is validated on. */
    boolean isValidationShare() {
        return validation.share() > 0;
    }

    /** The shares of the data: to train on, and possibly to validate and to test on. */
    double[] getShares() {
        double left = 1 - validation.share() - test.share();
        return DoubleStream.of(left, validation.share(), test.share())
                .filter(share -> share > 0)
                .toArray();
    }

    /** The seed that divides the data. */
    int getSeed(int seed) {
        return splitSeed == null ? seed : splitSeed;
    }
}
