/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Optional;

/** Checks that what layers are exempt from is something that a form of the model adds to them. */
public final class ExemptionCheck {

    private ExemptionCheck() {}

    /**
     * Checks the methods of a body.
     *
     * @param model the model
     * @param body its body
     * @param forms the annotations
     * @return the problems, in source order
     */
    public static List<Problem> check(Model model, Body body, List<Form> forms) {
        return body.facts().stream()
                .filter(Fact.Exempted.class::isInstance)
                .map(Fact.Exempted.class::cast)
                .flatMap(
                        exempted ->
                                wrong(model, exempted, forms)
                                        .map(
                                                what ->
                                                        new Problem(
                                                                Code.EXEMPTION,
                                                                what,
                                                                exempted.place()))
                                        .stream())
                .toList();
    }

    private static Optional<String> wrong(Model model, Fact.Exempted exempted, List<Form> forms) {
        if (exempted.form().isEmpty()) {
            return Optional.of(
                    "'@Exempt' of '%s' names no annotation".formatted(exempted.method()));
        }
        TypeRef type = exempted.form().get();
        Optional<Method> method = Method.of(type).filter(one -> one.getExemption().isPresent());
        if (method.isEmpty()) {
            return Optional.of(
                    "'%s' adds nothing to layers that they could be exempt from"
                            .formatted(type.simpleName()));
        }
        // other classes of the file may serve other models too, and a library is as it is
        boolean isOwn = exempted.isOfModel() && !model.target().isElsewhere();
        if (isOwn && forms.stream().noneMatch(form -> form.method() == method.get())) {
            return Optional.of(
                    "'%s' has no @%s that layers could be exempt from"
                            .formatted(model.name(), type.simpleName()));
        }
        boolean buildsLayer =
                exempted.blocks().stream()
                        .flatMap(block -> Layer.of(block).stream())
                        .anyMatch(layer -> method.get().exempts(layer.getKind()));
        return buildsLayer
                ? Optional.empty()
                : Optional.of(
                        "'%s' itself builds no layer to which @%s adds anything"
                                .formatted(exempted.method(), type.simpleName()));
    }
}
