/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What cannot be transformed is refused by initialize, with what and why in the message. */
class RefusedModelsTest {

    private static final Shape INPUT = new Shape(1, 12);

    @Test
    void refusesRawInputThatBypassesTheFirstLayer() {
        Form form = MimoForm.of(2);
        Block concat = withInput(linear(form, 8));
        refuse(
                form,
                new SequentialBlock().add(concat).add(linear(form, 3)),
                "raw input together with features");
        Form packed = PackedForm.of(2);
        accept(
                packed,
                new SequentialBlock().add(withInput(linear(packed, 8))).add(linear(packed, 3)));
    }

    @Test
    void refusesRawInputInTheOutput() {
        Form form = MimoForm.of(2);
        refuse(form, withInput(linear(form, 8)), "raw input reaches the output");
    }

    @Test
    void refusesRawInputAsAnOutputOfItsOwnBesideATrunk() {
        Form form = SubEnsembleForm.of(2);
        refuse(form, sum(Blocks.identityBlock(), linear(form, 12)), "raw input reaches the output");
        Form each = BatchEnsembleForm.of(2);
        accept(each, sum(Blocks.identityBlock(), linear(each, 12)));
    }

    @Test
    void refusesANormalisationOfTheTrunkBehindTheHead() {
        for (Form form : List.of(MimoForm.of(2), SubEnsembleForm.of(2))) {
            refuse(form, normalizedTwice(form), "also writes to the output");
        }
        Form apart = PackedForm.of(2);
        accept(apart, normalizedTwice(apart));
    }

    private static Block normalizedTwice(Form form) {
        Block norm = EnsembleBatchNorm.builder(form).build();
        return new SequentialBlock()
                .add(linear(form, 12))
                .add(linear(form, 12))
                .add(norm)
                .add(linear(form, 12))
                .add(norm);
    }

    @Test
    void refusesAHeadThatIsReadAgain() {
        Form form = SubEnsembleForm.of(2);
        Block first = linear(form, 12);
        Block block = new SequentialBlock().add(first).add(withInput(linear(form, 4)));
        refuse(form, block, "also writes to the output");
    }

    @Test
    void refusesAReshapeToAConstant() {
        Form form = PackedForm.of(4);
        Block block =
                new SequentialBlock()
                        .add(linear(form, 24))
                        .add(Blocks.batchFlattenBlock(24))
                        .add(linear(form, 3));
        refuse(form, block, "With alpha = 4 every member has the model's widths");
    }

    @Test
    void refusesCodeThatMixesExamples() {
        Form form = BatchEnsembleForm.of(2);
        Block block =
                new SequentialBlock()
                        .add(linear(form, 8))
                        .addSingleton(x -> x.sub(x.mean(new int[] {0})))
                        .add(linear(form, 3));
        refuse(form, block, "mixes the examples");
    }

    @Test
    void refusesCodeThatMixesExamplesInTrainingAlone() {
        Form form = PackedForm.of(2);
        Block block =
                new SequentialBlock()
                        .add(linear(form, 8))
                        .add(new CentredInTraining())
                        .add(linear(form, 3));
        refuse(form, block, "mixes the examples of a batch in training");
    }

    @Test
    void refusesASliceToAConstant() {
        Form form = PackedForm.of(2).alpha(1);
        Block block =
                new SequentialBlock()
                        .add(linear(form, 12))
                        .addSingleton(x -> x.get(":, :8"))
                        .add(linear(form, 3));
        refuse(form, block, "given 6 features of a member where the model has 8");
        Form wide = PackedForm.of(2).alpha(2);
        accept(
                wide,
                new SequentialBlock()
                        .add(linear(wide, 12))
                        .addSingleton(x -> x.get(":, :8"))
                        .add(linear(wide, 3)));
    }

    @Test
    void acceptsFeaturesThatHaveOneWidthInModelAndMember() {
        Form form = PackedForm.of(4).alpha(1);
        accept(
                form,
                new SequentialBlock()
                        .add(linear(form, 24))
                        .addSingleton(x -> x.mean(new int[] {1}, true))
                        .add(linear(form, 3)));
    }

    @Test
    void refusesWhatGivesNaN() {
        Form form = PackedForm.of(2);
        Block block =
                new SequentialBlock()
                        .add(linear(form, 8))
                        .addSingleton(x -> x.abs().neg().sqrt())
                        .add(linear(form, 3));
        refuse(form, block, "gives NaN");
    }

    @Test
    void refusesInputsOfAnotherShapeOrNumber() {
        for (Form form : List.of(PackedForm.of(2), BatchEnsembleForm.of(2), MimoForm.of(2))) {
            try (NDManager manager = NDManager.newBaseManager()) {
                Block network = new SequentialBlock().add(linear(form, 8)).add(linear(form, 3));
                Ensemble ensemble = new TestModels.TestEnsemble(form, network);
                ensemble.initialize(manager, DataType.FLOAT32, INPUT);
                ParameterStore parameters = new ParameterStore(manager, false);
                NDList narrow = new NDList(manager.ones(new Shape(4, 1)));
                assertMessage(
                        "Linear(8) was initialised for inputs",
                        () -> ensemble.forward(parameters, narrow, false));
                NDList deep = new NDList(manager.ones(new Shape(4, 2, 3, 12)));
                assertMessage(
                        "with any number of examples first",
                        () -> ensemble.forward(parameters, deep, false));
                NDArray x = manager.ones(new Shape(4, 12));
                for (boolean training : new boolean[] {false, true}) {
                    assertMessage(
                            "takes 1 input, but got 2",
                            () -> ensemble.forward(parameters, new NDList(x, x), training));
                }
            }
        }
    }

    @Test
    void refusesToNormaliseOneExample() {
        for (Form form : List.of(PackedForm.of(2), PackedForm.of(1))) {
            try (NDManager manager = NDManager.newBaseManager()) {
                Block norm = EnsembleBatchNorm.builder(form).build();
                Block network =
                        new SequentialBlock().add(linear(form, 8)).add(norm).add(linear(form, 3));
                Ensemble ensemble = new TestModels.TestEnsemble(form, network);
                ensemble.initialize(manager, DataType.FLOAT32, INPUT);
                ParameterStore parameters = new ParameterStore(manager, false);
                NDList one = new NDList(manager.ones(INPUT));
                assertMessage(
                        "cannot be trained on one example",
                        () -> ensemble.forward(parameters, one, true));
                NDList two = new NDList(manager.ones(new Shape(2, 12)));
                assertEquals(2, ensemble.forward(parameters, two, true).head().getShape().get(0));
                assertEquals(1, ensemble.forward(parameters, one, false).head().getShape().get(0));
            }
        }
    }

    private static void assertMessage(String part, Executable forward) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, forward);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    /** Subtracts the mean over the batch while it trains. */
    private static final class CentredInTraining extends AbstractBlock {

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray x = inputs.head();
            return new NDList(training ? x.sub(x.mean(new int[] {0})) : x);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }

    @Test
    void refusesOtherBlocksWithParameters() {
        Form form = PackedForm.of(2);
        Block block =
                new SequentialBlock()
                        .add(linear(form, 8))
                        .add(Linear.builder().setUnits(3).build());
        refuse(form, block, "holds parameters (weight, bias)");
    }

    @Test
    void refusesALayerThatIsNoChild() {
        Form form = PackedForm.of(2);
        Block hidden = linear(form, 8);
        Block block =
                new SequentialBlock()
                        .add(
                                new LambdaBlock(
                                        list ->
                                                hidden.forward(
                                                        new ParameterStore(
                                                                list.getManager(), false),
                                                        list,
                                                        false)))
                        .add(linear(form, 3));
        refuse(form, block, "not a child of the network");
    }

    @Test
    void refusesANetworkWithoutLayers() {
        refuse(PackedForm.of(2), new SequentialBlock().add(Activation::relu), "has no layers");
    }

    @Test
    void refusesToCutFeaturesWithoutSpatialAxes() {
        Form form = MixMoForm.of(2);
        Block block = new SequentialBlock().add(linear(form, 8)).add(linear(form, 3));
        refuse(form, block, "method = MixMethod.LINEAR");
    }

    @Test
    void refusesToMixWithinOneLayer() {
        refuse(
                MixMoForm.of(2).method(dev.polyphony.MixMethod.LINEAR),
                new SequentialBlock().add(linear(MixMoForm.of(2), 3)),
                "Use two or more layers");
    }

    @Test
    void refusesMasksOfNarrowFeatures() {
        Form form = MasksemblesForm.of(2);
        Block block = new SequentialBlock().add(linear(form, 6)).add(linear(form, 3));
        refuse(form, block, "gets 6 features");
    }

    @Test
    void refusesGroupsThatDoNotDivideAMember() {
        Form form = PackedForm.of(4).alpha(1.5);
        Block block =
                new SequentialBlock()
                        .add(conv(form, 16, 1))
                        .add(conv(form, 16, 4))
                        .add(conv(form, 3, 1));
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class,
                        () -> initialize(form, block, new Shape(1, 3, 4, 4)));
        assertTrue(refused.getMessage().contains("4 groups"), refused.getMessage());
    }

    @Test
    void refusesASumThatSpreadsTheSingleFeatureOfAMember() {
        Form narrow = PackedForm.of(4).alpha(0.3);
        Block skip = sum(Blocks.identityBlock(), linear(narrow, 12));
        refuse(
                narrow,
                new SequentialBlock().add(skip).add(linear(narrow, 3)),
                "a member has a single feature of Linear(12)");
        Block even = sum(linear(narrow, 12), linear(narrow, 12));
        accept(narrow, new SequentialBlock().add(even).add(linear(narrow, 3)));
    }

    @Test
    void refusesALayerThatIsUsedForTwoWidthsWithWeightsOfOneShape() {
        // two groups of 4 channels, then three of 6, have 2 channels each
        Form form = PackedForm.of(2).gamma(3).minChannelsPerGroup(1);
        Block shared = conv(form, 4, 1);
        Block block = new SequentialBlock().add(shared).add(shared).add(conv(form, 3, 1));
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class,
                        () -> initialize(form, block, new Shape(1, 4, 3, 3)));
        assertTrue(refused.getMessage().contains("is used twice"), refused.getMessage());
    }

    @Test
    void gammaNeedNotDivideWhatReachesALayer() {
        Form form = PackedForm.of(2).gamma(5);
        // 12 inputs and 10 features have two groups, the 5 outputs have not
        accept(
                form,
                new SequentialBlock()
                        .add(withInput(linear(form, 8)))
                        .add(linear(form, 5))
                        .add(linear(form, 3)));
    }

    private static Block sum(Block... blocks) {
        return new ParallelBlock(
                lists -> new NDList(lists.get(0).head().add(lists.get(1).head())), List.of(blocks));
    }

    private static Block withInput(Block layer) {
        return new ParallelBlock(
                lists ->
                        new NDList(
                                NDArrays.concat(
                                        new NDList(lists.get(0).head(), lists.get(1).head()), 1)),
                List.of(Blocks.identityBlock(), layer));
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    private static Block conv(Form form, int filters, int groups) {
        return EnsembleConv2d.builder(form)
                .setKernelShape(new Shape(1, 1))
                .setFilters(filters)
                .optGroups(groups)
                .build();
    }

    private static void refuse(Form form, Block network, String why) {
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class, () -> initialize(form, network, INPUT));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static void accept(Form form, Block network) {
        assertTrue(initialize(form, network, INPUT) > 0);
    }

    private static long initialize(Form form, Block network, Shape input) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = new TestModels.TestEnsemble(form, network);
            ensemble.initialize(manager, DataType.FLOAT32, input);
            return ensemble.getParameterCount();
        }
    }
}
