/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.polyphony.nn.form.Scalars;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which package may use which. This is the one place where that is written. */
class ArchitectureTest {

    private static final String ROOT = "dev.polyphony";

    /** Each line: a package, and the packages of ours that it may use. */
    private static final String ALLOWED =
            """
            dev.polyphony                     ->
            dev.polyphony.nn.form             ->
            dev.polyphony.nn.layer            -> nn.form
            dev.polyphony.nn.packed           -> . nn.form
            dev.polyphony.nn.mimo             -> . nn.form
            dev.polyphony.nn.mixmo            -> . nn.form
            dev.polyphony.nn.batchensemble    -> . nn.form
            dev.polyphony.nn.masksembles      -> . nn.form
            dev.polyphony.nn.subensemble      -> . nn.form
            dev.polyphony.nn.deepensemble     -> . nn.form nn.packed
            dev.polyphony.nn.dropout          -> nn.form
            dev.polyphony.engine              ->
            dev.polyphony.nn                  -> engine files nn.form nn.layer nn.deepensemble nn.dropout
            dev.polyphony.nn.cost             -> nn nn.form nn.layer
            dev.polyphony.evaluate            ->
            dev.polyphony.evaluate.compare    -> evaluate evaluate.labels evaluate.regression
            dev.polyphony.evaluate.labels     -> evaluate
            dev.polyphony.evaluate.calibrate  -> evaluate
            dev.polyphony.evaluate.conformal  -> evaluate data evaluate.regression
            dev.polyphony.evaluate.corrupt    -> data
            dev.polyphony.evaluate.regression -> evaluate
            dev.polyphony.evaluate.tta        -> nn.form
            dev.polyphony.evaluate.suite      -> evaluate evaluate.calibrate evaluate.conformal evaluate.corrupt evaluate.tta data
            dev.polyphony.files               ->
            dev.polyphony.checks              ->
            dev.polyphony.report.chart        ->
            dev.polyphony.report              -> evaluate evaluate.suite evaluate.calibrate evaluate.compare evaluate.conformal evaluate.corrupt evaluate.regression files report.chart evaluate.labels
            dev.polyphony.model               -> nn nn.form data evaluate files evaluate.calibrate
            dev.polyphony.inference           -> nn evaluate evaluate.regression data model evaluate.labels
            dev.polyphony.data                -> files checks
            dev.polyphony.data.mixmo          -> . data nn.mixmo nn.form
            dev.polyphony.data.augment        -> . data data.mixmo nn.form
            dev.polyphony.command             -> evaluate evaluate.labels evaluate.regression evaluate.suite evaluate.calibrate evaluate.conformal evaluate.corrupt evaluate.tta nn nn.deepensemble harness data data.augment train train.optimize train.progress train.checkpoint report inference files model multitask multitask.train multitask.compare multitask.balance multitask.schedule multitask.surgery .
            dev.polyphony.harness             -> evaluate.suite evaluate.calibrate evaluate.corrupt evaluate.tta engine nn nn.form nn.cost nn.deepensemble data data.augment train train.loss train.optimize train.progress train.source train.checkpoint evaluate evaluate.regression report inference files model checks nn.dropout evaluate.compare evaluate.labels
            dev.polyphony.train.checkpoint    -> files
            dev.polyphony.train.loss          -> checks data nn.form
            dev.polyphony.train.optimize      -> checks nn
            dev.polyphony.train.progress      ->
            dev.polyphony.train.source        -> data
            dev.polyphony.train               -> . checks engine nn nn.form nn.layer nn.mimo nn.mixmo nn.batchensemble nn.masksembles nn.deepensemble data data.augment data.mixmo evaluate evaluate.regression evaluate.tta train.loss train.optimize train.progress train.source train.checkpoint files evaluate.labels
            dev.polyphony.multitask           -> . checks evaluate evaluate.regression evaluate.labels
            dev.polyphony.multitask.compare   -> . data files multitask multitask.train nn nn.form report report.chart train
            dev.polyphony.multitask.balance   -> . checks
            dev.polyphony.multitask.schedule  -> checks data
            dev.polyphony.multitask.surgery   -> data
            dev.polyphony.multitask.train     -> . checks data data.mixmo evaluate files multitask multitask.balance multitask.schedule multitask.surgery nn nn.form nn.deepensemble nn.mixmo train train.loss train.optimize train.progress train.checkpoint harness inference model
            """;

    @Test
    void packagesUseOnlyWhatTheyMay() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = type.getPackageName();
                String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (to.startsWith(ROOT) && !to.equals(from) && !allowed(from).contains(to)) {
                    wrong.add(from + " -> " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    /**
     * Java objects are read in one place, of bytes that the process itself has written for another
     * one, which knows their checksum. Whoever could choose the bytes could run code.
     */
    @Test
    void nothingFromOutsideIsDeserialised() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);
        Set<String> readers = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass();
                if (used.isAssignableTo("java.io.ObjectInput")
                        || used.getName().startsWith("java.beans.XMLDecoder")) {
                    readers.add(type.getName());
                }
            }
        }
        assertEquals(Set.of("dev.polyphony.harness.ObjectFile"), readers);
    }

    /** The engine's scalars dangle: {@link Scalars} has the operations that are right. */
    @Test
    void noArrayMeetsANumber() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (isScalarOperation(access.getTarget())) {
                    wrong.add(access.getDescription());
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    /** Calls and method references alike; sums are right, as nothing reads their numbers. */
    private static boolean isScalarOperation(AccessTarget target) {
        boolean takesNumber =
                target instanceof AccessTarget.CodeUnitAccessTarget method
                        && method.getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Number.class));
        return takesNumber
                && target.getOwner().getPackageName().startsWith("ai.djl.ndarray")
                && target.getName()
                        .matches("r?(mul|div|pow|mod)i?|maximum|minimum|scaleGradient|swish|clip");
    }

    private static Set<String> allowed(String from) {
        Set<String> allowed = new TreeSet<>();
        for (String line : ALLOWED.lines().toList()) {
            String[] sides = line.split("->", -1);
            if (!sides[0].trim().equals(from)) {
                continue;
            }
            for (String name : sides[1].trim().split("\\s+")) {
                allowed.add(name.equals(".") ? ROOT : ROOT + "." + name);
            }
            return allowed;
        }
        throw new AssertionError(from + " is not in the list of packages");
    }
}
