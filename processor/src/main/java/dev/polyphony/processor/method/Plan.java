/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to generate for a model.
 *
 * @param model the model
 * @param forms the forms, in the order of the annotations
 * @param comparison the name of the comparison; empty if it is taken
 * @param isModelUsable whether the plain model can be constructed, so that the comparison can run
 *     it
 * @param tasks the outputs that are named; none for a model of one task
 */
public record Plan(
        Model model,
        List<FormPlan> forms,
        Optional<TypeRef> comparison,
        boolean isModelUsable,
        Tasks tasks) {

    /**
     * Returns the plan for the forms alone.
     *
     * @return this, without the comparison
     */
    public Plan withoutComparison() {
        return new Plan(model, forms, Optional.empty(), isModelUsable, tasks);
    }

    /**
     * What to generate for an annotation.
     *
     * @param form the annotation
     * @param network the name of the network
     * @param harness the name of the harness
     * @param title the title of the form in tables
     * @param parts the generated classes that stand for classes of other files
     * @param isStub whether the network is only to keep the user's code compilable, after an error
     */
    public record FormPlan(
            Form form,
            TypeRef network,
            TypeRef harness,
            String title,
            Map<TypeRef, TypeRef> parts,
            boolean isStub) {}
}
