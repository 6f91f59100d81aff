/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.training.ParameterStore;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleGRU;
import dev.polyphony.nn.layer.EnsembleLSTM;
import dev.polyphony.nn.layer.EnsembleRNN;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to recurrent layers: states, directions, and what cannot be. */
class RecurrentLayerTest {

    private static final Shape INPUT = new Shape(1, 4, 5);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void readsBothDirectionsWithBiases() {
        Form form = PackedForm.of(1);
        EnsembleGRU both =
                EnsembleGRU.builder(form)
                        .setStateSize(3)
                        .setNumLayers(1)
                        .optBidirectional(true)
                        .build();
        Ensemble ensemble = initialized(form, new SequentialBlock().add(both), INPUT);
        randomize(ensemble);
        NDArray x = manager.randomNormal(new Shape(2, 4, 5));
        NDArray forwards = direction("l", both, x);
        NDArray backwards = direction("r", both, x.flip(1)).flip(1);
        NDArray expected = NDArrays.concat(new NDList(forwards, backwards), 2).expandDims(1);
        assertClose(expected, run(ensemble, x));
    }

    /** A plain GRU that reads one way. */
    private NDArray direction(String name, EnsembleGRU both, NDArray x) {
        GRU one = GRU.builder().setStateSize(3).setNumLayers(1).build();
        one.initialize(manager, DataType.FLOAT32, x.getShape());
        for (Parameter target : one.getDirectParameters().values()) {
            String own = name + target.getName().substring(1);
            both.getDirectParameters().get(own).getArray().copyTo(target.getArray());
        }
        return run(one, x);
    }

    @Test
    void takesAndGivesTheStatesOfDjl() {
        LSTM plain = LSTM.builder().setStateSize(3).setNumLayers(2).optReturnState(true).build();
        Form form = MimoForm.of(1);
        EnsembleLSTM twin =
                EnsembleLSTM.builder(form)
                        .setStateSize(3)
                        .setNumLayers(2)
                        .optReturnState(true)
                        .build();
        // states have no rows first, so that they are no outputs: one number a row shows them
        Ensemble ensemble = initialized(form, new SequentialBlock().add(twin).add(joined()), INPUT);
        plain.initialize(manager, DataType.FLOAT32, INPUT);
        for (Parameter target : plain.getDirectParameters().values()) {
            twin.getDirectParameters().get(target.getName()).getArray().copyTo(target.getArray());
        }
        NDArray x = manager.randomNormal(new Shape(2, 4, 5));
        Block expected = new SequentialBlock().add(plain).add(joined());
        assertClose(run(expected, x).expandDims(1), run(ensemble, x));
        Shape[] promised = plain.getOutputShapes(new Shape[] {INPUT});
        assertArrayEquals(promised, twin.getOutputShapes(new Shape[] {INPUT}));
    }

    private static Block joined() {
        return new LambdaBlock(
                list -> {
                    NDList rows = new NDList();
                    rows.add(list.get(0).get(":, -1"));
                    list.subNDList(1).forEach(one -> rows.add(one.get(1)));
                    return new NDList(NDArrays.concat(rows, 1));
                });
    }

    @Test
    void leavesTheCallersListAsItIs() {
        Form form = PackedForm.of(2);
        SequentialBlock network =
                new SequentialBlock()
                        .add(
                                new LambdaBlock(
                                        list -> {
                                            assertEquals(1, list.size());
                                            return list;
                                        }))
                        .add(LayerKit.of(form).rnn(6));
        Ensemble ensemble = initialized(form, network, INPUT);
        NDList inputs = new NDList(manager.randomNormal(new Shape(2, 4, 5)));
        ensemble.forward(new ParameterStore(manager, false), inputs, false);
        assertEquals(1, inputs.size());
    }

    @Test
    void hasTheParametersOfItsForm() {
        // 3 members of width ceil(12 * 2 / 3) = 8: 4 gates * 8 * (5 + 8) weights, 2 * 4 * 8 biases
        assertEquals(3 * (32 * 13 + 64), parameters(PackedForm.of(3).alpha(2), 12, true));
        // writes the output: keeps its width
        assertEquals(3 * (48 * 17 + 96), parameters(PackedForm.of(3).alpha(2), 12, false));
        // 48 * (5 + 12) weights, for each member 5 + 48 and 12 + 48 factors and 2 * 48 biases
        assertEquals(
                48 * 17 + 3 * (5 + 48 + 12 + 48 + 96),
                parameters(BatchEnsembleForm.of(3), 12, true));
        // the features of 3 members
        assertEquals(48 * (15 + 12) + 96, parameters(MimoForm.of(3), 12, true));
    }

    private long parameters(Form form, int size, boolean hidden) {
        LayerKit kit = LayerKit.of(form);
        SequentialBlock network = new SequentialBlock().add(kit.lstm(size, 1, false, false));
        if (hidden) {
            network.add(kit.linear(3));
        }
        Ensemble ensemble = initialized(form, network, INPUT);
        return ensemble.getLayers().get(0).getParameters().values().stream()
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    @Test
    void refusesWhatItCannotServe() {
        Form packed = PackedForm.of(2).alpha(1);
        SequentialBlock zeros =
                new SequentialBlock().add(withState(8)).add(lstm(packed)).add(linear(packed));
        refuse(packed, zeros, "alpha = m keeps the model's widths");
        Form wide = PackedForm.of(2).alpha(2);
        initialized(
                wide,
                new SequentialBlock().add(withState(8)).add(lstm(wide)).add(linear(wide)),
                INPUT);
        Form mimo = MimoForm.of(2);
        SequentialBlock states =
                new SequentialBlock().add(withState(8)).add(lstm(mimo)).add(linear(mimo));
        refuse(mimo, states, "is given states");
        Form cut = MixMoForm.of(2).method(MixMethod.CUTMIX);
        refuse(cut, new SequentialBlock().add(lstm(cut)).add(linear(cut)), "MixMethod.LINEAR");
        Form masks = MasksemblesForm.of(2);
        SequentialBlock narrow =
                new SequentialBlock()
                        .add(LayerKit.of(masks).linear(6))
                        .add(lstm(masks))
                        .add(linear(masks));
        refuse(masks, narrow, "masks need at least 10");
        Form batch = BatchEnsembleForm.of(2);
        SequentialBlock flat =
                new SequentialBlock()
                        .addSingleton(x -> x.reshape(-1, 5))
                        .add(linear(batch))
                        .addSingleton(x -> x.reshape(-1, 4, 3))
                        .add(lstm(batch));
        refuse(batch, flat, "must not fold another axis into it");
    }

    @Test
    void requiresWhatHasNoDefault() {
        Form form = PackedForm.of(2);
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleLSTM.builder(form).setStateSize(3).build());
        EnsembleRNN.Builder rnn = EnsembleRNN.builder(form).setStateSize(3).setNumLayers(1);
        assertThrows(IllegalArgumentException.class, rnn::build);
        rnn.setActivation(RNN.Activation.RELU).build();
    }

    private static Block lstm(Form form) {
        return LayerKit.of(form).lstm(8, 1, false, false);
    }

    private static Block linear(Form form) {
        return LayerKit.of(form).linear(3);
    }

    /** Adds the states of the base model's width, as users' code does. */
    private static Block withState(int size) {
        return new LambdaBlock(
                list -> {
                    NDArray x = list.head();
                    NDArray state = x.getManager().zeros(new Shape(1, x.getShape().get(0), size));
                    return new NDList(x, state, state);
                });
    }

    private void refuse(Form form, Block network, String reason) {
        String message =
                assertThrows(
                                UnsupportedModelException.class,
                                () -> initialized(form, network, INPUT))
                        .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private Ensemble initialized(Form form, Block network, Shape input) {
        Ensemble ensemble = new TestModels.TestEnsemble(form, network);
        ensemble.initialize(manager, DataType.FLOAT32, input);
        return ensemble;
    }

    private void randomize(Ensemble ensemble) {
        for (Parameter parameter : ensemble.getParameters().values()) {
            manager.randomNormal(parameter.getShape()).copyTo(parameter.getArray());
        }
    }

    private NDArray run(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(difference < 1e-5, () -> "differs by " + difference);
    }
}
