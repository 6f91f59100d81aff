/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.inference.Arguments;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final Candidates ALL =
            Candidates.of(
                    new DigitsProject().newComparison(Arguments.of("units", 8, "classes", 10)));

    private static List<String> choose(List<String> methods, Map<String, List<String>> asked) {
        return ALL.choose(methods, asked).stream().map(Candidate::toString).toList();
    }

    private static String refused(List<String> methods, Map<String, List<String>> asked) {
        return assertThrows(IllegalArgumentException.class, () -> ALL.choose(methods, asked))
                .getMessage();
    }

    @Test
    void allFormsAndTheModelItselfAreThere() {
        List<String> all = choose(List.of(), Map.of());
        assertTrue(all.contains("plain"), all.toString());
        assertTrue(all.contains("Packed m=4 alpha=2 gamma=1"), all.toString());
        assertTrue(all.contains("DeepEnsemble m=4"), all.toString());
    }

    @Test
    void methodsAreCalledAsPeopleDo() {
        assertEquals(
                List.of("plain", "SubEnsemble m=4"),
                choose(List.of("sub-ensemble", "PLAIN"), Map.of()));
    }

    @Test
    void settingsChooseAmongAnnotatedForms() {
        assertEquals(
                List.of("MIMO m=3 batchRepetitions=2"),
                choose(List.of(), Map.of("members", List.of("3"))));
        assertEquals(
                List.of("Packed m=4 alpha=3 gamma=1", "Packed m=8 alpha=3 gamma=1"),
                choose(List.of(), Map.of("alpha", List.of("3.0"), "gamma", List.of("1"))));
        assertEquals(
                List.of("Packed m=8 alpha=3 gamma=1"),
                choose(List.of("packed"), Map.of("members", List.of("8"))));
        // masks have no alpha, and are left alone by it
        assertEquals(
                List.of("Packed m=4 alpha=2 gamma=1", "Masksembles m=4 scale=2"),
                choose(List.of("packed", "masksembles"), Map.of("alpha", List.of("2"))));
    }

    @Test
    void whatIsNotAnnotatedIsRefusedWithTheAnnotation() {
        String message = refused(List.of("packed"), Map.of("members", List.of("4", "7")));
        assertTrue(
                message.startsWith(
                        "No form of the model is Packed with m = 7: annotate the model with"
                                + " @Packed(m = 7, name = \"...\"), or take one of:"),
                message);
        assertTrue(message.contains("Packed m=4 alpha=2 gamma=1"), message);
        String any = refused(List.of(), Map.of("members", List.of("4", "7")));
        assertTrue(any.startsWith("No form of the model has m = 7 "), any);
    }

    @Test
    void unknownNamesComeWithTheKnownOnes() {
        String method = refused(List.of("packt"), Map.of());
        assertTrue(method.contains("'packt'") && method.contains("MIMO, MixMo"), method);
        String setting = refused(List.of(), Map.of("alfa", List.of("2")));
        assertTrue(setting.contains("'alfa'") && setting.contains("alpha"), setting);
    }
}
