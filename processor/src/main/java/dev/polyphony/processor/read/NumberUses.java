/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * Finds where arrays meet numbers in operations whose backward pass reads the number, which DJL's
 * engine may have freed by then: calls with an argument that is certainly a number, references to
 * them that certainly take one, and activations of DJL's that make such calls.
 */
final class NumberUses {

    private static final Set<String> OPERATIONS =
            Set.of(
                    "mul",
                    "muli",
                    "div",
                    "divi",
                    "pow",
                    "powi",
                    "maximum",
                    "minimum",
                    "scaleGradient");
    private static final Set<String> ACTIVATIONS =
            Set.of("relu6", "relu6Block", "swish", "swishBlock");
    private static final Set<String> BOXES =
            Set.of("Number", "Byte", "Short", "Integer", "Long", "Float", "Double");
    private static final TypeRef ARRAY = TypeRef.of("ai.djl.ndarray", "NDArray");
    private static final TypeRef ARRAYS = TypeRef.of("ai.djl.ndarray", "NDArrays");
    private static final TypeRef ACTIVATION = TypeRef.of("ai.djl.nn", "Activation");

    private final Source source;
    private final Findings findings;
    private final Typer typer;

    NumberUses(Source source, Findings findings, Typer typer) {
        this.source = source;
        this.findings = findings;
        this.typer = typer;
    }

    void called(MethodInvocationTree node) {
        if (!(node.getMethodSelect() instanceof MemberSelectTree select)) {
            return;
        }
        String name = select.getIdentifier().toString();
        if (OPERATIONS.contains(name)) {
            Optional<TypeRef> receiver = typer.receiver(select).map(TypeRef::of);
            List<? extends ExpressionTree> arguments = node.getArguments();
            int expected = receiver.filter(ARRAYS::equals).isPresent() ? 2 : 1;
            boolean isOfArrays = receiver.filter(type -> !isOfArrays(type)).isEmpty();
            if (isOfArrays
                    && arguments.size() == expected
                    && arguments.stream().anyMatch(this::isNumber)) {
                findings.add(node, new Fact.NumberUse(name, false, source.place(node)));
            }
        } else {
            activation(node, select.getExpression(), name);
        }
    }

    /** A value for which a type is written: a reference to an operation may be one with numbers. */
    void given(Tree type, ExpressionTree value) {
        if (value instanceof MemberReferenceTree reference
                && type instanceof ParameterizedTypeTree generic
                && generic.getTypeArguments().stream().anyMatch(this::isBox)) {
            ofNumbers(reference);
        }
    }

    private boolean isBox(Tree type) {
        return isNumber(typer.erased(typer.named(type)));
    }

    /** The arguments of a method. */
    void given(ExecutableElement method, List<? extends ExpressionTree> values) {
        int count = Math.min(values.size(), method.getParameters().size());
        for (int i = 0; i < count; i++) {
            if (values.get(i) instanceof MemberReferenceTree reference
                    && method.getParameters().get(i).asType() instanceof DeclaredType type
                    && type.getTypeArguments().stream().anyMatch(this::isNumber)) {
                ofNumbers(reference);
            }
        }
    }

    private void ofNumbers(MemberReferenceTree node) {
        String name = node.getName().toString();
        ExpressionTree qualifier = node.getQualifierExpression();
        Optional<TypeElement> named = typer.namedUnlessVariable(qualifier);
        Optional<TypeElement> owner =
                named.isPresent() ? named : typer.declared(typer.typeOf(qualifier));
        boolean isOfArrays = owner.map(TypeRef::of).filter(type -> !isOfArrays(type)).isEmpty();
        if (OPERATIONS.contains(name) && isOfArrays) {
            findings.add(node, new Fact.NumberUse(name, false, source.place(node)));
        }
    }

    void referenced(MemberReferenceTree node) {
        activation(node, node.getQualifierExpression(), node.getName().toString());
    }

    private void activation(Tree node, ExpressionTree owner, String name) {
        boolean isMeant =
                ACTIVATIONS.contains(name)
                        && typer.namedUnlessVariable(owner)
                                .map(TypeRef::of)
                                .filter(ACTIVATION::equals)
                                .isPresent();
        if (isMeant) {
            findings.replace(owner, new Piece.ActivationTwin());
            String what = ACTIVATION.simpleName() + "." + name;
            findings.add(node, new Fact.NumberUse(what, true, source.place(node)));
        }
    }

    private static boolean isOfArrays(TypeRef type) {
        return type.equals(ARRAY) || type.equals(ARRAYS);
    }

    /** Whether an expression is a number for certain; arrays have no operators. */
    private boolean isNumber(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
            return isNumber(inner.getExpression());
        }
        if (node instanceof TypeCastTree cast) {
            return cast.getType() instanceof PrimitiveTypeTree || isNumber(typer.typeOf(cast));
        }
        if (node instanceof ConditionalExpressionTree choice) {
            return isNumber(choice.getTrueExpression()) || isNumber(choice.getFalseExpression());
        }
        if (node instanceof LiteralTree literal) {
            return literal.getValue() instanceof Number;
        }
        return node instanceof UnaryTree
                || node instanceof BinaryTree
                || isNumber(typer.typeOf(node));
    }

    private boolean isNumber(TypeMirror type) {
        if (type == null) {
            return false;
        }
        Optional<TypeElement> declared = typer.declared(type);
        return type.getKind().isPrimitive()
                || declared.map(TypeRef::of)
                        .filter(box -> box.packageName().equals("java.lang"))
                        .filter(box -> BOXES.contains(box.simpleName()))
                        .isPresent();
    }
}
