/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The roles of layers, and the widths that follow. */
class RolesTest {

    @Test
    void findsFirstAndLastOfAChain() {
        assertEquals(List.of(Role.INPUT, Role.HIDDEN, Role.OUTPUT), roles(TestModels.MLP));
        assertEquals(
                List.of(
                        Role.INPUT,
                        Role.HIDDEN,
                        Role.HIDDEN,
                        Role.HIDDEN,
                        Role.HIDDEN,
                        Role.OUTPUT),
                roles(TestModels.CNN));
    }

    @Test
    void findsTheLastLayerBeforeNormalisationAndPooling() {
        assertEquals(
                List.of(Role.INPUT, Role.OUTPUT, Role.OUTPUT), roles(TestModels.CONVOLUTION_LAST));
    }

    @Test
    void findsRolesAcrossBranches() {
        assertEquals(
                List.of(Role.INPUT, Role.HIDDEN, Role.HIDDEN, Role.HIDDEN, Role.OUTPUT),
                roles(TestModels.RESIDUAL));
        assertEquals(
                List.of(Role.INPUT, Role.HIDDEN, Role.HIDDEN, Role.HIDDEN, Role.OUTPUT),
                roles(TestModels.INCEPTION));
    }

    @Test
    void packsWidthsRoundedUp() {
        // 24 * 2 / 4 = 12 and 24 * 1.3 / 4 = 7.8
        assertEquals(List.of(12L, 12L, 5L), widths(PackedForm.of(4)));
        assertEquals(List.of(8L, 8L, 5L), widths(PackedForm.of(4).alpha(1.3)));
        // 7.8 and a multiple of gamma
        assertEquals(List.of(9L, 9L, 5L), widths(PackedForm.of(4).alpha(1.3).gamma(3)));
    }

    @Test
    void describesLayersByWhatAMemberSees() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = TestModels.MLP.newEnsemble(PackedForm.of(4));
            ensemble.initialize(manager, DataType.FLOAT32, TestModels.MLP.getInput());
            List<String> lines = ensemble.toString().lines().toList();
            assertEquals(4, lines.size());
            assertEquals(
                    "Linear(24) INPUT (12) -> (12)", lines.get(1).trim().replaceAll(" +", " "));
            assertEquals("Linear(5) OUTPUT (12) -> (5)", lines.get(3).trim().replaceAll(" +", " "));
        }
    }

    private static List<Long> widths(Form form) {
        return layers(TestModels.MLP, form).stream()
                .map(layer -> layer.getMemberOutputShape().get(1))
                .toList();
    }

    private static List<Role> roles(TestModels model) {
        return layers(model, MimoForm.of(2)).stream().map(EnsembleLayer::getRole).toList();
    }

    private static List<EnsembleLayer> layers(TestModels model, Form form) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = model.newEnsemble(form);
            ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
            return ensemble.getLayers();
        }
    }
}
