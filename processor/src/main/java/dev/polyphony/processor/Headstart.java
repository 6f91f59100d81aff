/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.diagnose.Reporter;
import dev.polyphony.processor.emit.Emitter;
import dev.polyphony.processor.method.Plan;
import dev.polyphony.processor.method.Planner;
import dev.polyphony.processor.method.Request;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Writes the comparisons of models that wait, if they do not depend on the bodies. A compiler runs
 * another round only after one that wrote something, and warns of every file that the last round
 * writes. So a model that waits in vain gets its stubs in a round before: in one that brings
 * nothing but such comparisons, since no processor can have more to tell then.
 */
final class Headstart {

    private final Planner planner;
    private final Emitter emitter;
    private final Reporter reporter;

    /** Models of this round that wait, with what is asked for. */
    private final Map<Model, Request> waiting = new LinkedHashMap<>();

    /** Plans of the comparisons that are written, by the comparison's name. */
    private final Map<String, Plan> begun = new HashMap<>();

    private boolean isRoundEmpty = true;

    Headstart(Planner planner, Emitter emitter, Reporter reporter) {
        this.planner = planner;
        this.emitter = emitter;
        this.reporter = reporter;
    }

    /** Tells whether a round brings only what was written here. */
    boolean isAllThatIsNew(Collection<? extends Element> roots) {
        return !roots.isEmpty()
                && roots.stream()
                        .allMatch(
                                root ->
                                        root instanceof TypeElement type
                                                && begun.containsKey(
                                                        type.getQualifiedName().toString()));
    }

    /** Notes a model that waits; its header has no mistake. */
    void add(Request request, Model model) {
        if (!dependsOnBody(model) && !begun.containsKey(name(model))) {
            waiting.put(model, request);
        }
    }

    /**
     * Whether a comparison may depend on the body of the model: by static methods that make it, or
     * by types in constructors that may be of the same file, of which ensembles have copies.
     */
    private static boolean dependsOnBody(Model model) {
        return !model.entries().isEmpty()
                || model.constructors().stream()
                        .flatMap(constructor -> constructor.element().stream())
                        .flatMap(element -> Signature.of(element).types().stream())
                        .anyMatch(type -> mayBeCopied(type, model));
    }

    private static boolean mayBeCopied(TypeElement type, Model model) {
        TypeRef one = TypeRef.of(type);
        boolean isInOtherFile =
                model.isPublic()
                        && type.getModifiers().contains(Modifier.PUBLIC)
                        && one.equals(one.outermost());
        return one.packageName().equals(model.type().packageName()) && !isInOtherFile;
    }

    private static String name(Model model) {
        return Planner.comparison(model.target().home()).qualifiedName();
    }

    /** Writes the comparisons of what waits, unless there is another round anyway. */
    void endRound(boolean isLast) {
        if (isRoundEmpty && !isLast) {
            waiting.forEach(this::begin);
        }
        waiting.clear();
        isRoundEmpty = true;
    }

    private void begin(Model model, Request request) {
        List<Problem> problems = new ArrayList<>();
        Plan plan = planner.plan(model, request.forms(), request.tasks(), true, problems);
        if (!problems.isEmpty()) {
            planner.release(plan); // it waits for what its other problems make of it
            return;
        }
        try {
            emitter.emitComparison(plan);
            begun.put(name(model), plan);
        } catch (IOException e) {
            reporter.bug(model.target().holder(), e);
        }
    }

    /** Gives back the names that a model has from here. */
    void release(Model model) {
        Optional.ofNullable(begun.get(name(model))).ifPresent(planner::release);
    }

    /** Writes what a plan has besides what is written. */
    void finish(Plan plan) throws IOException {
        isRoundEmpty = false;
        boolean isBegun = begun.containsKey(name(plan.model()));
        emitter.emit(isBegun ? plan.withoutComparison() : plan);
    }
}
