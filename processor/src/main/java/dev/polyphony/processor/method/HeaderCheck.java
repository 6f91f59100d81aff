/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Checks that an annotated type is a model: its header and its constructors. */
public final class HeaderCheck {

    private static final Set<String> SUPERCLASSES =
            Set.of(
                    "ai.djl.nn.SequentialBlock",
                    "ai.djl.nn.AbstractBlock",
                    "ai.djl.nn.ParallelBlock");

    private static final Map<ElementKind, String> KINDS =
            Map.of(
                    ElementKind.INTERFACE, "an interface",
                    ElementKind.ENUM, "an enum",
                    ElementKind.RECORD, "a record",
                    ElementKind.ANNOTATION_TYPE, "an annotation type");

    private final Elements elements;
    private final Types types;

    /**
     * Creates a check.
     *
     * @param elements the compiler's elements
     * @param types the compiler's types
     */
    public HeaderCheck(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /**
     * Tells whether the compiler knows all types of the header and the constructors.
     *
     * @param type the annotated type
     * @param constructors its constructors
     * @return false if a type is missing (so far)
     */
    public boolean isResolved(TypeElement type, List<Constructor> constructors) {
        return type.getSuperclass().getKind() != TypeKind.ERROR
                && type.getInterfaces().stream().noneMatch(one -> one.getKind() == TypeKind.ERROR)
                && constructors.stream().allMatch(Constructor::isResolved);
    }

    /**
     * Checks an annotated type.
     *
     * @param target the type, and where its ensembles belong
     * @param accessible its constructors that the ensembles can call; none if it is no block
     * @param entries methods that make models
     * @return the problems
     */
    public List<Problem> check(
            Target target, List<Constructor> accessible, List<EntryPoint> entries) {
        TypeElement type = target.model();
        List<Problem> problems = new ArrayList<>();
        Place place = Place.of(type);
        String name = type.getSimpleName().toString();
        if (type.getKind() != ElementKind.CLASS) {
            String what =
                    "'%s' is %s, not a class"
                            .formatted(name, KINDS.getOrDefault(type.getKind(), ""));
            return List.of(new Problem(Code.NOT_A_CLASS, what, place));
        }
        boolean isBlock = isSuperclass(type.getSuperclass());
        boolean isFactory =
                nameOf(type.getSuperclass()).equals("java.lang.Object") && hasFactories(type);
        if (!isBlock && !isFactory) {
            String what =
                    "'%s' extends %s, and is no model that can be read"
                            .formatted(name, simpleNameOf(type.getSuperclass()));
            problems.add(new Problem(Code.NOT_A_MODEL, what, place));
        }
        if (type.getNestingKind() != NestingKind.TOP_LEVEL) {
            String what = "'%s' is nested in another class".formatted(name);
            problems.add(new Problem(Code.NESTED, what, place));
        }
        if (isBlock && type.getModifiers().contains(Modifier.ABSTRACT)) {
            problems.add(new Problem(Code.ABSTRACT, "'%s' is abstract".formatted(name), place));
        }
        if (isFactory && entries.isEmpty()) {
            String what = "No method of '%s' makes a whole model".formatted(name);
            problems.add(new Problem(Code.NO_ENTRY_POINT, what, place));
        } else if (isBlock && accessible.isEmpty() && entries.isEmpty()) {
            problems.add(noConstructor(target, place));
        }
        for (Constructor constructor : accessible) {
            constructor.element().ifPresent(element -> checkExceptions(element, problems));
        }
        entries.forEach(entry -> checkExceptions(entry.method(), problems));
        if (!entries.isEmpty()) {
            checkStatics(type, problems);
        }
        return problems;
    }

    private static Problem noConstructor(Target target, Place place) {
        String name = target.model().getSimpleName().toString();
        if (target.isSamePackage()) {
            String what = "'%s' has only private constructors".formatted(name);
            return new Problem(Code.PRIVATE_CONSTRUCTORS, what, place);
        }
        return new Problem(
                Code.PRIVATE_CONSTRUCTORS,
                "'%s' has no public constructor, and is in another package".formatted(name),
                "Put the annotated type into a package named '%s', if one of them has package access."
                        .formatted(TypeRef.of(target.model()).packageName()),
                place);
    }

    /** Whether a class can be the superclass of a model. */
    static boolean isSuperclass(TypeMirror type) {
        return SUPERCLASSES.contains(nameOf(type));
    }

    /** The static methods stand in the ensemble: none may be one of its own methods. */
    private void checkStatics(TypeElement type, List<Problem> problems) {
        List<ExecutableElement> ensembles =
                Optional.ofNullable(elements.getTypeElement(Runtime.ENSEMBLE.qualifiedName()))
                        .map(ensemble -> ElementFilter.methodsIn(elements.getAllMembers(ensemble)))
                        .orElse(List.of());
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            boolean isTaken =
                    method.getModifiers().contains(Modifier.STATIC)
                            && ensembles.stream().anyMatch(other -> isLike(method, other));
            if (isTaken) {
                String what =
                        "'%s' is also a method of every ensemble".formatted(method.getSimpleName());
                String wayOut = "Rename the static method, which the ensembles have as well.";
                problems.add(new Problem(Code.NAME_TAKEN, what, wayOut, Place.of(method)));
            }
        }
    }

    private boolean isLike(ExecutableElement method, ExecutableElement other) {
        return method.getSimpleName().equals(other.getSimpleName())
                && types.isSubsignature(
                        (ExecutableType) types.erasure(method.asType()),
                        (ExecutableType) types.erasure(other.asType()));
    }

    /** Whether a class gives blocks to others, itself or by a nested class. */
    private boolean hasFactories(TypeElement type) {
        return Stream.concat(
                        Stream.of(type), ElementFilter.typesIn(type.getEnclosedElements()).stream())
                .flatMap(one -> ElementFilter.methodsIn(one.getEnclosedElements()).stream())
                .anyMatch(method -> isSubtype(method.getReturnType(), "ai.djl.nn.Block"));
    }

    private void checkExceptions(ExecutableElement constructor, List<Problem> problems) {
        for (TypeMirror declared : constructor.getThrownTypes()) {
            TypeMirror thrown = types.erasure(declared); // of a type variable its bound
            if (!isSubtype(thrown, "java.lang.RuntimeException")
                    && !isSubtype(thrown, "java.lang.Error")) {
                String what =
                        "%s throws %s, a checked exception"
                                .formatted(
                                        constructor.getKind() == ElementKind.CONSTRUCTOR
                                                ? "The constructor"
                                                : "'" + constructor.getSimpleName() + "'",
                                        simpleNameOf(thrown));
                problems.add(new Problem(Code.CHECKED_EXCEPTION, what, Place.of(constructor)));
            }
        }
    }

    private boolean isSubtype(TypeMirror type, String of) {
        return type.getKind() == TypeKind.DECLARED
                && types.isSubtype(types.erasure(type), elements.getTypeElement(of).asType());
    }

    private static String nameOf(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? TypeRef.of((TypeElement) declared.asElement()).qualifiedName()
                : "";
    }

    private static String simpleNameOf(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? declared.asElement().getSimpleName().toString()
                : type.toString();
    }
}
