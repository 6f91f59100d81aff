/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Decides which of the nested types go with the copy of the body. The others stay what they are,
 * nested types of the model, so that callers can use them with the generated network as well.
 */
final class Copies {

    private final Source source;
    private final Findings findings;
    private final Members members;
    private final Typer typer;
    private final TypeElement model;
    private final Target target;
    private final Set<TypeRef> builders;

    Copies(
            Source source,
            Findings findings,
            Members members,
            Typer typer,
            Target target,
            Set<TypeRef> builders) {
        this.source = source;
        this.findings = findings;
        this.members = members;
        this.typer = typer;
        this.model = target.model();
        this.target = target;
        this.builders = builders;
    }

    /**
     * Chooses the nested types to copy.
     *
     * @param inSignatures types in the constructors' parameters: they stay if they can
     */
    Set<TypeRef> choose(Set<TypeRef> inSignatures) {
        List<TypeElement> nested = ElementFilter.typesIn(model.getEnclosedElements());
        Set<TypeRef> copied = new LinkedHashSet<>();
        copied.add(TypeRef.of(model)); // what mentions the model means the copy
        int before;
        do {
            before = copied.size();
            for (TypeElement type : nested) {
                TypeRef reference = TypeRef.of(type);
                if (mustMove(type)
                        || (!inSignatures.contains(reference) && mentions(type, copied))) {
                    copied.add(reference);
                }
            }
        } while (copied.size() > before);
        copied.remove(TypeRef.of(model));
        return copied;
    }

    private boolean mustMove(TypeElement type) {
        Set<Modifier> modifiers = type.getModifiers();
        boolean isInner =
                type.getKind() == ElementKind.CLASS && !modifiers.contains(Modifier.STATIC);
        return !target.reaches(type)
                || isInner
                || typer.isBlock(type)
                || builders.contains(TypeRef.of(type))
                || findings.facts.stream()
                        .filter(located -> !isOnlyNamed(located.fact()))
                        .anyMatch(located -> isInside(type, located.offset()))
                || opensItself(type);
    }

    /** A layer of DJL that is named looks the same from everywhere, a block of the user's not. */
    private static boolean isOnlyNamed(Fact fact) {
        return fact instanceof Fact.OutOfReach
                || fact instanceof Fact.Mentioned mentioned && mentioned.type().isOfDjl();
    }

    /** Whether the rest of the body uses members of a nested type that are not for all. */
    private boolean opensItself(TypeElement type) {
        return type.getEnclosedElements().stream()
                .filter(member -> !target.reaches(member))
                .anyMatch(member -> isUsedOutside(type, member));
    }

    private boolean isUsedOutside(TypeElement type, Element member) {
        if (member.getKind() == ElementKind.CONSTRUCTOR) {
            return findings.constructed.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(TypeRef.of(type)))
                    .anyMatch(entry -> !isInside(type, entry.getKey()));
        }
        boolean isMethod = member.getKind() == ElementKind.METHOD;
        return findings.selections.stream()
                .filter(selection -> selection.isCall() == isMethod)
                .filter(
                        selection ->
                                selection.receiver() == null
                                        || selection.receiver().equals(TypeRef.of(type)))
                .filter(selection -> member.getSimpleName().contentEquals(selection.name()))
                .anyMatch(selection -> !isInside(type, selection.offset()));
    }

    private boolean mentions(TypeElement type, Set<TypeRef> copied) {
        return findings.mentions.entrySet().stream()
                .filter(mention -> isInside(type, mention.getKey()))
                .map(mention -> child(mention.getValue()))
                .anyMatch(mention -> !mention.equals(TypeRef.of(type)) && copied.contains(mention));
    }

    /** The directly nested type that a name leads to. */
    private TypeRef child(TypeRef type) {
        int depth = Math.min(2, type.names().size());
        return new TypeRef(type.packageName(), type.names().subList(0, depth));
    }

    private boolean isInside(TypeElement type, int offset) {
        ClassTree tree = members.nested(type.getSimpleName().toString()).orElse(null);
        return tree != null && source.start(tree) <= offset && offset < source.end(tree);
    }
}
