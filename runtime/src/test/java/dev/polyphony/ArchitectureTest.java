/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What may depend on what: written here, and nowhere else. */
@AnalyzeClasses(packages = "dev.polyphony", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.polyphony";

    /**
     * For each package (with {@code ..}, and those below it) the others of ours that it may use.
     */
    private static final Map<String, List<String>> ALLOWED =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("", List.of()),
                            Map.entry(".nn.form", List.of("")),
                            Map.entry(".nn.packed", List.of("", ".nn.form")),
                            Map.entry(".nn.mimo", List.of("", ".nn.form")),
                            Map.entry(".nn.mixmo", List.of("", ".nn.form")),
                            Map.entry(".nn.batchensemble", List.of("", ".nn.form")),
                            Map.entry(".nn.masksembles", List.of("", ".nn.form")),
                            Map.entry(".nn.subensemble", List.of("", ".nn.form")),
                            Map.entry(".nn.deepensemble", List.of("", ".nn.form")),
                            Map.entry(".nn.layer", List.of("", ".nn.form")),
                            Map.entry(
                                    ".nn",
                                    List.of("", ".nn.form", ".nn.layer", ".nn.deepensemble")),
                            Map.entry(".data..", List.of("", ".nn.mixmo", ".nn.form")),
                            Map.entry(".evaluate", List.of()),
                            Map.entry(".report", List.of(".evaluate")),
                            Map.entry(".train", List.of("", ".nn..", ".data..", ".evaluate")),
                            Map.entry(".inference", List.of("", ".nn..", ".evaluate")),
                            Map.entry(
                                    ".harness",
                                    List.of(
                                            "",
                                            ".nn..",
                                            ".data..",
                                            ".evaluate",
                                            ".report",
                                            ".train",
                                            ".inference"))));

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_LISTED =
            classes()
                    .should()
                    .resideInAnyPackage(
                            ALLOWED.keySet().stream().map(ROOT::concat).toArray(String[]::new));

    @ArchTest
    static final ArchRule PACKAGES_USE_WHAT_THEY_MAY =
            CompositeArchRule.of(
                    ALLOWED.entrySet().stream()
                            .map(entry -> rule(entry.getKey(), entry.getValue()))
                            .toList());

    private static ArchRule rule(String name, List<String> allowed) {
        List<String> packages = new ArrayList<>(List.of(ROOT + name));
        allowed.forEach(other -> packages.add(ROOT + other));
        return classes()
                .that(resideInAPackage(ROOT + name))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(packages.toArray(String[]::new))
                                .or(not(resideInAPackage(ROOT + ".."))))
                .as(ROOT + name + " uses " + allowed);
    }
}
