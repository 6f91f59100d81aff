/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.EnsembleLayerNorm;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks too narrow for that many members to differ are refused, and no others. */
class RoomTest {

    /** {@code 2^(in + out - 1)} members have signs of their own in the product of both vectors. */
    @ParameterizedTest
    @CsvSource({"1, 1, 2", "1, 2, 4", "2, 2, 8", "1, 4, 16"})
    void signsAreForAsManyMembersAsThereIsRoom(int in, int out, int room) {
        for (FastWeightForm fast : FastWeightForm.values()) {
            Form most = BatchEnsembleForm.of(room).form(fast);
            for (int draw = 0; draw < 5; draw++) {
                assertEquals(room, distinct(most, in, out));
            }
            Form more = BatchEnsembleForm.of(room + 1).form(fast);
            refuse(Refusal.FEW_SIGNS, room + " of " + (room + 1) + " members", more, in, out);
        }
    }

    @Test
    void oneLayerWithRoomIsEnough() {
        Form form = BatchEnsembleForm.of(4);
        assertEquals(4, distinct(form, 1, 1, 2));
        refuse(Refusal.FEW_SIGNS, "2 of 4 members", form, 1, 1, 1);
    }

    @ParameterizedTest
    @EnumSource
    void numbersAlwaysDiffer(FastWeightForm fast) {
        assertEquals(
                4, distinct(BatchEnsembleForm.of(4).form(fast).init(FastWeightInit.NORMAL), 1, 1));
    }

    @Test
    void masksAreForAsManyMembersAsThereAre() {
        initialize(MasksemblesForm.of(10).scale(6), 5, 10, 3).close();
        refuse(
                Refusal.FEW_MASKS,
                "gets 10 features, and a mask keeps 1 of them",
                MasksemblesForm.of(11).scale(6),
                5,
                10,
                3);
        initialize(MasksemblesForm.of(11).scale(1), 5, 10, 3).close();
    }

    private static void refuse(Refusal reason, String what, Form form, int... widths) {
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class, () -> initialize(form, widths).close());
        assertEquals(reason, refused.getReason());
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
        assertTrue(refused.getMessage().contains("fewer members"), refused.getMessage());
    }

    private static NDManager initialize(Form form, int... widths) {
        NDManager manager = NDManager.newBaseManager();
        ensemble(manager, form, widths);
        return manager;
    }

    /** The number of members whose fast weights {@code s r^T} differ in some layer. */
    private static int distinct(Form form, int... widths) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = ensemble(manager, form, widths);
            Set<String> members = new HashSet<>();
            for (int m = 0; m < form.getMembers(); m++) {
                StringBuilder member = new StringBuilder();
                NDArray r = null;
                for (var parameter : ensemble.getParameters().values()) {
                    if (parameter.getName().equals("r")) {
                        r = parameter.getArray().get(m);
                    } else if (parameter.getName().equals("s")) {
                        NDArray product =
                                parameter.getArray().get(m).reshape(-1, 1).mul(r.reshape(1, -1));
                        member.append(Arrays.toString(product.toFloatArray()));
                    }
                }
                members.add(member.toString());
            }
            return members.size();
        }
    }

    private static Ensemble ensemble(NDManager manager, Form form, int... widths) {
        SequentialBlock network = new SequentialBlock();
        for (int i = 1; i < widths.length; i++) {
            Block linear = EnsembleLinear.builder(form).setUnits(widths[i]).build();
            // shared, and so no room
            network.add(linear).add(EnsembleLayerNorm.builder(form).build());
        }
        Ensemble ensemble = new TestModels.TestEnsemble(form, network);
        ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, widths[0]));
        return ensemble;
    }
}
