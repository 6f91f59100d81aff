/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.Adam;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.Sgd;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Members trained together are the plain models of {@link MembersAsModelsTest} trained alone. */
class MemberTrainingTest {

    private static final int M = 3;
    private static final int B = 6;
    private static final Loss SUM = new MemberLoss(Reduction.SUM);
    private static final Loss PLAIN = Loss.softmaxCrossEntropyLoss();

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(5);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<TestModel> classifiers() {
        return Stream.<TestModel[]>of(TestModels.values(), LayerCase.values())
                .flatMap(Stream::of)
                .filter(TestModel::isDeterministicClassifier);
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void packedMembersTakeTheStepsOfPlainModels(TestModel model) {
        try (Optimizers optimizers = new Optimizers(false)) {
            trainsAsPlainModels(model, PackedForm.of(M).alpha(M), optimizers);
        }
    }

    static Stream<LayerCase> layers() {
        return Stream.of(LayerCase.values()).filter(LayerCase::isDeterministicClassifier);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void narrowMembersTakeTheStepsOfNarrowModels(LayerCase layer) {
        try (Optimizers optimizers = new Optimizers(false)) {
            trainsAsPlainModels(layer, PackedForm.of(M).alpha(2), optimizers);
        }
    }

    /**
     * Without biases that change nothing, as before batch normalisation or of the keys of an
     * attention: their gradient is noise, which Adam scales up.
     */
    static Stream<TestModel> withoutIdleBiases() {
        List<TestModel> models =
                List.of(TestModels.MLP, TestModels.INCEPTION, TestModels.MIXER, TestModels.VOLUME);
        Set<LayerCase> idle =
                EnumSet.of(LayerCase.BATCH_NORM_OF_IMAGES, LayerCase.ATTENTION, LayerCase.ENCODER);
        return Stream.concat(models.stream(), layers().filter(layer -> !idle.contains(layer)));
    }

    @ParameterizedTest
    @MethodSource("withoutIdleBiases")
    void packedMembersTakeTheStepsOfPlainModelsWithAdam(TestModel model) {
        try (Optimizers optimizers = new Optimizers(true)) {
            trainsAsPlainModels(model, PackedForm.of(M).alpha(M), optimizers);
        }
    }

    private void trainsAsPlainModels(TestModel model, PackedForm form, Optimizers optimizers) {
        Ensemble ensemble = initialized(model, form);
        List<Block> members = members(model, ensemble, form);
        for (int step = 0; step < 10; step++) {
            NDArray x = model.newExamples(manager, inputs(model));
            NDArray labels = labels();
            backward(ensemble, SUM, x, labels);
            optimizers.step(M, ensemble);
            for (int m = 0; m < M; m++) {
                NDIndex own = new NDIndex(":, {}", m);
                backward(members.get(m), PLAIN, x.get(own), labels.get(own));
                optimizers.step(m, members.get(m));
            }
        }
        List<Block> taken = members(model, ensemble, form);
        for (int m = 0; m < M; m++) {
            assertAlike(members.get(m), taken.get(m), 2e-5f, "member " + m);
        }
    }

    /** An optimizer for each member, and one for all. */
    private static final class Optimizers implements AutoCloseable {

        private final List<GroupedOptimizer> each = new ArrayList<>();

        Optimizers(boolean adam) {
            for (int i = 0; i <= M; i++) {
                each.add(
                        adam
                                ? Adam.builder().optLearningRate(0.002).build()
                                : Sgd.builder()
                                        .optLearningRate(0.02)
                                        .optMomentum(0.9)
                                        .optWeightDecays(1e-3f)
                                        .build());
            }
        }

        void step(int i, Block block) {
            for (Parameter p : block.getParameters().values()) {
                if (p.requiresGradient()) {
                    each.get(i).update(p.getId(), p.getArray(), p.getArray().getGradient());
                }
            }
        }

        @Override
        public void close() {
            each.forEach(GroupedOptimizer::close);
        }
    }

    static Stream<Arguments> sharing() {
        List<TestModel> models =
                new ArrayList<>(
                        List.of(
                                TestModels.MLP,
                                TestModels.INCEPTION,
                                TestModels.MIXER,
                                TestModels.VOLUME));
        // members that share the statistics of a batch are no models of their own in training
        layers().filter(layer -> !layer.sharesStatistics()).forEach(models::add);
        return models.stream()
                .flatMap(
                        model ->
                                Stream.of(
                                                BatchEnsembleForm.of(M),
                                                BatchEnsembleForm.of(M)
                                                        .form(FastWeightForm.ADDITIVE),
                                                MasksemblesForm.of(M))
                                        .map(form -> Arguments.of(model, form)));
    }

    /** The gradient of a shared weight, by the chain rule from those of the members' weights. */
    @ParameterizedTest
    @MethodSource("sharing")
    void sharedWeightsSumTheGradientsOfMembers(TestModel model, Form form) {
        Ensemble ensemble = initialized(model, form);
        NDArray x = model.newExamples(manager, inputs(model));
        NDArray labels = labels();
        backward(ensemble, SUM, x, labels);
        List<Block> members = members(model, ensemble, form);
        boolean additive =
                form instanceof BatchEnsembleForm batch
                        && batch.getForm() == FastWeightForm.ADDITIVE;
        for (int m = 0; m < M; m++) {
            NDIndex own = new NDIndex(":, {}", m);
            backward(members.get(m), PLAIN, x.get(own), labels.get(own));
        }
        List<NDArray> gradients =
                weights(ensemble).stream().map(w -> w.getArray().getGradient()).toList();
        // with ones for the shared weights, members' weights are what scales them
        weights(ensemble).forEach(w -> manager.ones(w.getShape()).copyTo(w.getArray()));
        List<Block> scales = members(model, ensemble, form);
        for (int i = 0; i < gradients.size(); i++) {
            NDArray sum = manager.zeros(gradients.get(i).getShape());
            for (int m = 0; m < M; m++) {
                NDArray gradient = weights(members.get(m)).get(i).getArray().getGradient();
                NDArray scale = weights(scales.get(m)).get(i).getArray();
                sum = sum.add(additive ? gradient : gradient.mul(scale));
            }
            assertClose(sum, gradients.get(i), 2e-5f, "weight " + i);
        }
    }

    private static List<Parameter> weights(Block block) {
        return block.getParameters().values().stream()
                .filter(p -> p.getType() == Parameter.Type.WEIGHT)
                .toList();
    }

    private Ensemble initialized(TestModel model, Form form) {
        Ensemble ensemble = model.newEnsemble(form);
        ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
        MembersAsModelsTest.randomize(ensemble, manager);
        return ensemble;
    }

    private List<Block> members(TestModel model, Ensemble ensemble, Form form) {
        List<Block> layers = MembersAsModelsTest.leaves(ensemble);
        List<Block> members = new ArrayList<>();
        for (int m = 0; m < M; m++) {
            Block base = newPlain(model, form);
            base.initialize(manager, DataType.FLOAT32, model.getInput());
            List<Block> plain = MembersAsModelsTest.leaves(base);
            for (int i = 0; i < plain.size(); i++) {
                MembersAsModelsTest.copy(layers.get(i), plain.get(i), m, form);
            }
            members.add(base);
        }
        return members;
    }

    private static Block newPlain(TestModel model, Form form) {
        boolean narrow = form instanceof PackedForm packed && packed.getWidthKeeper().isPresent();
        return narrow ? model.newModel(new SlicedKit(2, M)) : model.newBase();
    }

    private static Shape inputs(TestModel model) {
        return new Shape(B, M).addAll(model.getInput().slice(1));
    }

    private NDArray labels() {
        return manager.randomInteger(0, TestModel.CLASSES, new Shape(B, M), DataType.INT64);
    }

    private void backward(Block block, Loss loss, NDArray x, NDArray labels) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            ParameterStore parameters = new ParameterStore(manager, false);
            NDArray y = block.forward(parameters, new NDList(x), true).head();
            int places = y.getShape().dimension() - 2;
            boolean sequence = places > (block instanceof Ensemble ? 1 : 0);
            NDArray answers = sequence ? y.mean(new int[] {places}) : y;
            collector.backward(loss.evaluate(new NDList(labels), new NDList(answers)));
        }
    }

    private static void assertAlike(Block expected, Block actual, float tolerance, String what) {
        List<Parameter> all = expected.getParameters().values();
        assertEquals(all.size(), actual.getParameters().size());
        for (int i = 0; i < all.size(); i++) {
            NDArray theirs = actual.getParameters().valueAt(i).getArray();
            assertClose(all.get(i).getArray(), theirs, tolerance, what + ": " + all.get(i));
        }
    }

    private static void assertClose(
            NDArray expected, NDArray actual, float tolerance, String what) {
        float scale = 1 + expected.abs().max().getFloat();
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(difference <= tolerance * scale, () -> what + " differs by " + difference);
    }
}
