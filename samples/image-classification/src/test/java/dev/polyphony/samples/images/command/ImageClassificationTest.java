/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.samples.images.recipe.Recipes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageClassificationTest {

    private static final String RECIPE = "cifar10-cifarnet-mimo";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ImageClassification.execute(
                new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private int runIn(Path run, String... args) {
        String[] all =
                Stream.concat(Stream.of(args), Stream.of("--out", run.toString()))
                        .toArray(String[]::new);
        return run(all);
    }

    @Test
    void listsEveryRecipeInALine() {
        assertEquals(0, run("recipes"));
        List<String> lines = out.toString().lines().toList();
        // a header, six rows of the two moons and how to train those
        assertEquals(Recipes.all().size() + 8, lines.size());
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line ->
                                        line.startsWith(
                                                        "cifar100-wrn2810-2-cutmixmo-p5-msdacutmix-bar4 ")
                                                && line.contains("85.77-85.92")),
                out.toString());
        assertEquals(0, run("recipes", "tinyimagenet"));
        assertEquals(9 + 1, out.toString().lines().count());
    }

    @Test
    void listsTheTwoMoonsWithTheCommandOfTheirSample() {
        assertEquals(0, run("recipes", "two-moons"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(8, lines.size(), out::toString);
        assertTrue(lines.get(1).startsWith("samples/two-moons: plain "), out::toString);
        assertTrue(lines.get(1).endsWith("  -            MIMO notebook"), out::toString);
        assertTrue(lines.get(7).contains("samples/two-moons -DskipTests -Drun"), out::toString);
    }

    @Test
    void describesWhatWouldBeTrained() {
        assertEquals(0, run("describe", "cifar10-tutorial-packed"), err::toString);
        assertTrue(out.toString().contains("3 epochs, batch size 256, SGD"), out::toString);
        // members of the widths 3, 8, 60, 42 and 10: see ParameterCountsTest
        assertTrue(out.toString().contains("63,552"), out::toString);
    }

    @Test
    void trainsGoesOnAndJudges() throws IOException {
        Path run = folder.resolve("run");
        assertEquals(0, runIn(run, "train", RECIPE, "--scale", "smoke"), err::toString);
        String judged = accuracy();
        assertTrue(Files.exists(run.resolve("report/index.html")));
        assertEquals(0, runIn(run, "resume", RECIPE), err::toString);
        assertEquals(judged, accuracy());
        for (String from : new String[] {"last", "best", run.resolve("last").toString()}) {
            assertEquals(0, runIn(run, "evaluate", RECIPE, "--from", from), err::toString);
        }
        assertEquals(judged, accuracy());
        Path newest;
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            newest =
                    files.filter(file -> file.toString().endsWith(".ply"))
                            .max(Path::compareTo)
                            .orElseThrow();
        }
        Path images = Files.createDirectories(folder.resolve("textures/deep"));
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", images.resolve("a.png").toFile());
        ImageIO.write(image, "png", images.resolve("b.png").toFile());
        assertEquals(
                0,
                runIn(
                        run,
                        "evaluate",
                        RECIPE,
                        "--from",
                        newest.toString(),
                        "--temperature",
                        "--corruptions",
                        "--ood",
                        "textures=" + folder.resolve("textures")),
                err::toString);
        assertEquals(judged, accuracy());
        // a header, and 19 kinds of 5 severities
        assertEquals(96, Files.readAllLines(run.resolve("report/corruptions.csv")).size());
        assertTrue(out.toString().contains("textures"), out::toString);
        // a second row, whose name is cut short in the table
        assertTrue(out.toString().contains("\n" + RECIPE + ", temperatur"), out::toString);
        String page = Files.readString(run.resolve("report/index.html"));
        Pattern scaled = Pattern.compile(RECIPE + ", temperature \\d+\\.\\d{3}");
        assertTrue(scaled.matcher(page).find());
    }

    private String accuracy() {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("Test accuracy"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals(2, run());
        assertEquals(2, run("train", "no-such-recipe"));
        assertTrue(err.toString().contains("There is no recipe 'no-such-recipe'"), err::toString);
        assertEquals(1, runIn(folder, "train", "cifar100-resnet18-packed"));
        assertTrue(err.toString().contains("Say with --data"), err::toString);
        assertEquals(
                1, runIn(folder, "train", "cifar100-resnet18-packed", "--data", folder.toString()));
        assertTrue(err.toString().contains("binary version of CIFAR-100"), err::toString);
        assertEquals(1, runIn(folder, "evaluate", RECIPE));
        assertTrue(err.toString().contains("train the recipe first"), err::toString);
    }

    @Test
    void anExperimentMakesEachRunOnce() throws IOException {
        String[] call = {
            "experiment", "--scale", "smoke", "--seeds", "2", "--only", "cifarnet-m", "--runs", "4"
        };
        assertEquals(0, runIn(folder, call), err::toString);
        assertTrue(out.toString().contains("4 of 6 runs are done"), out::toString);
        Path first = folder.resolve("runs/cifarnet-mimo/seed-0/result.csv");
        String before = Files.readString(first) + Files.getLastModifiedTime(first);
        assertEquals(0, runIn(folder, call), err::toString);
        assertTrue(out.toString().contains("6 of 6 runs are done"), out::toString);
        assertEquals(before, Files.readString(first) + Files.getLastModifiedTime(first));
        assertEquals(7, Files.readAllLines(folder.resolve("results.csv")).size());
        assertTrue(
                Files.readString(folder.resolve("results.md")).contains("| cifarnet-mimo | 2 |"));
        assertTrue(Files.exists(folder.resolve("report/CifarNet/index.html")));
    }
}
