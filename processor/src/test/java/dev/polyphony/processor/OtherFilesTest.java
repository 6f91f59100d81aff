/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.compileLeniently;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler says of other files beside an error of the processor. */
class OtherFilesTest {

    private static final String RIGHT = "add(Linear.builder().setUnits(3).build());";
    private static final String REFUSED = "add(Multiplication.builder().build());";

    private static JavaFileObject model(String statement) {
        return net("@Packed", "public Net() { " + statement + " }");
    }

    private static JavaFileObject other(String member) {
        return source("final class Other {\n" + member + "\n}\n");
    }

    private static List<String> filesWithErrors(JavaFileObject... sources) {
        Compilation compilation = compileLeniently(sources);
        return compilation.errors().stream().map(OtherFilesTest::fileAndCode).distinct().toList();
    }

    private static String fileAndCode(Diagnostic<? extends JavaFileObject> error) {
        String message = error.getMessage(Locale.ROOT);
        String code = message.startsWith("[PLY") ? message.substring(0, 8) : "";
        return error.getSource().getName().replaceAll(".*/", "") + code;
    }

    /** The compiler comes to the types of bodies when nothing else is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a = \"text\";",
                "int a() { return missing; }",
                "int a() { return new PackedNet(3).missing(); }",
                "int a() { while (true) {} return 1; }"
            })
    void mistakesInBodiesAreReportedOnceOursIsMended(String member) {
        assertEquals(List.of("Net.java[PLY031]"), filesWithErrors(model(REFUSED), other(member)));
        assertEquals(List.of("Other.java"), filesWithErrors(model(RIGHT), other(member)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Missing a;",
                "void a(Missing a) {}",
                "class A extends Missing {}",
                "List<Missing> a;",
                "@Missing int a;"
            })
    void missingTypesInHeadersAreReportedBesideOurs(String member) {
        assertEquals(
                List.of("Net.java[PLY031]", "Other.java"),
                filesWithErrors(model(REFUSED), other(member)).stream().sorted().toList());
    }

    /** No processor runs where a file cannot be parsed. */
    @Test
    void whatCannotBeParsedIsReportedFirst() {
        JavaFileObject other = other("int a = ;");
        assertEquals(List.of("Other.java"), filesWithErrors(model(REFUSED), other));
    }
}
