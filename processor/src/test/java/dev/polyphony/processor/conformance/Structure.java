/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.processor.method.Method;
import java.util.List;

/** The layers of a network, against the wiring of the plain model. */
final class Structure {

    private Structure() {}

    static void verifyRoles(Exhibit exhibit) {
        if (exhibit.method() == Method.DEEP_ENSEMBLE) {
            assertEquals(List.of(), exhibit.network().getLayers());
            return;
        }
        Wiring wiring = exhibit.base().getWiring();
        List<String> expected =
                wiring.getLeaves().stream()
                        .filter(leaf -> !leaf.isNormalisation())
                        .map(leaf -> role(wiring.readsInput(leaf), wiring.writesOutput(leaf)))
                        .toList();
        List<String> found =
                exhibit.network().getLayers().stream()
                        .filter(EnsembleLayer::mixesFeatures)
                        .map(EnsembleLayer::getRole)
                        .map(role -> role(role.readsInput(), role.writesOutput()))
                        .toList();
        assertEquals(expected, found, "roles");
    }

    private static String role(boolean reads, boolean writes) {
        return reads ? writes ? "sole" : "input" : writes ? "output" : "hidden";
    }

    static void verifyCount(Exhibit exhibit) {
        long expected =
                new ParameterFormula(
                                exhibit.base().getWiring(),
                                exhibit.method(),
                                exhibit.variant().attributes(exhibit.method(), exhibit.model()))
                        .count();
        assertEquals(expected, exhibit.network().getParameterCount(), "trained parameters");
    }
}
