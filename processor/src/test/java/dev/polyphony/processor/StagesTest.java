/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The stages know only what is before them. */
@AnalyzeClasses(
        packagesOf = PolyphonyProcessor.class,
        importOptions = ImportOption.DoNotIncludeTests.class)
class StagesTest {

    private static final String ROOT = "dev.polyphony.processor";

    @ArchTest
    static final ArchRule STAGES =
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
                    .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ONLY_READ_KNOWS_SYNTAX_TREES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".read")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.sun.source..");

    @ArchTest
    static final ArchRule ONLY_EMIT_KNOWS_JAVAPOET =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".emit")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.palantir..");

    @ArchTest
    static final ArchRule NO_COMPILER_INTERNALS =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.sun.tools..");

    @ArchTest
    static final ArchRule NO_RUNTIME =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("ai.djl..", "dev.polyphony")
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.polyphony.nn..", "dev.polyphony.harness..");
}
