/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Decides which of the nested types go with the copy of the body, and which of the other classes of
 * the file. The others stay what they are, so that callers can use them with the generated network
 * as well.
 */
final class Copies {

    private final Source source;
    private final Findings findings;
    private final Members members;
    private final Neighbours neighbours;
    private final Typer typer;
    private final TypeElement model;
    private final Target target;
    private final Set<TypeRef> builders;

    /** Types in the signatures of entry points and of builders. */
    private final Set<TypeRef> inEntries = new HashSet<>();

    Copies(
            Source source,
            Findings findings,
            Members members,
            Neighbours neighbours,
            Typer typer,
            Target target,
            List<EntryPoint> entries) {
        this.source = source;
        this.findings = findings;
        this.members = members;
        this.neighbours = neighbours;
        this.typer = typer;
        this.model = target.model();
        this.target = target;
        this.builders =
                entries.stream()
                        .filter(entry -> !entry.isStatic())
                        .map(entry -> TypeRef.of(entry.owner()))
                        .collect(Collectors.toSet());
        for (EntryPoint entry : entries) {
            List<ExecutableElement> methods =
                    entry.isStatic()
                            ? List.of(entry.method())
                            : ElementFilter.methodsIn(entry.owner().getEnclosedElements());
            methods.stream()
                    .filter(target::reaches)
                    .flatMap(method -> Signature.of(method).types().stream())
                    .map(TypeRef::of)
                    .forEach(inEntries::add);
        }
    }

    /**
     * Chooses the types to copy.
     *
     * @param inSignatures types in the constructors' parameters: they stay if they can
     */
    Set<TypeRef> choose(Set<TypeRef> inSignatures) {
        List<TypeElement> types =
                new ArrayList<>(ElementFilter.typesIn(model.getEnclosedElements()));
        types.addAll(neighbours.all());
        Set<TypeRef> copied = new LinkedHashSet<>();
        copied.add(TypeRef.of(model)); // what mentions the model means the copy
        int before;
        do {
            before = copied.size();
            for (TypeElement type : types) {
                TypeRef reference = TypeRef.of(type);
                if (mustMove(type)
                        || (!inSignatures.contains(reference)
                                && (mentions(type, copied) || canMove(type)))) {
                    copied.add(reference);
                }
            }
        } while (copied.size() > before);
        copied.remove(TypeRef.of(model));
        Set<TypeRef> used = usedNeighbours();
        copied.removeIf(type -> neighbours.contain(type) && !used.contains(type));
        return copied;
    }

    /** The classes beside the model that it uses, or that one of these uses. */
    private Set<TypeRef> usedNeighbours() {
        Set<TypeRef> used = new LinkedHashSet<>();
        model.getInterfaces().stream()
                .flatMap(type -> Signature.of(type).stream())
                .map(TypeRef::of)
                .filter(neighbours::contain)
                .map(TypeRef::outermost)
                .forEach(used::add);
        int before;
        do {
            before = used.size();
            findings.mentions.forEach(
                    (offset, type) -> {
                        boolean isUsed =
                                isIn(source.tree(), offset)
                                        || used.stream()
                                                .flatMap(one -> neighbours.tree(one).stream())
                                                .anyMatch(tree -> isIn(tree, offset));
                        if (isUsed && neighbours.contain(type)) {
                            used.add(type.outermost());
                        }
                    });
        } while (used.size() > before);
        return used;
    }

    /**
     * Whether a class beside the model means the same as a copy. Then it is copied, though it need
     * not be: compilers warn of the use of such classes in other files.
     */
    private boolean canMove(TypeElement type) {
        return neighbours.contain(TypeRef.of(type))
                && !inEntries.contains(TypeRef.of(type))
                && !hasState(type)
                && !neighbours.isShared(type, findings.mentions.values());
    }

    private static boolean hasState(TypeElement type) {
        return type.getEnclosedElements().stream()
                .anyMatch(
                        member ->
                                member instanceof TypeElement nested
                                        ? hasState(nested)
                                        : member.getKind() == ElementKind.FIELD
                                                && member.getModifiers().contains(Modifier.STATIC)
                                                && !member.getModifiers().contains(Modifier.FINAL));
    }

    private boolean mustMove(TypeElement type) {
        Set<Modifier> modifiers = type.getModifiers();
        boolean isInner =
                type.getKind() == ElementKind.CLASS
                        && type.getNestingKind() == NestingKind.MEMBER
                        && !modifiers.contains(Modifier.STATIC);
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

    /** The directly nested type that a name leads to, or the class beside the model. */
    private TypeRef child(TypeRef type) {
        int depth = neighbours.contain(type) ? 1 : Math.min(2, type.names().size());
        return new TypeRef(type.packageName(), type.names().subList(0, depth));
    }

    private boolean isInside(TypeElement type, int offset) {
        Optional<ClassTree> tree =
                type.getNestingKind() == NestingKind.MEMBER
                        ? members.nested(type.getSimpleName().toString())
                        : neighbours.tree(TypeRef.of(type));
        return tree.filter(found -> isIn(found, offset)).isPresent();
    }

    private boolean isIn(ClassTree tree, int offset) {
        return source.start(tree) <= offset && offset < source.end(tree);
    }
}
