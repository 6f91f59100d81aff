/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Finds final fields that are set outside of constructors and initialisers, or nowhere. */
final class FinalFields {

    private final Findings findings;
    private final Typer typer;
    private final Scope scope;

    /** The final fields of the classes around, from the innermost. */
    private final Deque<Fields> classes = new ArrayDeque<>();

    /** Final fields without and with a value where they are declared. */
    private record Fields(Map<String, Tree> blank, Set<String> given) {}

    FinalFields(Findings findings, Typer typer, Scope scope) {
        this.findings = findings;
        this.typer = typer;
        this.scope = scope;
    }

    /** Whether a constructor or initialiser may end by an exception, or never. */
    private static boolean mayNotComplete(ClassTree node) {
        boolean[] found = {false};
        OwnCode endings =
                new OwnCode() {
                    @Override
                    public Void visitThrow(ThrowTree tree, Void unused) {
                        found[0] = true;
                        return null;
                    }

                    @Override
                    public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
                        found[0] = true;
                        return null;
                    }

                    @Override
                    public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
                        found[0] = true;
                        return null;
                    }

                    @Override
                    public Void visitForLoop(ForLoopTree tree, Void unused) {
                        found[0] |= tree.getCondition() == null || tree.getUpdate().isEmpty();
                        return super.visitForLoop(tree, null);
                    }
                };
        for (Tree member : node.getMembers()) {
            boolean isConstruction =
                    member instanceof BlockTree
                            || member instanceof MethodTree method
                                    && method.getName().contentEquals("<init>");
            if (isConstruction) {
                endings.scan(member, null);
            }
        }
        return found[0];
    }

    void enterClass(ClassTree node) {
        Fields fields = new Fields(new HashMap<>(), new HashSet<>());
        classes.push(fields);
        if (node.getKind() != Tree.Kind.CLASS && node.getKind() != Tree.Kind.ENUM) {
            return; // the fields of records and interfaces have values
        }
        for (Tree member : node.getMembers()) {
            if (member instanceof VariableTree field
                    && field.getModifiers().getFlags().contains(Modifier.FINAL)) {
                String name = field.getName().toString();
                if (field.getInitializer() == null) {
                    fields.blank().put(name, field);
                } else {
                    fields.given().add(name);
                }
            }
        }
        if (!fields.blank().isEmpty() && mayNotComplete(node)) {
            fields.blank().clear(); // no value is needed then
        }
        for (AnnotationTree annotation : node.getModifiers().getAnnotations()) {
            if (isForeign(annotation)) {
                fields.blank().clear(); // it may add constructors
            }
        }
    }

    private boolean isForeign(AnnotationTree annotation) {
        return typer.named(annotation.getAnnotationType())
                .map(type -> type.getQualifiedName().toString())
                .filter(name -> name.startsWith("java.lang.") || name.startsWith("dev.polyphony."))
                .isEmpty();
    }

    void leaveClass() {
        classes.pop().blank().values().forEach(findings::mistake);
    }

    /**
     * Something that is set.
     *
     * @param isConstruction whether it is in a constructor or initialiser
     */
    void changed(ExpressionTree node, boolean isConstruction) {
        String name = null;
        Optional<VariableElement> field = Optional.empty();
        if (node instanceof IdentifierTree identifier) {
            name = identifier.getName().toString();
            field = scope.field(name);
        } else if (node instanceof MemberSelectTree select
                && Imports.flatten(select.getExpression()).equals(List.of("this"))) {
            name = select.getIdentifier().toString();
            String selected = name;
            field = scope.innermostClass().flatMap(type -> scope.field(type, selected));
        } else {
            return;
        }
        for (Fields fields : classes) {
            fields.blank().remove(name);
        }
        if (field.filter(one -> isWrong(one, isConstruction)).isPresent()) {
            findings.mistake(node);
        }
    }

    private boolean isWrong(VariableElement field, boolean isConstruction) {
        Optional<TypeElement> here = scope.innermostClass();
        return field.getModifiers().contains(Modifier.FINAL)
                && (!isConstruction
                        || classes.element().given().contains(field.getSimpleName().toString())
                        || here.filter(type -> !type.equals(field.getEnclosingElement()))
                                .isPresent());
    }
}
