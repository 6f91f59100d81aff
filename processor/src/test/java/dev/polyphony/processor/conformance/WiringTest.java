/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** What the suite sees in a plain model, on one that joins features in every way. */
class WiringTest {

    @Test
    void findsWhoReadsWhat() throws Exception {
        Manifest manifest = Manifest.read(Path.of("target", "test-classes", "conformance"));
        ModelEntry model =
                manifest.models().stream()
                        .filter(one -> one.title().equals("Joints"))
                        .findFirst()
                        .orElseThrow();
        Case setup = model.cases().get(0);
        CompiledCode code = Generation.plain(manifest.sources(), List.of(model)).getCode();
        try (Base base = new Base(setup, Constructions.make(code, model, "Joints", setup))) {
            Wiring wiring = base.getWiring();
            List<String> readers = new ArrayList<>();
            List<String> writers = new ArrayList<>();
            Map<String, Long> features = new TreeMap<>();
            for (var child : base.getModel().getChildren()) {
                String name = child.getKey().substring(2);
                Leaf leaf = new Leaf(child.getValue());
                if (wiring.readsInput(leaf)) {
                    readers.add(name);
                }
                if (wiring.writesOutput(leaf)) {
                    writers.add(name);
                }
                ToLongFunction<Leaf> halves = map -> map.units() / 2;
                if (name.equals("twice")) {
                    // reads 56 features first, and then its own 54
                    assertThrows(IllegalStateException.class, () -> wiring.features(leaf, halves));
                } else {
                    features.put(name, wiring.features(leaf, halves));
                }
            }
            assertEquals(List.of("stem", "side"), readers);
            assertEquals(List.of("head", "second", "behind"), writers);
            Map<String, Long> expected =
                    Map.of(
                            "stem", 2L,
                            "norm", 3L,
                            "branch", 3L,
                            "side", 3L,
                            "both", 3 * 16 + 4 + 4L,
                            "head", 54L,
                            "second", 4L,
                            "behind", 2L);
            assertEquals(expected, features);
        }
    }
}
