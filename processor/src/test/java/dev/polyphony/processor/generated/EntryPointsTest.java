/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.harness.Harness;
import dev.polyphony.inference.Arguments;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Static factories and nested builders of generated types, called as a user calls them. */
class EntryPointsTest {

    private static GeneratedCode code;

    private NDManager manager;

    @BeforeAll
    static void compile() {
        code = GeneratedCode.compile("Towers", "Configured", "EntryPointsUser");
    }

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(5);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> user(String method) throws ReflectiveOperationException {
        return (List<T>) code.loadClass("acme.EntryPointsUser").getMethod(method).invoke(null);
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false)
                .singletonOrThrow();
    }

    @Test
    void givesEnsembles() throws ReflectiveOperationException {
        for (Supplier<Ensemble> supplier : EntryPointsTest.<Supplier<Ensemble>>user("ensembles")) {
            Ensemble ensemble = supplier.get();
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 20));
            String what = ensemble.toString();

            NDArray answers = predict(ensemble, manager.ones(new Shape(5, 20)));

            assertEquals(new Shape(5, 3, 4), answers.getShape(), what);
            assertEquals(
                    !what.startsWith("Mimo"), LeakMatrix.of(ensemble, manager).isIdentity(), what);
        }
    }

    @Test
    void oneMemberIsTheModel() throws ReflectiveOperationException {
        List<Supplier<Block>> models = user("models");
        NDArray x = manager.randomNormal(new Shape(5, 20));
        for (int i = 0; i < models.size(); i += 2) {
            Block model = models.get(i).get();
            Block ensemble = models.get(i + 1).get();
            model.initialize(manager, DataType.FLOAT32, new Shape(1, 20));
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 20));
            List<Parameter> from = model.getParameters().values();
            List<Parameter> to = ensemble.getParameters().values();
            assertEquals(from.size(), to.size());
            for (int p = 0; p < from.size(); p++) {
                from.get(p).getArray().copyTo(to.get(p).getArray());
            }
            assertEquals(predict(model, x), predict(ensemble, x).get(":, 0"));
        }
    }

    @Test
    void harnessesAndComparisonsHaveThemToo() throws ReflectiveOperationException {
        assertEquals(6, user("harnesses").size());
        assertEquals(3, user("comparisons").size());
    }

    @Test
    void factoriesSetBuilders() throws ReflectiveOperationException, IOException {
        BlockFactory factory =
                (BlockFactory)
                        code.loadClass("acme.PackedTowers$Factory")
                                .getDeclaredConstructor()
                                .newInstance();

        Block few = factory.newBlock(null, null, Map.of("classes", 4));
        Block wide = factory.newBlock(null, null, Map.of("classes", "4", "width", "48"));

        few.initialize(manager, DataType.FLOAT32, new Shape(1, 20));
        wide.initialize(manager, DataType.FLOAT32, new Shape(1, 20));
        assertTrue(((Ensemble) few).getParameterCount() < ((Ensemble) wide).getParameterCount());
    }

    @Test
    void commandsKnowWhatBuildersSet() throws ReflectiveOperationException {
        for (String type : List.of("PackedTowersHarness", "TowersComparison")) {
            Method from = code.loadClass("acme." + type).getDeclaredMethod("from", Arguments.class);
            from.setAccessible(true);

            Set<String> names =
                    Arguments.namesAskedBy(
                            arguments -> {
                                try {
                                    return from.invoke(null, arguments);
                                } catch (ReflectiveOperationException e) {
                                    throw new IllegalStateException(e);
                                }
                            });

            assertEquals(Set.of("classes", "width"), names);
        }
    }

    /** A harness of a builder knows the plain model of the same values. */
    @Test
    void commandsStartFromSavedModels(@TempDir Path folder) throws Exception {
        Method from =
                code.loadClass("acme.PackedTowersHarness")
                        .getDeclaredMethod("from", Arguments.class);
        from.setAccessible(true);
        Harness harness = (Harness) from.invoke(null, Arguments.of("classes", 4, "width", 48));
        try (Model empty = Model.newInstance("towers")) {
            Class<?> towers = code.loadClass("acme.Towers");
            Object builder = towers.getMethod("builder").invoke(null);
            builder.getClass().getMethod("setClasses", int.class).invoke(builder, 4);
            builder.getClass().getMethod("optWidth", int.class).invoke(builder, 48);
            Block built = (Block) builder.getClass().getMethod("build").invoke(builder);
            built.initialize(manager, DataType.FLOAT32, new Shape(1, 20));
            empty.setBlock(built);
            empty.save(folder, "towers");
            try (Model read = harness.savedModel(folder).open()) {
                List<Parameter> saved = built.getParameters().values();
                List<Parameter> found = read.getBlock().getParameters().values();
                assertEquals(saved.size(), found.size());
                for (int i = 0; i < saved.size(); i++) {
                    assertArrayEquals(
                            saved.get(i).getArray().toFloatArray(),
                            found.get(i).getArray().toFloatArray());
                }
            }
        }
    }
}
