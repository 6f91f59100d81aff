/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.processor.Library;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of DJL's model zoo, as a library: its class is compiled, and its source is at hand. */
class ZooModelTest {

    private static final Path ZOO = Path.of("target", "test-classes", "zoo");
    private static final Path MODEL =
            ZOO.resolve("ai/djl/basicmodelzoo/cv/classification/ResNetV1.java");

    private static final String HOLDER =
            """
            package acme;

            import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
            import ai.djl.ndarray.types.Shape;
            import ai.djl.nn.Block;
            import dev.polyphony.Packed;

            @Packed(m = 2, model = ResNetV1.class)
            public final class Maker {

                /** Makes the network. */
                public static Block make(String name) {
                    return PackedResNetV1.builder()
                            .setNumLayers(18)
                            .setImageShape(new Shape(3, 32, 32))
                            .setOutSize(10)
                            .build();
                }
            }
            """;

    @TempDir private static Path folder;

    private static Library library;
    private static Compilation compilation;

    @BeforeAll
    static void compile() throws IOException {
        library =
                Library.of(folder, List.of(JavaFileObjects.forResource(MODEL.toUri().toURL())))
                        .withSources(ZOO);
        compilation = library.compile(JavaFileObjects.forSourceString("acme.Maker", HOLDER));
        assertEquals(List.of(), compilation.errors());
        assertEquals(List.of(), compilation.warnings());
    }

    @Test
    void isMadeByItsBuilder() throws IOException {
        URL[] classes = {library.classes().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
                NDManager manager = NDManager.newBaseManager()) {
            Block ensemble = GeneratedCode.load(compilation, loader).make("acme.Maker", "");
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
            NDArray x = manager.randomNormal(new Shape(2, 3, 32, 32));
            NDList answers =
                    ensemble.forward(new ParameterStore(manager, false), new NDList(x), false);
            assertEquals(new Shape(2, 2, 10), answers.head().getShape());
        }
    }

    @Test
    void hasDjlsCodeWithOtherLayers() throws IOException {
        String source = Files.readString(MODEL);
        String generated =
                compilation
                        .generatedSourceFile("acme.PackedResNetV1")
                        .orElseThrow()
                        .getCharContent(false)
                        .toString();
        String expected =
                source.substring(source.indexOf("public final class ResNetV1 {"))
                        .replaceAll(
                                "\\b(Conv2d|BatchNorm|Linear)\\.builder\\(\\)",
                                "Ensemble$1.builder(FORM)");
        int start = expected.indexOf("    public static Block residualUnit(");
        int end = expected.indexOf("    public static SequentialBlock resnet(");
        assertTrue(generated.contains(expected.substring(start, end)));

        Set<String> lines = generated.lines().map(String::strip).collect(Collectors.toSet());
        assertEquals(
                List.of(
                        "public final class ResNetV1 {",
                        "private ResNetV1() {}",
                        "public static SequentialBlock resnet(Builder builder) {",
                        "return resNet.add(Pool.globalAvgPool2dBlock())",
                        ".add(Blocks.batchFlattenBlock());",
                        "* @return the {@link ResNetV1} block",
                        "public SequentialBlock build() {"),
                expected.lines().map(String::strip).filter(line -> !lines.contains(line)).toList());
    }
}
