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
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
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
        return ElementFilter.constructorsIn(target.model().getEnclosedElements()).stream()
                .filter(constructor -> target.reaches(constructor.getModifiers()))
                .filter(
                        constructor ->
                                Signature.of(constructor).types().stream()
                                        .allMatch(target::reaches))
                .map(this::read)
                .toList();
    }

    /**
     * Reads all constructors, private ones as well, unless they take private types; a type that has
     * none is taken to have one without parameters.
     *
     * @param type the type
     * @return the constructors, in source order
     */
    public List<Constructor> all(TypeElement type) {
        List<Constructor> constructors =
                ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .filter(ConstructorReader::hasVisibleTypes)
                        .map(this::read)
                        .toList();
        return constructors.isEmpty() ? List.of(Constructor.IMPLICIT) : constructors;
    }

    private Constructor read(ExecutableElement element) {
        String comment = elements.getDocComment(element);
        String text = comment == null ? "" : comment.strip();
        return new Constructor(
                Optional.of(element),
                text.lines()
                        .map(line -> line.startsWith(" ") ? line.substring(1) : line)
                        .collect(Collectors.joining("\n")));
    }

    private static boolean hasVisibleTypes(ExecutableElement constructor) {
        return Signature.of(constructor).types().stream().noneMatch(ConstructorReader::isPrivate);
    }

    private static boolean isPrivate(Element type) {
        return type instanceof TypeElement
                && (type.getModifiers().contains(Modifier.PRIVATE)
                        || isPrivate(type.getEnclosingElement()));
    }
}
