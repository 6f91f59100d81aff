/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Erased types of expressions where the compiler cannot come to another one. Unlike {@link Typer}
 * it never guesses: not among overloads, and not what a type variable stands for.
 */
final class CertainTypes {

    private final Elements elements;
    private final Types types;
    private final Typer typer;
    private final Imports imports;
    private final Scope scope;

    /** The types that variables of a name are declared with, anywhere in the file. */
    private final Map<String, Set<String>> declarations = new HashMap<>();

    private final Map<Tree, Optional<TypeMirror>> known = new IdentityHashMap<>();
    private final Map<Tree, Optional<TypeElement>> receivers = new IdentityHashMap<>();
    private final Map<TypeElement, Boolean> whole = new HashMap<>();

    CertainTypes(
            Source source,
            Elements elements,
            Types types,
            Typer typer,
            Imports imports,
            Scope scope) {
        this.elements = elements;
        this.types = types;
        this.typer = typer;
        this.imports = imports;
        this.scope = scope;
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree node, Void unused) {
                declarations
                        .computeIfAbsent(node.getName().toString(), name -> new HashSet<>())
                        .add(node.getType() == null ? "" : source.slice(node.getType()));
                return super.visitVariable(node, null);
            }
        }.scan(source.unit(), null);
    }

    /** The class on which a member is selected, if all its members are known. */
    Optional<TypeElement> receiver(ExpressionTree node) {
        Optional<TypeElement> type = receivers.get(node);
        if (type == null) {
            type = typer.namedUnlessVariable(node);
            if (type.isEmpty()) {
                type = typer.declared(of(node).orElse(null));
            }
            if (type.isPresent() && !isWhole(type.get())) {
                type = Optional.empty();
            }
            receivers.put(node, type);
        }
        return type;
    }

    /** The type of an expression: of a class, or primitive. */
    Optional<TypeMirror> of(ExpressionTree node) {
        Optional<TypeMirror> type = known.get(node);
        if (type == null) {
            type = find(node);
            boolean isPlain = type.isPresent() && isPlain(type.get());
            type = isPlain ? Optional.of(types.erasure(type.get())) : Optional.empty();
            known.put(node, type);
        }
        return type;
    }

    private Optional<TypeMirror> find(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
            return of(inner.getExpression());
        } else if (node instanceof LiteralTree literal) {
            return literal(literal.getKind());
        } else if (node instanceof IdentifierTree identifier) {
            return variable(identifier.getName().toString());
        } else if (node instanceof NewClassTree made) {
            return made.getClassBody() != null || made.getEnclosingExpression() != null
                    ? Optional.empty()
                    : type(typer.named(made.getIdentifier()));
        } else if (node instanceof TypeCastTree cast) {
            return Optional.ofNullable(typer.declaredAs(cast.getType()));
        } else if (node instanceof MethodInvocationTree call) {
            Optional<TypeElement> owner = owner(call.getMethodSelect());
            return owner.isPresent()
                    ? returned(owner.get(), call, name(call.getMethodSelect()))
                    : Optional.empty();
        } else if (node instanceof BinaryTree binary) {
            return operation(binary);
        }
        return Optional.empty();
    }

    private static Optional<TypeMirror> type(Optional<TypeElement> type) {
        return type.isPresent() ? Optional.of(type.get().asType()) : Optional.empty();
    }

    /** The class that has the method of a call. */
    private Optional<TypeElement> owner(ExpressionTree method) {
        if (method instanceof MemberSelectTree select) {
            return receiver(select.getExpression());
        }
        for (TypeElement one : scope.allClasses()) {
            if (!isWhole(one)) {
                return Optional.empty();
            }
            if (!typer.methods(one, name(method)).isEmpty()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static String name(ExpressionTree method) {
        return method instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : method instanceof IdentifierTree identifier
                        ? identifier.getName().toString()
                        : "";
    }

    /** The methods that a call may mean; none if they are not known. */
    List<ExecutableElement> methods(MethodInvocationTree call) {
        Optional<TypeElement> owner = owner(call.getMethodSelect());
        return owner.isEmpty()
                ? List.of()
                : typer.methods(
                        owner.get(), name(call.getMethodSelect()), call.getArguments().size());
    }

    /** Whether a call certainly returns nothing. */
    boolean isVoid(MethodInvocationTree call) {
        List<ExecutableElement> methods = methods(call);
        return !methods.isEmpty()
                && methods.stream().allMatch(one -> one.getReturnType().getKind() == TypeKind.VOID);
    }

    private Optional<TypeMirror> operation(BinaryTree node) {
        switch (node.getKind()) {
            case LESS_THAN,
                    LESS_THAN_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_EQUAL,
                    EQUAL_TO,
                    NOT_EQUAL_TO,
                    CONDITIONAL_AND,
                    CONDITIONAL_OR -> {
                return Optional.of(types.getPrimitiveType(TypeKind.BOOLEAN));
            }
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> {
                Optional<TypeMirror> left = of(node.getLeftOperand());
                Optional<TypeMirror> right = of(node.getRightOperand());
                if (node.getKind() == Tree.Kind.PLUS) {
                    Optional<TypeMirror> text = left.filter(this::isString);
                    text = text.isPresent() ? text : right.filter(this::isString);
                    if (text.isPresent()) {
                        return text;
                    }
                }
                return left.isPresent() && right.isPresent()
                        ? promoted(left.get().getKind(), right.get().getKind())
                        : Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private boolean isString(TypeMirror type) {
        Optional<TypeElement> declared = typer.declared(type);
        return declared.isPresent()
                && declared.get().getQualifiedName().contentEquals("java.lang.String");
    }

    /** Binary numeric promotion (JLS 5.6) of primitive operands. */
    private Optional<TypeMirror> promoted(TypeKind left, TypeKind right) {
        if (!isNumber(left) || !isNumber(right)) {
            return Optional.empty();
        }
        for (TypeKind kind : List.of(TypeKind.DOUBLE, TypeKind.FLOAT, TypeKind.LONG)) {
            if (left == kind || right == kind) {
                return Optional.of(types.getPrimitiveType(kind));
            }
        }
        return Optional.of(types.getPrimitiveType(TypeKind.INT));
    }

    private static boolean isNumber(TypeKind kind) {
        return kind.isPrimitive() && kind != TypeKind.BOOLEAN;
    }

    private static boolean isPlain(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED || type.getKind().isPrimitive();
    }

    private Optional<TypeMirror> literal(Tree.Kind kind) {
        return switch (kind) {
            case STRING_LITERAL ->
                    Optional.of(elements.getTypeElement("java.lang.String").asType());
            case INT_LITERAL -> Optional.of(types.getPrimitiveType(TypeKind.INT));
            case LONG_LITERAL -> Optional.of(types.getPrimitiveType(TypeKind.LONG));
            case FLOAT_LITERAL -> Optional.of(types.getPrimitiveType(TypeKind.FLOAT));
            case DOUBLE_LITERAL -> Optional.of(types.getPrimitiveType(TypeKind.DOUBLE));
            case BOOLEAN_LITERAL -> Optional.of(types.getPrimitiveType(TypeKind.BOOLEAN));
            case CHAR_LITERAL -> Optional.of(types.getPrimitiveType(TypeKind.CHAR));
            default -> Optional.empty();
        };
    }

    /** Of a name that means variables of several types, it depends on flow which one it is. */
    private Optional<TypeMirror> variable(String name) {
        if (name.equals("this")) {
            return type(scope.innermostClass());
        }
        Set<String> declared = declarations.getOrDefault(name, Set.of(""));
        Optional<Meaning.Variable> variable =
                declared.size() > 1 || declared.contains("")
                        ? Optional.empty()
                        : scope.variable(name);
        return variable.isPresent() ? Optional.ofNullable(variable.get().type()) : Optional.empty();
    }

    private Optional<TypeMirror> returned(
            TypeElement type, MethodInvocationTree call, String name) {
        TypeMirror common = null;
        for (ExecutableElement method : typer.methods(type, name, call.getArguments().size())) {
            TypeMirror member = types.asMemberOf((DeclaredType) type.asType(), method);
            TypeMirror one = ((ExecutableType) member).getReturnType();
            if (!isPlain(one) || common != null && !isSame(one, common)) {
                return Optional.empty();
            }
            common = one;
        }
        return Optional.ofNullable(common);
    }

    private boolean isSame(TypeMirror one, TypeMirror other) {
        return types.isSameType(types.erasure(one), types.erasure(other));
    }

    /**
     * Whether all of a class is there: not some of it missing so far, or left from an earlier
     * compilation.
     */
    boolean isWhole(TypeElement type) {
        Boolean isKnown = whole.get(type);
        if (isKnown == null) {
            isKnown = !imports.isUpcoming(type) && isWhole(type.getSuperclass());
            for (TypeMirror supertype : type.getInterfaces()) {
                isKnown = isKnown && isWhole(supertype);
            }
            whole.put(type, isKnown);
        }
        return isKnown;
    }

    private boolean isWholeOrPlain(TypeMirror type) {
        Optional<TypeElement> declared = typer.declared(type);
        return declared.isEmpty() || isWhole(declared.get());
    }

    private boolean isWhole(TypeMirror supertype) {
        return supertype.getKind() == TypeKind.NONE
                || supertype.getKind() == TypeKind.DECLARED
                        && isWhole((TypeElement) ((DeclaredType) supertype).asElement());
    }

    /** Whether a method or constructor can take arguments, as far as they are known. */
    boolean takes(ExecutableElement method, List<? extends ExpressionTree> arguments) {
        int parameters = method.getParameters().size();
        if (method.isVarArgs()) {
            return arguments.size() >= parameters - 1;
        }
        if (arguments.size() != parameters) {
            return false;
        }
        for (int i = 0; i < parameters; i++) {
            TypeMirror parameter = method.getParameters().get(i).asType();
            if (!takes(parameter, of(arguments.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a variable of a type can take a value, if its type is known. */
    boolean takes(TypeMirror parameter, Optional<TypeMirror> argument) {
        return argument.isEmpty()
                || parameter.getKind() == TypeKind.ERROR
                || !isWholeOrPlain(argument.get())
                || types.isAssignable(argument.get(), types.erasure(parameter));
    }
}
