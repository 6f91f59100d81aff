/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The stages know only what is before them. */
class StagesTest {

    private static final String ROOT = "dev.polyphony.processor";

    @Test
    void stagesKnowOnlyWhatIsBeforeThem() {
        check(
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .layer("processor")
                        .definedBy(ROOT)
                        .layer("read")
                        .definedBy(ROOT + ".read")
                        .layer("model")
                        .definedBy(ROOT + ".model")
                        .layer("method")
                        .definedBy(ROOT + ".method")
                        .layer("emit")
                        .definedBy(ROOT + ".emit")
                        .layer("diagnose")
                        .definedBy(ROOT + ".diagnose")
                        .whereLayer("processor")
                        .mayOnlyAccessLayers("read", "model", "method", "emit", "diagnose")
                        .whereLayer("read")
                        .mayOnlyAccessLayers("model", "diagnose")
                        .whereLayer("method")
                        .mayOnlyAccessLayers("model", "diagnose")
                        .whereLayer("emit")
                        .mayOnlyAccessLayers("method", "model")
                        .whereLayer("model")
                        .mayOnlyAccessLayers("diagnose")
                        .whereLayer("diagnose")
                        .mayNotAccessAnyLayer());
    }

    @Test
    void onlyReadKnowsSyntaxTrees() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".read")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.sun.source.."));
    }

    @Test
    void onlyEmitKnowsJavaPoet() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".emit")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.palantir.."));
    }

    @Test
    void nothingKnowsCompilerInternals() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("com.sun.tools.."));
    }

    @Test
    void nothingKnowsTheRuntime() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("ai.djl..", "dev.polyphony")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage("dev.polyphony.nn..", "dev.polyphony.harness.."));
    }

    private static void check(ArchRule rule) {
        rule.check(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackagesOf(PolyphonyProcessor.class));
    }
}
