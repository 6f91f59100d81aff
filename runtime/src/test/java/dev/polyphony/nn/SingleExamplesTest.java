/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The warning of batch normalisation that sees one example. */
class SingleExamplesTest {

    private static final Form PACKED = PackedForm.of(2);

    @Test
    void warnsWhereOneExampleMakesTheStatistics() {
        for (Form form :
                List.of(
                        PACKED,
                        PackedForm.of(1),
                        MimoForm.of(2),
                        BatchEnsembleForm.of(2),
                        MasksemblesForm.of(2),
                        SubEnsembleForm.of(2))) {
            assertEquals(
                    1, warnings(form, TestModels.CNN, true, new Shape(1)).size(), form::toString);
            assertEquals(
                    0, warnings(form, TestModels.CNN, true, new Shape(2)).size(), form::toString);
            assertEquals(0, warnings(form, TestModels.CNN, false, new Shape(1)).size());
        }
    }

    /** Statistics of all rows come from as many examples as there are members. */
    @Test
    void countsTheExamplesThatMembersPutTogether() {
        assertEquals(1, warnings(PACKED, TestModels.CNN, true, new Shape(1, 2)).size());
        assertEquals(1, warnings(MimoForm.of(2), TestModels.CNN, true, new Shape(1, 2)).size());
        Form shared = BatchEnsembleForm.of(2);
        assertEquals(0, warnings(shared, TestModels.CNN, true, new Shape(1, 2)).size());
        Form alone = BatchEnsembleForm.of(1);
        assertEquals(1, warnings(alone, TestModels.CNN, true, new Shape(1, 1)).size());
    }

    @Test
    void leavesOtherModelsAlone() {
        assertEquals(0, warnings(PACKED, TestModels.VOLUME, true, new Shape(1)).size());
        assertEquals(0, warnings(PACKED, TestModels.MIXER, true, new Shape(1)).size());
    }

    @Test
    void saysWhatToDo() {
        String warning = warnings(PACKED, TestModels.CNN, true, new Shape(1)).get(0);
        assertTrue(
                warning.startsWith(
                        "Packed(m = 2, alpha = 2, gamma = 1): a training batch has 1 example for each of 2 members, and BatchNorm of "),
                warning);
        assertTrue(warning.contains(" (and 1 more) takes its statistics from that alone"), warning);
        assertTrue(warning.contains("let batches have more examples"), warning);
    }

    /** Runs two passes, and once would be enough. */
    private static List<String> warnings(
            Form form, TestModels model, boolean training, Shape start) {
        List<String> warnings = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            SharedBody body =
                    new SharedBody(form, model.newModel(LayerKit.of(form)), warnings::add);
            body.prepare(manager, DataType.FLOAT32, new Shape[] {model.getInput()});
            body.allocate(manager, DataType.FLOAT32);
            ParameterStore store = new ParameterStore(manager, false);
            NDList x = new NDList(manager.ones(start.addAll(model.getInput().slice(1))));
            boolean distinct = start.dimension() == 2;
            for (int pass = 0; pass < 2; pass++) {
                body.forward(store, new Inputs(x, distinct, null, null, training));
            }
        }
        return warnings;
    }
}
