/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.polyphony.processor.Environments.Wrapped;
import java.util.Locale;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Build tools wrap the compiler's environment; the source must be found all the same. */
class EnvironmentTest {

    private static final JavaFileObject NET =
            net("@Packed", "public Net(int a) { add(Linear.builder().setUnits(a).build()); }");
    private static final JavaFileObject WRONG =
            net(
                    "@Packed",
                    "public Net(int a) {\n add(Multiplication.builder().setUnits(2).build());\n}");

    static Stream<Processor> wrapped() {
        return Stream.of(
                Wrapped.likeGradle(new PolyphonyProcessor()),
                Wrapped.likeIntelliJ(new PolyphonyProcessor()),
                Wrapped.likeBuildsOfIntelliJ(new PolyphonyProcessor()),
                Wrapped.likeGradle(Wrapped.likeIntelliJ(new PolyphonyProcessor())));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void theNetworkIsTheSame(Processor processor) {
        Compilation compilation = compile(processor, NET);

        assertClean(compilation);
        assertEquals(generated(compile(NET), "PackedNet"), generated(compilation, "PackedNet"));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void errorsAreAtTheSamePlace(Processor processor) {
        assertEquals(
                onlyError(compile(WRONG)).getPosition(),
                onlyError(compile(processor, WRONG)).getPosition());
    }

    /** Java 18 made it possible to ask for the source file; before, there is no other way. */
    @Test
    void otherCompilersNeedToTellTheFile() {
        Compilation compilation = compile(Wrapped.telling(new PolyphonyProcessor()), NET);

        if (Runtime.version().feature() >= 18) {
            assertClean(compilation);
            assertEquals(generated(compile(NET), "PackedNet"), generated(compilation, "PackedNet"));
            String message =
                    onlyError(compile(Wrapped.telling(new PolyphonyProcessor()), WRONG))
                            .getMessage(Locale.ROOT);
            assertTrue(message.contains("cannot be packed (line 21, column 6)\n"), message);
        } else {
            assertTrue(onlyError(compilation).getMessage(Locale.ROOT).startsWith("[PLY091]"));
        }
    }
}
