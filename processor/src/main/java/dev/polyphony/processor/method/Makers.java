/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Static methods and builders of annotated classes in other files: what they make are parts, made
 * by the methods of the same names of the classes' ensembles. Which those have is seen in the
 * ensembles themselves, so a model waits for those that this compilation generates.
 */
public final class Makers {

    private static final Set<String> GENERAL =
            Set.of("ai.djl.nn.Block", "ai.djl.nn.AbstractBlock", "ai.djl.nn.AbstractBaseBlock");

    private final Elements elements;
    private final Parts parts;
    private final Set<String> upcoming;
    private final Set<String> entered;

    /**
     * Creates the makers.
     *
     * @param elements the compiler's elements
     * @param parts block classes of other files
     * @param upcoming qualified names of the types that this compilation will generate
     * @param entered qualified names of the types whose sources the compiler has, generated ones
     *     included
     */
    public Makers(Elements elements, Parts parts, Set<String> upcoming, Set<String> entered) {
        this.elements = elements;
        this.parts = parts;
        this.upcoming = upcoming;
        this.entered = entered;
    }

    /** A method that makes a block: its class, and its name. */
    private record Made(TypeRef type, String method) {

        static Optional<Made> of(Fact fact) {
            Made made = null;
            if (fact instanceof Fact.Called called) {
                made = new Made(called.type(), called.method());
            } else if (fact instanceof Fact.Obtained obtained) {
                made = new Made(obtained.type(), obtained.method());
            } else if (fact instanceof Fact.Built built) {
                made = new Made(built.type(), "builder");
            }
            return Optional.ofNullable(made).filter(one -> !one.type().isOfDjl());
        }

        TypeRef owner() {
            return type.outermost();
        }

        @Override
        public String toString() {
            return type.localName() + "." + method;
        }
    }

    /** Tells whether something in a body is a block that a method of another file makes. */
    static boolean isMade(Fact fact) {
        return Made.of(fact).isPresent();
    }

    /**
     * Tells whether a model needs ensembles of which the compiler does not know the members yet.
     *
     * @param model the model
     * @param body its body
     * @param forms its annotations
     * @return whether to wait for a later round
     */
    public boolean mustWait(Model model, Body body, List<Form> forms) {
        return body.facts().stream()
                .flatMap(fact -> Made.of(fact).stream())
                .map(Made::owner)
                .distinct()
                .flatMap(owner -> forms.stream().flatMap(form -> network(model, owner, form)))
                .anyMatch(this::isMissing);
    }

    private Stream<TypeRef> network(Model model, TypeRef owner, Form form) {
        return form.isTransforming() ? parts.ensemble(model, owner, form).stream() : Stream.empty();
    }

    private boolean isMissing(TypeRef network) {
        return upcoming.contains(network.qualifiedName())
                && !entered.contains(network.qualifiedName());
    }

    /**
     * Finds the classes that stand for those whose methods make parts.
     *
     * @param model the model
     * @param form one of its annotations
     * @return the generated classes by those of the user
     */
    Map<TypeRef, TypeRef> of(Model model, Form form) {
        Map<TypeRef, TypeRef> classes = new HashMap<>();
        for (Fact fact : model.body().map(Body::facts).orElse(List.of())) {
            Made.of(fact)
                    .ifPresent(
                            made ->
                                    network(model, made.owner(), form)
                                            .forEach(
                                                    network -> {
                                                        classes.put(made.owner(), network);
                                                        classes.put(
                                                                made.type(),
                                                                twin(made.type(), network));
                                                    }));
        }
        return classes;
    }

    /** The class of an ensemble that stands for one of the user's: {@code Unit.Builder}. */
    private static TypeRef twin(TypeRef type, TypeRef network) {
        List<String> names = new ArrayList<>(network.names());
        names.addAll(type.names().subList(1, type.names().size()));
        return new TypeRef(network.packageName(), names);
    }

    /** Checks that the ensembles have the method that makes a block, or a builder of one. */
    Optional<Problem> check(Model model, Fact fact, List<Form> forms) {
        Made made = Made.of(fact).orElseThrow();
        TypeElement type = elements.getTypeElement(made.type().qualifiedName());
        Set<TypeRef> declared = returned(methods(type, made.method()));
        boolean isBuilder = declared.stream().allMatch(given -> isBuilder(made, given));
        Optional<Problem> unfit =
                parts.isAnnotated(model, made.owner())
                        ? parts.check(model, made.owner(), forms, fact.place())
                        : refused(made, Code.FOREIGN_BLOCK.getWayOut(), fact.place());
        if (unfit.isPresent()) {
            return unfit.filter(any -> !isBuilder); // what the builder makes is reported
        }
        for (Form form : forms) {
            TypeRef network = parts.ensemble(model, made.owner(), form).orElseThrow();
            Set<TypeRef> given = given(model, made, network);
            if (given.contains(network)) {
                return special(made, declared, fact.place());
            } else if (declared.stream().noneMatch(one -> given.contains(twin(one, network)))) {
                return refused(made, other(made, network), fact.place());
            }
        }
        return Optional.empty();
    }

    private static boolean isBuilder(Made made, TypeRef given) {
        return made.owner().isAround(given) && !made.owner().equals(given);
    }

    /** What the method of an ensemble gives; nothing if there is none. */
    private Set<TypeRef> given(Model model, Made made, TypeRef network) {
        TypeElement twin = elements.getTypeElement(twin(made.type(), network).qualifiedName());
        return isMissing(network) || twin == null || !model.target().reaches(twin)
                ? Set.of()
                : returned(methods(twin, made.method()).filter(model.target()::reaches));
    }

    private static Set<TypeRef> returned(Stream<ExecutableElement> methods) {
        return methods.flatMap(method -> Signature.of(method.getReturnType()).stream())
                .map(TypeRef::of)
                .collect(Collectors.toSet());
    }

    private Optional<Problem> refused(Made made, String wayOut, Place place) {
        String what = "'%s' makes a block whose layers cannot be seen".formatted(made);
        return Optional.of(new Problem(Code.FOREIGN_BLOCK, what, wayOut, place));
    }

    private String other(Made made, TypeRef network) {
        return "'%s' has no such method: it has those of '%s' that make whole models, and its constructors. Call one of them, or use @DeepEnsemble."
                .formatted(network.localName(), made.owner().localName());
    }

    /** An ensemble is a block, and what the method is declared to give may be a special one. */
    private static Optional<Problem> special(Made made, Set<TypeRef> declared, Place place) {
        return declared.stream()
                .filter(type -> !type.equals(made.owner()))
                .filter(type -> !GENERAL.contains(type.qualifiedName()))
                .findFirst()
                .map(
                        type ->
                                new Problem(
                                        Code.FOREIGN_BLOCK,
                                        "'%s' is declared to give a '%s', and its ensemble is none"
                                                .formatted(made, type.simpleName()),
                                        "Declare '%s' to give a Block, or use @DeepEnsemble."
                                                .formatted(made),
                                        place));
    }

    private static Stream<ExecutableElement> methods(TypeElement owner, String name) {
        return ElementFilter.methodsIn(owner.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals(name));
    }
}
