/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.net;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import javax.tools.JavaFileObject;

/** Generated networks of small models, and what they hold. */
final class Networks {

    static final String LINEAR = "add(Linear.builder().setUnits(3).build());";

    private Networks() {}

    /** Compiles a packed model with the given members and returns the generated network. */
    static String packed(String members, JavaFileObject... others) {
        JavaFileObject[] all = new JavaFileObject[others.length + 1];
        all[0] = net("@Packed(m = 4)", members);
        System.arraycopy(others, 0, all, 1, others.length);
        Compilation compilation = compile(all);
        assertClean(compilation);
        return generated(compilation, "PackedNet");
    }

    static void assertHas(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "no '" + part + "' in\n" + text);
        }
    }

    static void assertHasNot(String text, String part) {
        assertFalse(text.contains(part), () -> "'" + part + "' in\n" + text);
    }
}
