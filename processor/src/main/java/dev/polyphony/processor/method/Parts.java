/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.AnnotationPlaces;
import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;

/**
 * Block classes of the user's own in other files. Each carries the annotations of the model that
 * uses it, and in an ensemble of the model its own ensemble of the same settings stands for it. Of
 * the other file no more than the annotations is read.
 */
public final class Parts {

    private final Elements elements;
    private final FormReader reader;
    private final Set<String> upcoming;

    /**
     * Creates the parts.
     *
     * @param elements the compiler's elements
     * @param upcoming qualified names of the types that this compilation will generate, as far as
     *     they are known when a model is processed
     */
    public Parts(Elements elements, Set<String> upcoming) {
        this.elements = elements;
        AnnotationPlaces nowhere = (type, annotation, index, name) -> Optional.empty();
        this.reader =
                new FormReader(
                        elements, nowhere, new TaskReader(nowhere, type -> OptionalInt.empty()));
        this.upcoming = upcoming;
    }

    /**
     * Finds the ensembles that stand for the block classes of other files.
     *
     * @param model the model
     * @param form one of its annotations
     * @return the generated types by the block classes
     */
    Map<TypeRef, TypeRef> of(Model model, Form form) {
        Map<TypeRef, TypeRef> parts = new LinkedHashMap<>();
        for (Fact fact : model.body().map(Body::facts).orElse(List.of())) {
            if (fact instanceof Fact.Mentioned mentioned && !mentioned.type().isOfDjl()) {
                ensemble(model, mentioned.type(), form)
                        .ifPresent(network -> parts.put(mentioned.type(), network));
            }
        }
        return parts;
    }

    /** Whether a class is a block class of another file that the body uses. */
    static boolean isPart(TypeRef type, Body body) {
        return !type.isOfDjl()
                && body.facts().stream()
                        .anyMatch(
                                fact ->
                                        fact instanceof Fact.Mentioned mentioned
                                                && mentioned.type().equals(type));
    }

    /** Checks that a block class has an ensemble for each form of the model. */
    Optional<Problem> check(Model model, TypeRef block, List<Form> forms, Place place) {
        List<Part> own = ensembles(model, block);
        List<Form> lacking =
                forms.stream()
                        .filter(form -> own.stream().noneMatch(part -> form.isLike(part.form())))
                        .toList();
        if (!lacking.isEmpty()) {
            return Optional.of(lacking(model, block, forms, lacking, place));
        }
        return forms.stream()
                .flatMap(form -> own.stream().filter(part -> form.isLike(part.form())).limit(1))
                .map(Part::network)
                .filter(network -> !exists(network))
                .findFirst()
                .map(
                        network ->
                                new Problem(
                                        Code.USER_BLOCK,
                                        "'%s' is annotated, but there is no '%s'"
                                                .formatted(block.localName(), network.localName()),
                                        "Compile '%s' with Polyphony's processor, too."
                                                .formatted(block.localName()),
                                        place));
    }

    private Problem lacking(
            Model model, TypeRef block, List<Form> forms, List<Form> lacking, Place place) {
        String name = block.localName();
        Set<Method> methods = lacking.stream().map(Form::method).collect(Collectors.toSet());
        List<Form> others =
                ensembles(model, block).stream()
                        .map(Part::form)
                        .filter(own -> methods.contains(own.method()))
                        .toList();
        String what =
                others.isEmpty()
                        ? (isFactory(block)
                                        ? "'%s' makes blocks in another file"
                                        : "'%s' is a block class from another file")
                                .formatted(name)
                        : "'%s' is annotated with %s, but '%s' with %s"
                                .formatted(
                                        name,
                                        list(others.stream().map(Form::annotation).toList()),
                                        model.name(),
                                        list(lacking.stream().map(Form::annotation).toList()));
        return new Problem(Code.USER_BLOCK, what, wayOut(model, block, forms, lacking), place);
    }

    private String wayOut(Model model, TypeRef block, List<Form> forms, List<Form> lacking) {
        TypeElement type = elements.getTypeElement(block.qualifiedName());
        if (type == null || !canBeAnnotated(type) && !isAnnotated(model, block)) {
            return Code.USER_BLOCK.getWayOut();
        }
        List<String> annotations = new ArrayList<>();
        for (Form form : lacking) {
            boolean isOnly =
                    forms.stream().filter(one -> one.method() == form.method()).count() < 2;
            Optional<String> name =
                    form.name().filter(any -> !isOnly).map(any -> nameFor(any, model, block));
            annotations.add(form.annotation(name));
        }
        if (model.target().isElsewhere()) {
            return "Annotate '%s' with %s, too, with 'model = %s.class'; or use @DeepEnsemble."
                    .formatted(
                            model.target().holder().getSimpleName(),
                            list(annotations),
                            block.localName());
        }
        String annotate =
                type.getNestingKind() == NestingKind.TOP_LEVEL
                        ? "Annotate '%s'".formatted(block.localName())
                        : "Move '%s' to a file of its own and annotate it"
                                .formatted(block.localName());
        return "%s with %s; or nest it in '%s', or use @DeepEnsemble."
                .formatted(annotate, list(annotations), model.name());
    }

    /** The name of a form of the model, for the block: {@code WideNet} becomes {@code WideUnit}. */
    private static String nameFor(String name, Model model, TypeRef block) {
        return name.contains(model.name())
                ? name.replace(model.name(), block.simpleName())
                : name + block.simpleName();
    }

    /** Whether a class is none that models extend: then it is annotated for what it makes. */
    private boolean isFactory(TypeRef type) {
        TypeElement element = elements.getTypeElement(type.qualifiedName());
        return element != null
                && element.getSuperclass() instanceof DeclaredType declared
                && ((TypeElement) declared.asElement())
                        .getQualifiedName()
                        .contentEquals("java.lang.Object");
    }

    private static boolean canBeAnnotated(TypeElement type) {
        return type.getKind() == ElementKind.CLASS
                && !type.getModifiers().contains(Modifier.ABSTRACT)
                && HeaderCheck.isSuperclass(type.getSuperclass());
    }

    /** A class extends a block class of another file. */
    Problem extended(Model model, Fact.Extended extended) {
        String name = extended.type().localName();
        return new Problem(
                Code.USER_BLOCK,
                "A class in '%s' extends '%s', a block class from another file"
                        .formatted(model.name(), name),
                "Nest '%s' in '%s', or use @DeepEnsemble.".formatted(name, model.name()),
                extended.place());
    }

    /** A method is called that the ensemble of a block class does not have. */
    static Problem invoked(Fact.Invoked invoked) {
        String name = invoked.type().localName();
        return new Problem(
                Code.USER_BLOCK,
                "'%s' is a method of '%s', and its ensemble has those of Block alone"
                        .formatted(invoked.method(), name),
                "Do without the method, nest '%s' in the model, or use @DeepEnsemble."
                        .formatted(name),
                invoked.place());
    }

    /** Whether a class has ensembles, of whatever form. */
    boolean isAnnotated(Model model, TypeRef type) {
        return !ensembles(model, type).isEmpty();
    }

    /** The ensemble of a class for a form of the model. */
    Optional<TypeRef> ensemble(Model model, TypeRef type, Form form) {
        return ensembles(model, type).stream()
                .filter(part -> form.isLike(part.form()))
                .map(Part::network)
                .findFirst();
    }

    private boolean exists(TypeRef network) {
        return upcoming.contains(network.qualifiedName())
                || elements.getTypeElement(network.qualifiedName()) != null;
    }

    /** An ensemble of a block class: the annotation, and the generated type. */
    private record Part(Form form, TypeRef network) {}

    /** Those that the block class is annotated with, and those that the model's holder names. */
    private List<Part> ensembles(Model model, TypeRef block) {
        TypeElement type = elements.getTypeElement(block.qualifiedName());
        if (type == null) {
            return List.of();
        }
        Target beside = new Target(model.target().holder(), type);
        return Stream.of(new Target(type, type), beside)
                .distinct()
                .flatMap(
                        target ->
                                forms(target).stream()
                                        .map(form -> new Part(form, form.network(target.home()))))
                .toList();
    }

    private List<Form> forms(Target target) {
        return reader.read(target.holder(), new ArrayList<>()).stream()
                .filter(request -> request.target().equals(target))
                .flatMap(request -> request.forms().stream())
                .toList();
    }

    private static String list(List<String> annotations) {
        int last = annotations.size() - 1;
        return last == 0
                ? annotations.get(0)
                : String.join(", ", annotations.subList(0, last)) + " and " + annotations.get(last);
    }
}
