/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.Ramp;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a trial layers do not compute, but NaN reach the rows that they reach in a real pass. */
class TrialPassTest {

    private static final int MEMBERS = 3;
    private static final List<Form> FORMS =
            List.of(
                    PackedForm.of(MEMBERS).gamma(2).minChannelsPerGroup(1),
                    MimoForm.of(MEMBERS),
                    MixMoForm.of(MEMBERS).method(MixMethod.LINEAR),
                    BatchEnsembleForm.of(MEMBERS),
                    MasksemblesForm.of(MEMBERS),
                    SubEnsembleForm.of(MEMBERS));

    @ParameterizedTest
    @EnumSource(TestModels.class)
    void poisonReachesTheSameRows(TestModels model) {
        requireSameRows(model, 1, false);
        requireSameRows(model, 2, false);
        requireSameRows(model, 1, true);
        requireSameRows(model, 2, true);
    }

    private static void requireSameRows(TestModels model, int examples, boolean sharing) {
        for (Form form : FORMS) {
            try (NDManager manager = NDManager.newBaseManager()) {
                SharedBody body = new SharedBody(form, model.newModel(LayerKit.of(form)));
                Shape[] inputs = {model.getInput()};
                body.prepare(manager, DataType.FLOAT32, inputs);
                body.allocate(manager, DataType.FLOAT32);
                ParameterStore store = new ParameterStore(manager, false);
                for (int row = 0; row < examples * MEMBERS; row++) {
                    NDList x = poisoned(manager, inputs[0], examples, row);
                    Inputs distinct = new Inputs(x, true, null, null, false);
                    NDList real = body.forward(store, distinct);
                    TrialPass pass = new TrialPass(examples, false, sharing);

                    NDList trial = body.forward(store, x, null, pass);

                    assertArrayEquals(tainted(real), tainted(trial), form + ", row " + row);
                }
            }
        }
    }

    private static NDList poisoned(NDManager manager, Shape input, int examples, int row) {
        NDArray x = Ramp.of(manager, new Shape(examples, MEMBERS).addAll(input.slice(1)));
        x.set(new NDIndex("{}, {}", row / MEMBERS, row % MEMBERS), Float.NaN);
        return new NDList(x);
    }

    private static boolean[] tainted(NDList answers) {
        return TaintPass.taintedRows(Members.rows(answers.singletonOrThrow()));
    }
}
