/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import ai.djl.nn.Parameter;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import dev.polyphony.nn.UnsupportedModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of generated networks, by running what the processor writes for a perceptron, a
 * convolutional network with normalisation, a residual and a dense network, one that attends, and
 * one of units in other files.
 */
class GeneratedContractTest {

    private static final int CLASSES = 5;

    private static final Map<String, Shape> INPUTS =
            Map.of(
                    "Mlp", new Shape(1, 12),
                    "Cnn", new Shape(1, 1, 10, 10),
                    "ResidualNet", new Shape(1, 3, 8, 8),
                    "DenseNet", new Shape(1, 3, 8, 8),
                    "AttentionNet", new Shape(1, 6, 12),
                    "PartsNet", new Shape(1, 3, 8, 8));

    private static final List<String> MERGING = List.of("Mimo", "MixMo");
    private static final List<String> ISOLATING =
            List.of(
                    "Packed",
                    "WidePacked",
                    "BatchEnsemble",
                    "Additive",
                    "Masksembles",
                    "SubEnsemble",
                    "DeepEnsemble",
                    "Vectorized");

    /** With layer normalisation or attention, which a narrower member has over fewer features. */
    private static final List<String> COMPARING =
            List.of("AttentionNet", "PartsNet", "ResidualNet");

    private static GeneratedCode code;

    private NDManager manager;

    @BeforeAll
    static void compile() {
        code =
                GeneratedCode.compile(
                        "Mlp",
                        "Cnn",
                        "ResidualNet",
                        "DenseNet",
                        "AttentionNet",
                        "PartsNet",
                        "PartsUnit",
                        "PartsHead");
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

    static Stream<Arguments> networks() {
        return Stream.concat(ISOLATING.stream(), MERGING.stream())
                .flatMap(GeneratedContractTest::each);
    }

    static Stream<Arguments> singles() {
        return Stream.of(
                        "Packed",
                        "Mimo",
                        "MixMo",
                        "BatchEnsemble",
                        "Masksembles",
                        "SubEnsemble",
                        "DeepEnsemble",
                        "Vectorized")
                .flatMap(GeneratedContractTest::each);
    }

    static Stream<String> models() {
        return INPUTS.keySet().stream().sorted();
    }

    private static Stream<Arguments> each(String form) {
        return models().map(model -> Arguments.of(form, model));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void answersForEachMember(String form, String model) {
        Ensemble ensemble = initialized(form + model, model);
        NDArray x = manager.randomNormal(batch(model, 4));
        NDArray shared = predict(ensemble, x);
        assertEquals(new Shape(4, 3, CLASSES), shared.getShape());
        assertEquals(shared.getShape(), ensemble.getOutputShapes(new Shape[] {x.getShape()})[0]);
        NDArray each = predict(ensemble, x.expandDims(1).repeat(1, 3));
        assertTrue(shared.sub(each).abs().max().getFloat() < 1e-5);
        // members are not each other's copies
        NDArray first = shared.get(new NDIndex(":, 0"));
        assertTrue(shared.get(new NDIndex(":, 1")).sub(first).abs().max().getFloat() > 1e-4);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void keepsMembersApart(String form, String model) {
        LeakMatrix leaks = LeakMatrix.of(initialized(form + model, model), manager);
        String expected = MERGING.contains(form) ? "111\n111\n111" : "100\n010\n001";
        assertEquals(expected, leaks.toString());
    }

    @ParameterizedTest
    @MethodSource("singles")
    void isTheModelWithOneMember(String form, String model) {
        Block base = code.newBlock(model, CLASSES);
        base.initialize(manager, DataType.FLOAT32, INPUTS.get(model));
        Ensemble single = initialized("Single" + form + model, model);
        List<Parameter> from = base.getParameters().values();
        List<Parameter> to = single.getParameters().values();
        assertEquals(
                from.stream().map(Parameter::getShape).toList(),
                to.stream().map(Parameter::getShape).toList());
        for (int i = 0; i < from.size(); i++) {
            from.get(i).getArray().copyTo(to.get(i).getArray());
        }
        NDArray x = manager.randomNormal(batch(model, 4));
        assertEquals(predict(base, x).expandDims(1), predict(single, x));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void runsTheUsersCodeForEachMember(String form, String model) {
        // members of the model's own width and parameters; for packed ones that is alpha = m
        String whole = form.equals("Packed") ? "WidePacked" : form;
        Ensemble ensemble = initialized(whole + model, model);
        Block base = code.newBlock(model, CLASSES);
        base.initialize(manager, DataType.FLOAT32, INPUTS.get(model));
        EqualMembers.set(ensemble, base);
        NDArray x = manager.randomNormal(batch(model, 4));
        NDArray answers = predict(ensemble, x);
        NDArray expected = predict(base, x);
        for (int m = 0; m < 3; m++) {
            NDArray difference = answers.get(new NDIndex(":, {}", m)).sub(expected).abs();
            assertTrue(difference.max().getFloat() < 1e-4, "member " + m);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aVectorizedDeepEnsembleStartsWithTheMembersOfCopies(String model) {
        List<NDArray> answers = new ArrayList<>();
        NDArray x = manager.randomNormal(batch(model, 4));
        for (String form : List.of("DeepEnsemble", "Vectorized")) {
            Engine.getInstance().setRandomSeed(9);
            Ensemble ensemble = code.newEnsemble(form + model, CLASSES);
            ensemble.initialize(manager, DataType.FLOAT32, INPUTS.get(model));
            answers.add(predict(ensemble, x));
        }
        NDArray difference = answers.get(0).sub(answers.get(1)).abs();
        float scale = 1 + answers.get(0).abs().max().getFloat();
        assertTrue(difference.max().getFloat() < 1e-5 * scale);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void membersComeOutAsModels(String form, String model) {
        Ensemble ensemble = initialized(form + model, model);
        Block plain = code.newBlock(model, CLASSES);
        plain.initialize(manager, DataType.FLOAT32, INPUTS.get(model));
        NDArray x = manager.randomNormal(batch(model, 4));
        NDArray answers = predict(ensemble, x);
        if (form.equals("Packed") && COMPARING.contains(model)) {
            assertThrows(IllegalArgumentException.class, () -> ensemble.extractMember(1, plain));
            return;
        }
        for (int m = 0; m < 3; m++) {
            ensemble.extractMember(m, plain);
            NDArray expected = answers.get(new NDIndex(":, {}", m));
            float difference = expected.sub(predict(plain, x)).abs().max().getFloat();
            float scale = expected.abs().max().getFloat();
            assertTrue(difference < 1e-4 * scale, m + " differs by " + difference);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void loadsThroughCriteria(String form, String model, @TempDir Path folder) throws Exception {
        NDArray x = manager.randomNormal(batch(model, 4));
        NDArray expected;
        try (Model saved = Model.newInstance(model)) {
            saved.setBlock(initialized(form + model, model));
            expected = predict(saved.getBlock(), x);
            saved.save(folder, model);
        }
        BlockFactory factory =
                (BlockFactory)
                        code.loadClass("acme." + form + model + "$Factory")
                                .getDeclaredConstructor()
                                .newInstance();
        Criteria<NDList, NDList> criteria =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(folder)
                        .optModelName(model)
                        .optArgument("blockFactory", factory)
                        .optArgument("classes", CLASSES)
                        .build();
        try (ZooModel<NDList, NDList> loaded = criteria.loadModel()) {
            NDArray difference = expected.sub(predict(loaded.getBlock(), x)).abs();
            float scale = 1 + expected.abs().max().getFloat();
            assertTrue(difference.max().getFloat() < 1e-5 * scale);
        }
    }

    @Test
    void refusesWhatNoSourceShows() {
        GeneratedCode wrong = GeneratedCode.compile("FixedWidth", "InputSkip");
        Ensemble packed = wrong.newEnsemble("PackedFixedWidth", CLASSES);
        assertRefused(packed, new Shape(1, 6), "every member has the model's widths");
        wrong.newEnsemble("WidePackedFixedWidth", CLASSES)
                .initialize(manager, DataType.FLOAT32, new Shape(1, 6));
        Ensemble mimo = wrong.newEnsemble("MimoInputSkip", CLASSES);
        assertRefused(mimo, new Shape(1, 6), "nothing may bypass");
    }

    @Test
    void refusesAChildThatOnlySomeConfigurationsUse() {
        GeneratedCode spare = GeneratedCode.compile("SpareHead");
        for (String form : List.of("Packed", "Mimo")) {
            spare.newEnsemble(form + "SpareHead", 3)
                    .initialize(manager, DataType.FLOAT32, new Shape(1, 6));
            Ensemble ensemble = spare.newEnsemble(form + "SpareHead", CLASSES);
            assertRefused(ensemble, new Shape(1, 6), "of " + form + "SpareHead.java:");
        }
    }

    @Test
    void refusesCodeThatMixesExamplesInEveryForm() {
        GeneratedCode wrong = GeneratedCode.compile("BatchMean");
        Shape input = new Shape(1, 1, 6, 6);
        for (String form :
                List.of("Packed", "Mimo", "MixMo", "BatchEnsemble", "Masksembles", "SubEnsemble")) {
            Ensemble ensemble = wrong.newEnsemble(form + "BatchMean", CLASSES);
            assertRefused(ensemble, input, "mixes the examples of a batch");
        }
        Ensemble vectorized = wrong.newEnsemble("VectorizedBatchMean", CLASSES);
        assertRefused(vectorized, input, "or @DeepEnsemble without vectorized.");
        wrong.newEnsemble("DeepEnsembleBatchMean", CLASSES)
                .initialize(manager, DataType.FLOAT32, input);
    }

    private void assertRefused(Ensemble ensemble, Shape input, String why) {
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class,
                        () -> ensemble.initialize(manager, DataType.FLOAT32, input));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private Ensemble initialized(String network, String model) {
        Ensemble ensemble = code.newEnsemble(network, CLASSES);
        ensemble.initialize(manager, DataType.FLOAT32, INPUTS.get(model));
        // statistics and shifts of 0 and 1 would test nothing
        List<Parameter> plain = new ArrayList<>(ensemble.getParameters().values());
        plain.removeIf(
                p -> p.getType() == Parameter.Type.WEIGHT || p.getType() == Parameter.Type.OTHER);
        plain.forEach(p -> manager.randomUniform(0.5f, 1.5f, p.getShape()).copyTo(p.getArray()));
        return ensemble;
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }

    private static Shape batch(String model, int examples) {
        return new Shape(examples).addAll(INPUTS.get(model).slice(1));
    }
}
