/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans what is generated for a model. */
public final class Planner {

    private final NameClaims claims;
    private final Parts parts;
    private final Makers makers;

    /**
     * Creates a planner.
     *
     * @param claims the names that are taken
     * @param parts block classes of other files
     * @param makers methods of other files that make parts
     */
    public Planner(NameClaims claims, Parts parts, Makers makers) {
        this.claims = claims;
        this.parts = parts;
        this.makers = makers;
    }

    /**
     * Plans the types of a model.
     *
     * @param model the model
     * @param forms its annotations
     * @param tasks the outputs that are named
     * @param isModelUsable whether the class is a model at all
     * @param problems where to add names that are taken
     * @return the plan, without the types whose names are taken
     */
    public Plan plan(
            Model model,
            List<Form> forms,
            Tasks tasks,
            boolean isModelUsable,
            List<Problem> problems) {
        boolean isUsable = isModelUsable && tasks.isValid();
        List<FormPlan> plans = new ArrayList<>();
        for (Form form : forms) {
            TypeRef network = form.network(model.target().home());
            TypeRef harness = form.harness(model.target().home());
            if (isFreeInside(network, model, form, problems)
                    && claim(network, model, form.place(), problems)
                    && claim(harness, model, form.place(), problems)) {
                boolean isStub =
                        !isUsable
                                || !form.isValid()
                                || (form.isTransforming() && model.body().isEmpty());
                plans.add(
                        new FormPlan(
                                form,
                                network,
                                harness,
                                title(model, form),
                                classes(model, form),
                                isStub));
            }
        }
        TypeRef comparison = comparison(model.target().home());
        boolean isFree =
                forms.isEmpty() || claim(comparison, model, Place.of(model.element()), problems);
        return new Plan(
                model, plans, isFree ? Optional.of(comparison) : Optional.empty(), isUsable, tasks);
    }

    /**
     * Gives the names of a plan back: another one for the same model follows.
     *
     * @param plan the plan
     */
    public void release(Plan plan) {
        plan.comparison().ifPresent(type -> claims.release(type.qualifiedName()));
        for (FormPlan form : plan.forms()) {
            claims.release(form.network().qualifiedName());
            claims.release(form.harness().qualifiedName());
        }
    }

    private Map<TypeRef, TypeRef> classes(Model model, Form form) {
        Map<TypeRef, TypeRef> classes = new HashMap<>(makers.of(model, form));
        classes.putAll(parts.of(model, form));
        return classes;
    }

    /**
     * Returns the name of a model's comparison.
     *
     * @param model the name of the model, in the package of its ensembles
     * @return the class
     */
    public static TypeRef comparison(TypeRef model) {
        return model.sibling(model.simpleName() + "Comparison");
    }

    /** A class cannot have the name of the class around it. */
    private static boolean isFreeInside(
            TypeRef network, Model model, Form form, List<Problem> problems) {
        boolean isTaken =
                form.isTransforming()
                        && model.body()
                                .filter(body -> body.plainNames().contains(network.simpleName()))
                                .isPresent();
        if (isTaken) {
            String what =
                    "'%s' is already the name of a class nested in '%s'"
                            .formatted(network.simpleName(), model.name());
            problems.add(new Problem(Code.NAME_TAKEN, what, form.place()));
        }
        return !isTaken;
    }

    private boolean claim(TypeRef type, Model model, Place place, List<Problem> problems) {
        Optional<String> owner = claims.claim(type.qualifiedName(), model.name());
        owner.ifPresent(
                other ->
                        problems.add(
                                new Problem(
                                        Code.NAME_TAKEN,
                                        "'%s' is already the name of %s"
                                                .formatted(type.simpleName(), other),
                                        place)));
        return owner.isEmpty();
    }

    /**
     * The method, or of several forms of one method those with a name of their own by that name.
     */
    private static String title(Model model, Form form) {
        String network = form.network(model.target().home()).simpleName();
        String usual = form.method().getAnnotation() + model.name();
        if (network.equals(usual)) {
            return model.name() + ", " + form.method().getTitle();
        }
        String own =
                network.endsWith(model.name())
                        ? network.substring(0, network.length() - model.name().length())
                        : network;
        return model.name() + ", " + (own.isEmpty() ? network : own);
    }
}
