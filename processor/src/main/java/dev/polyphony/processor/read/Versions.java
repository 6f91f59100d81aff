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
import javax.lang.model.util.ElementFilter;

/** Tells whether a source and a class are of one version, by their members and those within. */
final class Versions {

    private static final String CONSTRUCTOR = "<init>";

    /** What enums and records have without saying so. */
    private static final Set<String> IMPLICIT =
            Set.of(
                    "values()",
                    "valueOf(1 parameter)",
                    "equals(1 parameter)",
                    "hashCode()",
                    "toString()");

    private Versions() {}

    /**
     * Looks for a member that only one of the two has.
     *
     * @param type the class
     * @param tree its source
     * @return the difference, in half a sentence; empty if there is none
     */
    static Optional<String> difference(TypeElement type, ClassTree tree) {
        return difference(type, tree, "");
    }

    /** Compares the members of a class, which messages name behind its outer classes. */
    private static Optional<String> difference(TypeElement type, ClassTree tree, String outer) {
        Set<String> inSource = new TreeSet<>();
        for (Tree member : tree.getMembers()) {
            name(member).ifPresent(inSource::add);
        }
        Set<String> inClass = new TreeSet<>();
        for (Element member : type.getEnclosedElements()) {
            name(member).ifPresent(inClass::add);
        }
        removeImplicit(type.getKind(), inSource, inClass);
        Optional<String> here =
                first(inSource, inClass)
                        .map(name -> "it has %s, which the class has not".formatted(name))
                        .or(
                                () ->
                                        first(inClass, inSource)
                                                .map(
                                                        name ->
                                                                "the class has %s, which it has not"
                                                                        .formatted(name)))
                        .map(text -> shown(text, type, outer));
        return here.or(() -> within(type, tree, outer));
    }

    private static Optional<String> within(TypeElement type, ClassTree tree, String outer) {
        for (Tree member : tree.getMembers()) {
            for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
                if (member instanceof ClassTree one
                        && nested.getSimpleName().contentEquals(one.getSimpleName())) {
                    Optional<String> difference = difference(nested, one, path(outer, nested));
                    if (difference.isPresent()) {
                        return difference;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void removeImplicit(
            ElementKind kind, Set<String> inSource, Set<String> inClass) {
        if (kind == ElementKind.ENUM || kind == ElementKind.RECORD) {
            // compilers give them parameters, accessors and more
            inSource.removeIf(isConstructor());
            inClass.removeIf(isConstructor());
            inClass.removeIf(
                    name ->
                            !inSource.contains(name)
                                    && (IMPLICIT.contains(name)
                                            || inSource.contains(name.replace("()", ""))));
        } else if (inSource.stream().noneMatch(isConstructor())) {
            inClass.remove(CONSTRUCTOR + "()"); // the compiler gave it one
        }
    }

    private static Predicate<String> isConstructor() {
        return name -> name.startsWith(CONSTRUCTOR);
    }

    private static Optional<String> first(Set<String> some, Set<String> others) {
        return some.stream()
                .filter(name -> !others.contains(name))
                .findFirst()
                .map(name -> "'" + name + "'");
    }

    private static String path(String outer, TypeElement nested) {
        return outer + nested.getSimpleName() + ".";
    }

    private static String shown(String text, TypeElement type, String outer) {
        return text.replaceFirst("'", "'" + outer).replace(CONSTRUCTOR, type.getSimpleName());
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
