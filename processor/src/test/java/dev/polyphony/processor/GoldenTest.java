/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole generated files, as a reader sees them. */
class GoldenTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    @ParameterizedTest
    @ValueSource(strings = {"LeNet", "ResNet", "DigitAndMass"})
    void generatedFilesReadLikeThese(String model) throws IOException {
        String source = Files.readString(FOLDER.resolve(model + ".java"));
        Compilation compilation = compile(plain(source));

        assertClean(compilation);
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            Path name = Path.of(file.getName()).getFileName();
            Goldens.assertSame(
                    FOLDER.resolve(model.toLowerCase(Locale.ROOT)).resolve(name + ".txt"),
                    file.getCharContent(false).toString());
        }
    }

    /** Lines of the user's own move four columns to the right, and are broken only in builders. */
    @ParameterizedTest
    @ValueSource(strings = {"LeNet", "ResNet", "DigitAndMass"})
    void generatedFilesAreTidy(String model) throws IOException {
        String source = Files.readString(FOLDER.resolve(model + ".java"));

        for (JavaFileObject file : compile(plain(source)).generatedSourceFiles()) {
            String text = file.getCharContent(false).toString();
            List<String> lines = text.lines().toList();
            assertTrue(text.endsWith("}\n"), file.getName());
            assertTrue(lines.stream().noneMatch(line -> line.endsWith(" ")), file.getName());
            assertTrue(lines.stream().allMatch(line -> line.length() <= 104), file.getName());
            assertTrue(!text.contains("\n\n\n") && !text.contains("{\n\n\n"), file.getName());
            assertEquals(
                    List.of(),
                    lines.stream()
                            .filter(line -> line.startsWith("import "))
                            .map(line -> line.replaceAll(".*\\.(\\w+);", "$1"))
                            .filter(name -> !isUsed(name, lines))
                            .toList(),
                    "unused imports in " + file.getName());
        }
    }

    private static boolean isUsed(String name, List<String> lines) {
        Stream<String> code = lines.stream().filter(line -> !line.startsWith("import "));
        return code.anyMatch(line -> line.matches(".*\\b" + name + "\\b.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LeNet", "ResNet", "DigitAndMass"})
    void theSameSourceGivesTheSameText(String model) throws IOException {
        JavaFileObject source = plain(Files.readString(FOLDER.resolve(model + ".java")));
        Compilation first = compile(source);
        Compilation second = compile(source);

        for (JavaFileObject file : first.generatedSourceFiles()) {
            String name = Path.of(file.getName()).getFileName().toString().replace(".java", "");
            assertEquals(generated(first, name), generated(second, name));
        }
    }
}
