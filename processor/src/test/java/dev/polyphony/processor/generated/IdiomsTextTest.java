/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.polyphony.processor.ModelCompiler;
import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How generated code looks for models in every style. */
class IdiomsTextTest {

    private static final Pattern INDENTATION = Pattern.compile("(?m)^(?: {4})+");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?(?:\\w+\\.)+(\\w+);");

    private static final Map<String, Map<String, String>> AS_THEY_ARE = new HashMap<>();

    static Stream<Idiom> idioms() throws IOException {
        return Idiom.in(Path.of("src", "test", "resources", "idioms"));
    }

    @ParameterizedTest
    @MethodSource("idioms")
    void isTidy(Idiom idiom) {
        generated(idiom)
                .forEach(
                        (file, text) -> {
                            List<String> lines = text.lines().toList();
                            assertTrue(text.endsWith("}\n") && !text.contains("\n\n\n"), file);
                            assertEquals(List.of(), unusedImports(lines), file);
                            for (String line : lines) {
                                assertEquals(line.stripTrailing(), line, file);
                                assertTrue(!line.startsWith("\t"), file);
                            }
                            assertEquals(List.of(), tooLong(lines), file);
                        });
    }

    private static List<String> unusedImports(List<String> lines) {
        String code =
                lines.stream()
                        .filter(line -> !line.startsWith("import "))
                        .collect(Collectors.joining("\n"));
        return lines.stream()
                .map(IMPORT::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .filter(name -> !Pattern.compile("\\b" + name + "\\b").matcher(code).find())
                .toList();
    }

    /** Lines that are too long and not the user's own. */
    private static List<String> tooLong(List<String> lines) {
        return lines.stream()
                .takeWhile(line -> !line.startsWith("    private static final class "))
                .filter(line -> line.length() > 100 && !line.startsWith("     *"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("idioms")
    void doesNotDependOnLineEnds(Idiom idiom) {
        assertEquals(generated(idiom), generated(idiom, text -> text.replace("\n", "\r\n")));
    }

    @ParameterizedTest
    @MethodSource("idioms")
    void doesNotDependOnTabs(Idiom idiom) {
        assertEquals(generated(idiom), generated(idiom, IdiomsTextTest::withTabs));
    }

    /** With tabs before all lines, but where text blocks have them in their values. */
    private static String withTabs(String text) {
        return text.contains("\"\"\"")
                ? text
                : INDENTATION
                        .matcher(text)
                        .replaceAll(spaces -> "\t".repeat(spaces.group().length() / 4));
    }

    /** What is generated for the idiom as it is. */
    private static Map<String, String> generated(Idiom idiom) {
        return AS_THEY_ARE.computeIfAbsent(
                idiom.toString(), name -> generated(idiom, UnaryOperator.identity()));
    }

    private static Map<String, String> generated(Idiom idiom, UnaryOperator<String> change) {
        Compilation compilation =
                ModelCompiler.javac()
                        .withProcessors(new PolyphonyProcessor())
                        .withOptions("-proc:only")
                        .compile(idiom.sources(change));
        assertEquals(List.of(), compilation.errors());
        Map<String, String> texts = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            try {
                texts.put(file.getName(), file.getCharContent(false).toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        long networks =
                texts.keySet().stream().filter(file -> file.endsWith("Harness.java")).count();
        assertTrue(networks > 0);
        assertEquals(2 * networks + 1, texts.size(), "networks, harnesses and comparison");
        return texts;
    }
}
