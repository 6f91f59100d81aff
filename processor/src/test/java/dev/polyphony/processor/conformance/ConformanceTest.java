/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.Goldens;
import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every model of a folder with every method: DJL's own model zoo, or the folder that {@code
 * -Dpolyphony.models} names.
 */
class ConformanceTest {

    private static final String FOLDER = System.getProperty("polyphony.models");
    private static final Path ROOT = Path.of("..");
    private static final Path ZOO = Path.of("target", "test-classes", "zoo");

    private static Suite suite;
    private static Matrix matrix;

    @BeforeAll
    static void compile() throws IOException {
        suite = new Suite(Manifest.read(FOLDER == null ? ZOO : ROOT.resolve(FOLDER)));
        matrix = new Matrix();
    }

    @AfterAll
    static void close() {
        suite.close();
    }

    @TestFactory
    Stream<DynamicContainer> keepsItsPromises() {
        Stream<DynamicContainer> models =
                suite.getManifest().models().stream()
                        .flatMap(
                                model ->
                                        model.cases().stream()
                                                .map(setup -> container(model, setup)));
        DynamicTest page = DynamicTest.dynamicTest("the page", ConformanceTest::page);
        return Stream.concat(
                models, Stream.of(DynamicContainer.dynamicContainer("matrix", List.of(page))));
    }

    private static DynamicContainer container(ModelEntry model, Case setup) {
        return DynamicContainer.dynamicContainer(
                (model.title() + " " + setup.title()).strip(),
                model.methods().stream()
                        .map(
                                method ->
                                        DynamicTest.dynamicTest(
                                                "@" + method.getAnnotation(),
                                                () -> verify(model, setup, method))));
    }

    private static void verify(ModelEntry model, Case setup, Method method) {
        Outcome outcome = suite.look(model, setup, method);
        matrix.put(model, setup, method, outcome);
        assertEquals(List.of(), outcome.failures());
        String expected = model.refused().get(method);
        if (expected == null) {
            assertEquals(List.of(), outcome.findings(), "refused");
            return;
        }
        assertTrue(outcome.isRefused(), "is not refused: take it out of 'refused'");
        assertTrue(
                outcome.findings().stream().anyMatch(f -> f.toString().contains(expected)),
                () -> outcome.findings() + " do not say " + expected);
    }

    private static void page() throws IOException {
        String text = ConformancePage.of(suite, matrix, FOLDER == null);
        System.out.println(text);
        if (FOLDER == null) {
            Goldens.assertSame(ROOT.resolve("docs").resolve("conformance.md"), text);
        } else {
            Files.writeString(Path.of("target", "conformance.md"), text);
        }
    }
}
