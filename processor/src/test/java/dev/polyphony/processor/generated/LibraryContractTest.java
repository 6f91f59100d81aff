/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import dev.polyphony.processor.Library;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ensembles of library models run, and with one member they are the library's own model. */
class LibraryContractTest {

    private static final Shape INPUT = new Shape(1, 12);
    private static final int CLASSES = 5;

    private static final List<String> FORMS =
            List.of(
                    "Packed",
                    "Mimo",
                    "MixMo",
                    "BatchEnsemble",
                    "Masksembles",
                    "SubEnsemble",
                    "DeepEnsemble");

    /** How to make each model, with the prefix of the generated types. */
    private static final String MAKERS =
            """
            package acme;

            import ai.djl.nn.Block;
            import dev.polyphony.*;
            import lib.nets.*;

            %s
            public final class Makers {
                public static Block mlp() { return new Mlp(12, 5, new int[] {16, 16}); }

                public static Block stack() {
                    return Stack.builder().optDepth(2).setClasses(5).build();
                }
            %s}
            """;

    @TempDir private static Path folder;

    private static URLClassLoader library;
    private static Class<?> makers;

    @BeforeAll
    static void compile() throws Exception {
        StringBuilder annotations = new StringBuilder();
        StringBuilder methods = new StringBuilder();
        for (String form : FORMS) {
            for (String name : List.of(form, "Single" + form)) {
                String settings = form.equals("MixMo") ? ", method = MixMethod.LINEAR" : "";
                String m = name.equals(form) ? "m = 3" : "m = 1";
                for (String model : List.of("Mlp", "Stack")) {
                    annotations.append(
                            "@%s(%s, model = %s.class, name = \"%s%s\"%s)\n"
                                    .formatted(form, m, model, name, model, settings));
                }
                methods.append(
                        """
                            public static Block mlp%1$s() {
                                return new %1$sMlp(12, 5, new int[] {16, 16});
                            }

                            public static Block stack%1$s() {
                                return %1$sStack.builder().optDepth(2).setClasses(5).build();
                            }
                        """
                                .formatted(name));
            }
        }
        Library files = Library.ofResources(folder);
        Compilation compilation =
                files.compile(
                        JavaFileObjects.forSourceString(
                                "acme.Makers", MAKERS.formatted(annotations, methods)));
        assertEquals(List.of(), compilation.errors());
        assertEquals(List.of(), compilation.warnings());
        library =
                new URLClassLoader(
                        new URL[] {files.classes().toUri().toURL()},
                        LibraryContractTest.class.getClassLoader());
        makers = GeneratedCode.load(compilation, library).loadClass("acme.Makers");
    }

    @AfterAll
    static void close() throws IOException {
        library.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of("mlp", "stack")
                .flatMap(model -> FORMS.stream().map(form -> Arguments.of(model, form)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void answersForEachMember(String model, String form) {
        try (NDManager manager = seeded()) {
            Ensemble ensemble = (Ensemble) made(model + form, manager);
            NDArray x = manager.randomNormal(new Shape(4, 12));
            assertEquals(new Shape(4, 3, CLASSES), predict(ensemble, x).getShape());
            boolean merges = List.of("Mimo", "MixMo").contains(form);
            assertEquals(
                    merges ? "111\n111\n111" : "100\n010\n001",
                    LeakMatrix.of(ensemble, manager).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isTheModelWithOneMember(String model, String form) {
        try (NDManager manager = seeded()) {
            Block base = made(model, manager);
            Block single = made(model + "Single" + form, manager);
            List<Parameter> from = base.getParameters().values();
            List<Parameter> to = single.getParameters().values();
            assertEquals(from.size(), to.size());
            for (int i = 0; i < from.size(); i++) {
                assertEquals(from.get(i).getShape(), to.get(i).getShape());
                from.get(i).getArray().copyTo(to.get(i).getArray());
            }
            NDArray x = manager.randomNormal(new Shape(4, 12));
            assertEquals(predict(base, x).expandDims(1), predict(single, x));
        }
    }

    private static NDManager seeded() {
        Engine.getInstance().setRandomSeed(5);
        return NDManager.newBaseManager();
    }

    private static Block made(String maker, NDManager manager) {
        try {
            Block block = (Block) makers.getMethod(maker).invoke(null);
            block.initialize(manager, DataType.FLOAT32, INPUT);
            return block;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NDArray predict(Block block, NDArray x) {
        ParameterStore store = new ParameterStore(x.getManager(), false);
        return block.forward(store, new NDList(x), false).head();
    }
}
