/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests, and sources annotated by them. */
class ManifestTest {

    private static final String SOURCE =
            """
            package acme;

            import ai.djl.nn.SequentialBlock;

            /** The class Net. */
            @SuppressWarnings("unused")
            public final class Net extends SequentialBlock {
                int width;
            }
            """;

    @TempDir private Path folder;

    @Test
    void readsWhatItSays() throws IOException {
        ModelEntry model =
                read("""
                                {"class": "acme.Net",
                                 "members": 2,
                                 "settings": {"Packed": {"alpha": 1.5}},
                                 "refused": {"Mimo": "input"},
                                 "cases": [{"new": "Net.of(Network.X)", "inputs": [[3, 8], []], "outputs": 7}]}
                                """)
                        .models()
                        .get(0);
        assertEquals("Net", model.title());
        assertEquals("acme", model.packageName());
        assertEquals(Map.of("m", "2", "alpha", "1.5"), model.attributes(Method.PACKED));
        assertEquals(Map.of("m", "2"), model.attributes(Method.MIMO));
        assertEquals(Map.of(Method.MIMO, "input"), model.refused());
        assertEquals(List.of(Method.values()), model.methods());
        Case setup = model.cases().get(0);
        assertEquals(List.of(new Shape(3, 8), new Shape()), setup.inputs());
        assertEquals(List.of(new Shape(2, 3, 7)), setup.outputShapes(2, 3));
        assertEquals("MimoNet.of(Network.X)", setup.expressionFor("Net", "MimoNet"));
    }

    @Test
    void refusesWhatNoManifestSays() {
        assertRefused("{\"class\": \"acme.Net\", \"case\": []}", "unknown field 'case'");
        assertRefused("{\"class\": \"acme.Other\", \"cases\": []}", "no source of acme.Other");
        assertRefused("{\"class\": \"acme.Net\"}", "acme.Net has no cases");
        assertRefused(
                "{\"class\": \"acme.Net\", \"methods\": [\"Pack\"],"
                        + " \"cases\": [{\"new\": \"\", \"outputs\": 1}]}",
                "No annotation @Pack");
        assertRefused("{\"class\": \"acme.Net\", \"cases\": [{\"new\": \"\"}]}", "'outputs'");
    }

    @Test
    void annotatesAsAUserDoes() throws IOException {
        ModelEntry model =
                read("""
                                {"class": "acme.Net",
                                 "settings": {"MixMo": {"method": "MixMethod.LINEAR"}},
                                 "edits": [{"replace": "int width", "by": "long width"}],
                                 "cases": [{"new": "new Net()", "outputs": 1}]}
                                """)
                        .models()
                        .get(0);
        AnnotatedSource source =
                new AnnotatedSource(model, Method.MIX_MO, Variant.of(Method.MIX_MO, model));
        assertEquals(
                """
                package acme;
                import dev.polyphony.MixMethod;
                import dev.polyphony.MixMo;

                import ai.djl.nn.SequentialBlock;

                /** The class Net. */
                @SuppressWarnings("unused")
                @MixMo(m = 3, method = MixMethod.LINEAR)
                @MixMo(m = 1, method = MixMethod.LINEAR, name = "SingleMixMoNet")
                public final class Net extends SequentialBlock {
                    long width;
                }
                """,
                source.getText());
        List<String> plain = SOURCE.lines().toList();
        List<String> annotated = source.getText().lines().toList();
        for (int i = 0; i < annotated.size(); i++) {
            int line = (int) source.getPlainLine(i + 1);
            if (!annotated.get(i).contains("MixM")) {
                assertEquals(
                        plain.get(line - 1), annotated.get(i).replace("long width", "int width"));
            }
        }
    }

    private void assertRefused(String model, String why) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> read(model));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private Manifest read(String model) throws IOException {
        Files.createDirectories(folder.resolve("acme"));
        Files.writeString(folder.resolve("acme/Net.java"), SOURCE);
        Files.writeString(folder.resolve("models.json"), "{\"models\": [" + model + "]}");
        return Manifest.read(folder);
    }
}
