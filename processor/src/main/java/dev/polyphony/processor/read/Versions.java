/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Tells whether a source and a class are of one version, by their members. */
final class Versions {

    private static final String CONSTRUCTOR = "<init>";

    private Versions() {}

    /**
     * Looks for a member that only one of the two has.
     *
     * @param type the class
     * @param tree its source
     * @return the difference, in half a sentence; empty if there is none
     */
    static Optional<String> difference(TypeElement type, ClassTree tree) {
        Set<String> inSource = new TreeSet<>();
        for (Tree member : tree.getMembers()) {
            name(member).ifPresent(inSource::add);
        }
        boolean hasConstructor = inSource.stream().anyMatch(isConstructor());
        Set<String> inClass = new TreeSet<>();
        for (Element member : type.getEnclosedElements()) {
            name(member).ifPresent(inClass::add);
        }
        if (!hasConstructor) {
            inClass.removeIf(isConstructor()); // the compiler gave it one
        }
        return first(inSource, inClass)
                .map(name -> "it has %s, which the class has not".formatted(shown(name, type)))
                .or(
                        () ->
                                first(inClass, inSource)
                                        .map(
                                                name ->
                                                        "the class has %s, which it has not"
                                                                .formatted(shown(name, type))));
    }

    private static Predicate<String> isConstructor() {
        return name -> name.startsWith(CONSTRUCTOR);
    }

    private static Optional<String> first(Set<String> some, Set<String> others) {
        return some.stream().filter(name -> !others.contains(name)).findFirst();
    }

    private static String shown(String name, TypeElement type) {
        return "'" + name.replace(CONSTRUCTOR, type.getSimpleName()) + "'";
    }

    private static Optional<String> name(Tree member) {
        if (member instanceof MethodTree method) {
            return Optional.of(call(method.getName(), method.getParameters()));
        } else if (member instanceof VariableTree field) {
            return Optional.of(field.getName().toString());
        } else if (member instanceof ClassTree nested) {
            return Optional.of(nested.getSimpleName().toString());
        }
        return Optional.empty(); // an initializer
    }

    private static Optional<String> name(Element member) {
        if (member instanceof ExecutableElement method) {
            return member.getKind() == ElementKind.STATIC_INIT
                    ? Optional.empty()
                    : Optional.of(call(method.getSimpleName(), method.getParameters()));
        }
        return Optional.of(member.getSimpleName().toString());
    }

    private static String call(CharSequence name, List<?> parameters) {
        return switch (parameters.size()) {
            case 0 -> name + "()";
            case 1 -> name + "(1 parameter)";
            default -> "%s(%d parameters)".formatted(name, parameters.size());
        };
    }
}
