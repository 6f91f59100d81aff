/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

    @TempDir private Path folder;

    @Test
    void optionsOfJavaAreThoseThatSparkNeeds() throws IOException {
        // MLlib alone has a use for the module of vectors, which Java warns of
        assertEquals(
                Stream.of(JavaModuleOptions.defaultModuleOptions().trim().split(" "))
                        .filter(option -> !option.contains("jdk.incubator.vector"))
                        .toList(),
                Files.readAllLines(Path.of("java-options")));
    }

    @Test
    void jobsBringWhatSparkHasNot() throws IOException {
        Path spark = Files.createDirectory(folder.resolve("spark"));
        Files.createFile(spark.resolve("gson.jar"));
        Path gson = Files.createFile(folder.resolve("gson.jar"));
        Path own = Files.createFile(folder.resolve("own.jar"));
        Path classes = Files.createDirectories(folder.resolve("classes/a")).getParent();
        Files.writeString(classes.resolve("a/B.class"), "bytes");
        List<Path> jars =
                JobJars.find(
                        List.of(classes, gson, folder.resolve("gone.jar"), own), spark, folder);
        assertEquals(List.of(folder.resolve("classes-0.jar"), own), jars);
        try (ZipFile zip = new ZipFile(jars.get(0).toFile())) {
            byte[] read = zip.getInputStream(zip.getEntry("a/B.class")).readAllBytes();
            assertEquals("bytes", new String(read));
        }
        Path gone = folder.resolve("none");
        String message =
                assertThrows(
                                IllegalStateException.class,
                                () -> JobJars.find(List.of(), gone, folder))
                        .getMessage();
        assertTrue(message.startsWith(gone.toString()) && message.contains("SPARK_HOME"), message);
    }

    @Test
    void aMasterThatDoesNotAnswerIsSaidAtOnce() throws IOException {
        String gone;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = "localhost:" + server.getLocalPort();
            StandaloneMasters.requireOne("spark://localhost:1," + gone);
        }
        for (String master : List.of(gone, gone + ",localhost:1", "localhost", "a b:7077")) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Sessions.open("spark://" + master, Map.of()))
                            .getMessage();
            assertTrue(
                    message.startsWith("No Spark master answers at spark://" + master + " ("),
                    message);
        }
    }

    @Test
    void settingsOfTheUserGoFirst() {
        Map<String, String> given =
                Map.of(
                        "spark.ui.enabled",
                        "true",
                        "spark.executor.extraJavaOptions",
                        "-Dai.djl.pytorch.num_threads=2");
        SparkConf conf = Sessions.configure("local[1]", given);
        assertTrue(conf.getBoolean("spark.ui.enabled", false));
        String options = conf.get("spark.executor.extraJavaOptions");
        assertTrue(options.endsWith("=1 -Djava.awt.headless=true -Dai.djl.pytorch.num_threads=2"));
        assertFalse(conf.contains("spark.jars"), "this process has its class path");
    }
}
