/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.method.Plan;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.model.TypeRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Filer;

/** Writes the generated types of a plan. */
public final class Emitter {

    private final Filer filer;

    /**
     * Creates an emitter.
     *
     * @param filer the compiler's filer
     */
    public Emitter(Filer filer) {
        this.filer = filer;
    }

    /**
     * Writes networks, harnesses and the comparison.
     *
     * @param plan what to write
     * @throws IOException if the compiler cannot write a file
     */
    public void emit(Plan plan) throws IOException {
        List<GeneratedFile> files = new ArrayList<>();
        for (FormPlan form : plan.forms()) {
            files.add(new NetworkWriter(plan.model(), form).write());
            files.add(new HarnessWriter(plan.model(), form, plan.tasks()).write());
        }
        for (GeneratedFile file : files) {
            file.write(filer);
        }
        emitComparison(plan);
    }

    /**
     * Writes the comparison only.
     *
     * @param plan the plan of which to write it
     * @throws IOException if the compiler cannot write a file
     */
    public void emitComparison(Plan plan) throws IOException {
        if (plan.comparison().isPresent()) {
            new ComparisonWriter(plan, plan.comparison().get()).write().write(filer);
        }
    }

    static JavaFile.Builder file(TypeRef type, TypeSpec spec) {
        return JavaFile.builder(type.packageName(), spec).skipJavaLangImports(true).indent("    ");
    }

    /** The body of a method of a type that only keeps the user's code compilable. */
    static CodeBlock nothingToRun(ClassName type) {
        return CodeBlock.builder()
                .addStatement(
                        "throw new $T($S)",
                        UnsupportedOperationException.class,
                        type.simpleName() + " was not generated: see the compiler's messages")
                .build();
    }
}
