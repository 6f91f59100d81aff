/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/**
 * Tells whether an expression gives the same in a lambda, however often that is called: it is made
 * of constants and of variables that never change.
 */
final class Repeatable {

    /** Classes whose static methods give the same for the same. */
    private static final Set<String> FUNCTIONS = Set.of("java.lang.Math", "java.util.List");

    /** Packages of what is made of values, and holds nothing else. */
    private static final List<String> VALUES =
            List.of("ai.djl.ndarray.types.", "ai.djl.training.initializer.");

    private final Source source;
    private final Typer typer;
    private final Scope scope;
    private final Map<Tree, Set<String>> assigned = new IdentityHashMap<>();

    Repeatable(Source source, Typer typer, Scope scope) {
        this.source = source;
        this.typer = typer;
        this.scope = scope;
    }

    boolean test(ExpressionTree node) {
        if (node instanceof LiteralTree
                || node instanceof LambdaExpressionTree
                || node instanceof MemberReferenceTree) {
            return true;
        } else if (node instanceof IdentifierTree name) {
            return isFixed(name);
        } else if (node instanceof MemberSelectTree select) {
            return isFixed(select);
        } else if (node instanceof ParenthesizedTree inner) {
            return test(inner.getExpression());
        } else if (node instanceof TypeCastTree cast) {
            return test(cast.getExpression());
        } else if (node instanceof UnaryTree unary) {
            return !Assignments.STEPS.contains(node.getKind()) && test(unary.getExpression());
        } else if (node instanceof BinaryTree binary) {
            return test(binary.getLeftOperand()) && test(binary.getRightOperand());
        } else if (node instanceof ConditionalExpressionTree choice) {
            return test(choice.getCondition())
                    && test(choice.getTrueExpression())
                    && test(choice.getFalseExpression());
        } else if (node instanceof ArrayAccessTree element) {
            return test(element.getExpression()) && test(element.getIndex());
        } else if (node instanceof NewClassTree made) {
            return made.getClassBody() == null
                    && typer.named(made.getIdentifier()).filter(Repeatable::isValue).isPresent()
                    && made.getArguments().stream().allMatch(this::test);
        }
        return node instanceof MethodInvocationTree call
                && call.getMethodSelect() instanceof MemberSelectTree select
                && isFunction(select)
                && call.getArguments().stream().allMatch(this::test);
    }

    private static boolean isValue(TypeElement type) {
        return VALUES.stream().anyMatch(type.getQualifiedName().toString()::startsWith);
    }

    /** A method of mathematics, or what a record holds. */
    private boolean isFunction(MemberSelectTree select) {
        Optional<TypeElement> named = typer.namedUnlessVariable(select.getExpression());
        if (named.isPresent()) {
            return FUNCTIONS.contains(named.get().getQualifiedName().toString())
                    && !select.getIdentifier().contentEquals("random");
        }
        return typer.receiver(select)
                        .flatMap(type -> member(type, select, ElementKind.RECORD_COMPONENT))
                        .isPresent()
                && test(select.getExpression());
    }

    /** A variable: as a field it is final, else nothing assigns it. */
    private boolean isFixed(IdentifierTree node) {
        String name = node.getName().toString();
        Optional<VariableElement> field = scope.field(name);
        return field.isPresent()
                ? field.get().getModifiers().contains(Modifier.FINAL)
                : scope.isLocal(name) && !assigned(node).contains(name);
    }

    private boolean isFixed(MemberSelectTree node) {
        ExpressionTree owner = node.getExpression();
        if (node.getIdentifier().contentEquals("length") && typer.receiver(node).isEmpty()) {
            return test(owner);
        }
        boolean isThis = BlockUses.isSelf(owner);
        Optional<TypeElement> type = isThis ? scope.innermostClass() : typer.receiver(node);
        Optional<Element> field =
                type.flatMap(
                        one ->
                                member(one, node, ElementKind.FIELD)
                                        .or(() -> member(one, node, ElementKind.ENUM_CONSTANT)));
        return field.filter(one -> one.getModifiers().contains(Modifier.FINAL)).isPresent()
                && (isThis || typer.namedUnlessVariable(owner).isPresent() || test(owner));
    }

    private static Optional<Element> member(
            TypeElement type, MemberSelectTree select, ElementKind kind) {
        for (Element member : type.getEnclosedElements()) {
            if (member.getKind() == kind && member.getSimpleName().equals(select.getIdentifier())) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** The names of variables that the method around a name assigns. */
    private Set<String> assigned(IdentifierTree node) {
        Tree member = memberAround(source.start(node), source.tree());
        return assigned.computeIfAbsent(member, Assignments::ofSimpleNames);
    }

    private Tree memberAround(int offset, ClassTree type) {
        for (Tree member : type.getMembers()) {
            if (source.start(member) <= offset && offset < source.end(member)) {
                return member instanceof ClassTree nested ? memberAround(offset, nested) : member;
            }
        }
        return type;
    }
}
