/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.plain;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** The processor is compiled for Java 17, but reads what newer compilers compile. */
@EnabledForJreRange(minVersion = NewestLanguage.FEATURE)
class NewestLanguageTest {

    @Test
    void newSyntaxIsCopied() {
        Compilation compilation = compile(plain(NewestLanguage.model(NewestLanguage.FEATURE)));

        assertClean(compilation);
        String network = generated(compilation, "PackedNet");
        assertTrue(
                network.contains("import java.util.ArrayList;\nimport java.util.List;"), network);
        assertTrue(
                network.contains("layer instanceof Net.Layer(Map.Entry<String, Integer>"), network);
    }
}
