/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.polyphony.data.Examples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Folders of images, of which each has one for each class. */
class DataOptionsTest {

    @TempDir private Path parent;

    @BeforeEach
    void writeImages() throws IOException {
        write("train", "ants", "bees", "cats");
        write("same", "ants", "bees", "cats");
        write("fewer", "ants", "cats");
        write("others", "frogs");
    }

    private void write(String folder, String... classes) throws IOException {
        for (String name : classes) {
            Path own = Files.createDirectories(parent.resolve(folder).resolve(name));
            for (int i = 0; i < 20; i++) {
                BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
                ImageIO.write(image, "png", own.resolve(i + ".png").toFile());
            }
        }
    }

    private DataOptions options(String... more) {
        DataOptions options = new DataOptions();
        List<String> args = new ArrayList<>(List.of("--data", path("train"), "--shape", "1,2,2"));
        args.addAll(List.of(more));
        new CommandLine(options).parseArgs(args.toArray(String[]::new));
        return options;
    }

    private String path(String folder) {
        return parent.resolve(folder).toString();
    }

    private String refusal(String folder) {
        return "%s has folders of the classes [ants, cats], but what is trained on has [ants, bees, cats]: give it the same"
                .formatted(path(folder));
    }

    /** Without bees, cats would be judged as bees. */
    @Test
    void otherFoldersHaveTheSameClasses() throws IOException {
        assertEquals(60, options("--test", path("same")).read(0).test().size());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> options("--test", path("fewer")).read(0));
        assertEquals(refusal("fewer"), e.getMessage());
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> options("--validation", path("fewer")).read(0));
        assertEquals(refusal("fewer"), e.getMessage());
    }

    @Test
    void foreignImagesMayHaveAnyFolders() throws IOException {
        Map<String, Examples> read =
                options("--ood", "o=" + path("others")).read(0).outOfDistribution();
        assertEquals(20, read.get("o").size());
    }

    /** What is judged later is compared with the classes that the run was trained on. */
    @Test
    void aRunKnowsItsClasses() throws IOException {
        DataOptions trained = options();
        trained.read(0);
        RunFolder run = new RunFolder(Files.createDirectories(parent.resolve("run")));
        new RunFile("nets.Net", Map.of(), Map.of(), trained.getClassNames()).write(run);
        assertEquals(List.of("ants", "bees", "cats"), RunFile.read(run).classNames());
        DataOptions later = options();
        later.setClassNames(RunFile.read(run).classNames());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> later.read(parent.resolve("fewer")));
        assertEquals(refusal("fewer"), e.getMessage());
        assertEquals(60, later.read(parent.resolve("same")).size());
    }
}
