/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/**
 * Static fields of the model. A copy of one would be a second variable, which never sees what is
 * written to the first. So the copy of the body uses the model's own where it can: fields that it
 * can reach, unless they hold layers or types that are copied, or are labels of a switch. Constants
 * may be copied; a variable that can be neither used nor copied is reported.
 */
final class StaticFields {

    private final Source source;
    private final Findings findings;
    private final Members members;
    private final Neighbours neighbours;
    private final TypeRef model;
    private final Target target;
    private final Set<TypeRef> copied;

    StaticFields(
            Source source,
            Findings findings,
            Members members,
            Neighbours neighbours,
            Target target,
            Set<TypeRef> copied) {
        this.source = source;
        this.findings = findings;
        this.members = members;
        this.neighbours = neighbours;
        this.model = TypeRef.of(target.model());
        this.target = target;
        this.copied = copied;
    }

    /** Edits the fields and their uses, and reports those that have no meaning in a copy. */
    void edit() {
        for (List<VariableTree> declaration : declarations()) {
            if (declaration.stream().allMatch(this::isShareable)) {
                declaration.forEach(field -> use(field.getName().toString()));
                members.removeAll(declaration);
            } else {
                declaration.stream().filter(this::isState).forEach(this::report);
            }
        }
        for (ClassTree nested : members.of(ClassTree.class)) {
            if (copied.contains(model.nested(nested.getSimpleName().toString()))) {
                reportStates(nested);
            }
        }
        copied.stream().flatMap(type -> neighbours.tree(type).stream()).forEach(this::reportStates);
    }

    /** The static fields, those of one declaration together. */
    private List<List<VariableTree>> declarations() {
        Map<Integer, List<VariableTree>> byStart = new LinkedHashMap<>();
        for (VariableTree field : members.of(VariableTree.class)) {
            if (has(field, Modifier.STATIC)) {
                byStart.computeIfAbsent(source.start(field), start -> new ArrayList<>()).add(field);
            }
        }
        return List.copyOf(byStart.values());
    }

    private boolean isShareable(VariableTree field) {
        boolean isSetElsewhere = isSetInInitializer(field);
        return target.reaches(field.getModifiers().getFlags())
                && !isSetElsewhere
                && !findings.labels.contains(field.getName().toString())
                && findings.facts.stream().noneMatch(located -> isIn(field, located.offset()))
                && !mentions(field, this::isPartOfCopy);
    }

    private boolean isPartOfCopy(TypeRef type) {
        return type.equals(model) || copied.stream().anyMatch(one -> one.isAround(type));
    }

    /** A static initializer is copied, and would set the model's own field once more. */
    private boolean isSetInInitializer(VariableTree field) {
        String name = field.getName().toString();
        return field.getInitializer() == null && has(field, Modifier.FINAL)
                || members.of(BlockTree.class).stream()
                        .filter(BlockTree::isStatic)
                        .anyMatch(
                                block ->
                                        findings.fieldUses.entrySet().stream()
                                                .filter(use -> use.getValue().name().equals(name))
                                                .anyMatch(use -> isIn(block, use.getKey())));
    }

    /** Whether the field changes: itself, or as a collection of models. */
    private boolean isState(VariableTree field) {
        boolean holdsModels =
                target.reaches(field.getModifiers().getFlags())
                        && source.slice(field.getType()).contains("<")
                        && mentions(field.getType(), model::equals);
        return !has(field, Modifier.FINAL) || holdsModels;
    }

    private boolean mentions(Tree tree, Predicate<TypeRef> types) {
        return findings.mentions.entrySet().stream()
                .anyMatch(
                        mention -> isIn(tree, mention.getKey()) && types.test(mention.getValue()));
    }

    private boolean isIn(Tree tree, int offset) {
        return source.start(tree) <= offset && offset < source.end(tree);
    }

    private void use(String name) {
        findings.fieldUses.forEach(
                (start, use) -> {
                    if (use.name().equals(name)) {
                        findings.edits.subMap(start, use.end()).clear();
                        findings.replace(start, use.end(), new Piece.ModelField(name));
                    }
                });
    }

    private void reportStates(ClassTree nested) {
        for (Tree member : nested.getMembers()) {
            if (member instanceof VariableTree field
                    && has(field, Modifier.STATIC)
                    && !has(field, Modifier.FINAL)
                    && source.end(field) > source.start(field)) {
                report(field);
            } else if (member instanceof ClassTree inner) {
                reportStates(inner);
            }
        }
    }

    private void report(VariableTree field) {
        String name = field.getName().toString();
        boolean isFinal = has(field, Modifier.FINAL);
        findings.add(field, new Fact.StaticState(name, isFinal, source.place(field)));
    }

    private static boolean has(VariableTree field, Modifier modifier) {
        return field.getModifiers().getFlags().contains(modifier);
    }
}
