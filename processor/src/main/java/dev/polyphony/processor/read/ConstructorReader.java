/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the constructors of a class. */
public final class ConstructorReader {

    private final Elements elements;

    /**
     * Creates a reader.
     *
     * @param elements the compiler's elements
     */
    public ConstructorReader(Elements elements) {
        this.elements = elements;
    }

    /**
     * Reads the constructors that code in the package of the ensembles can call.
     *
     * @param target the class, and where its ensembles belong
     * @return the constructors, in source order
     */
    public List<Constructor> accessible(Target target) {
        return withVisibleTypes(target)
                .filter(constructor -> target.reaches(constructor.getModifiers()))
                .map(constructor -> read(elements, constructor))
                .toList();
    }

    /**
     * Reads all constructors, private ones as well, unless they take types that the ensembles
     * cannot reach; a type that has none is taken to have one without parameters.
     *
     * @param target the class, and where its ensembles belong
     * @return the constructors, in source order
     */
    public List<Constructor> all(Target target) {
        List<Constructor> constructors =
                withVisibleTypes(target).map(constructor -> read(elements, constructor)).toList();
        return constructors.isEmpty() ? List.of(Constructor.IMPLICIT) : constructors;
    }

    private static Stream<ExecutableElement> withVisibleTypes(Target target) {
        return ElementFilter.constructorsIn(target.model().getEnclosedElements()).stream()
                .filter(
                        constructor ->
                                Signature.of(constructor).types().stream()
                                        .allMatch(target::reaches));
    }

    /** A constructor, or a method as if it were one, with its comment. */
    static Constructor read(Elements elements, ExecutableElement element) {
        String comment = elements.getDocComment(element);
        String text = comment == null ? "" : comment.strip();
        return new Constructor(
                Optional.of(element),
                text.lines()
                        .map(line -> line.startsWith(" ") ? line.substring(1) : line)
                        .collect(Collectors.joining("\n")));
    }
}
