/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The block classes of a file that add parameters of their own. Members of an ensemble can have
 * such a block each if nothing of it serves all of them, and nothing else of the file takes it for
 * more than a block.
 */
final class OwnParameters {

    private static final Set<String> PLAIN_BLOCKS =
            Set.of("ai.djl.nn.AbstractBlock", "ai.djl.nn.AbstractBaseBlock");
    private static final TypeRef PARAMETER = TypeRef.of("ai.djl.nn", "Parameter");
    private static final String ADD = "addParameter";

    private final Source source;
    private final Typer typer;
    private final TypeElement model;
    private final Set<TypeRef> inSignatures;
    private final Map<TypeRef, ClassTree> trees = new HashMap<>();
    private final Map<TypeRef, String> obstacles = new HashMap<>();

    /** Simple names of classes that are extended, and of those whose objects are asked for. */
    private final Set<String> extended = new HashSet<>();

    private final Set<String> asked = new HashSet<>();

    /**
     * Finds the classes.
     *
     * @param inSignatures types in the constructors' parameters, whose objects callers make
     */
    OwnParameters(
            Source source,
            Typer typer,
            TypeElement model,
            Neighbours neighbours,
            Set<TypeRef> inSignatures) {
        this.source = source;
        this.typer = typer;
        this.model = model;
        this.inSignatures = inSignatures;
        if (source.text().contains(ADD)) {
            add(source.tree(), model);
            for (TypeElement neighbour : neighbours.all()) {
                add(neighbours.source(neighbour).tree(), neighbour);
            }
            new Uses().scan(source.unit(), null);
        }
    }

    private void add(ClassTree tree, TypeElement type) {
        if (typer.isBlock(type) && new Calls(tree).names.contains(ADD)) {
            trees.put(TypeRef.of(type), tree);
        }
        for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
            for (Tree member : tree.getMembers()) {
                if (member instanceof ClassTree inner
                        && inner.getSimpleName().equals(nested.getSimpleName())) {
                    add(inner, nested);
                }
            }
        }
    }

    /** Whether each member can have a block of a class, which adds parameters. */
    boolean areApart(TypeElement type) {
        return trees.containsKey(TypeRef.of(type)) && obstacle(type).isEmpty();
    }

    /** The class, or the one around it, of which each member can have a block. */
    Optional<TypeElement> around(TypeElement type) {
        return areApart(type)
                ? Optional.of(type)
                : type.getEnclosingElement() instanceof TypeElement outer
                        ? around(outer)
                        : Optional.empty();
    }

    /** Whether an offset is in the code of a class, where it stays what it is. */
    boolean isInside(TypeElement type, int offset) {
        ClassTree tree = trees.get(TypeRef.of(type));
        return source.start(tree) <= offset && offset < source.end(tree);
    }

    /** Why members cannot have a block of a class each; empty if they can. */
    String obstacle(TypeElement type) {
        TypeRef reference = TypeRef.of(type);
        return obstacles.computeIfAbsent(reference, key -> findObstacle(type, trees.get(key)));
    }

    private String findObstacle(TypeElement type, ClassTree tree) {
        String name = type.getSimpleName().toString();
        boolean isNested = type.getNestingKind() == NestingKind.MEMBER;
        if (type.equals(model)) {
            return "it is the model itself";
        } else if (tree == null || isNested && !type.getModifiers().contains(Modifier.STATIC)) {
            return "it is no static class";
        } else if (!PLAIN_BLOCKS.contains(nameOf(type.getSuperclass()))) {
            return "it extends another class than AbstractBlock";
        } else if (!type.getInterfaces().isEmpty() || !type.getTypeParameters().isEmpty()) {
            return "it implements an interface or is generic";
        } else if (new Calls(tree).names.contains("addChildBlock") || takesBlocks(type)) {
            return "it has layers or other blocks";
        } else if (extended.contains(name)) {
            return "another class extends it";
        } else if (asked.contains(name)) {
            return "other code asks for its class";
        } else if (inSignatures.contains(TypeRef.of(type))) {
            return "callers of the constructor make it";
        }
        return "";
    }

    private static String nameOf(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
                : "";
    }

    /** Whether blocks or parameters come in from outside, or stand in fields. */
    private boolean takesBlocks(TypeElement type) {
        Stream<TypeElement> taken =
                ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .flatMap(one -> one.getParameters().stream())
                        .flatMap(one -> Signature.of(one.asType()).stream());
        return taken.anyMatch(one -> typer.isBlock(one) || TypeRef.of(one).equals(PARAMETER))
                || fields(type).anyMatch(typer::isBlock);
    }

    private static Stream<TypeElement> fields(TypeElement type) {
        List<VariableElement> fields = ElementFilter.fieldsIn(type.getEnclosedElements());
        return fields.stream().map(Element::asType).flatMap(one -> Signature.of(one).stream());
    }

    /** The methods that a class calls on itself. */
    private static final class Calls extends TreeScanner<Void, Void> {

        private final Set<String> names = new HashSet<>();

        Calls(ClassTree tree) {
            scan(tree.getMembers(), null);
        }

        /** Other classes call methods of their own. */
        @Override
        public Void visitClass(ClassTree node, Void unused) {
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
            ExpressionTree method = node.getMethodSelect();
            if (method instanceof IdentifierTree identifier) {
                names.add(identifier.getName().toString());
            } else if (method instanceof MemberSelectTree select && isSelf(select)) {
                names.add(select.getIdentifier().toString());
            }
            return super.visitMethodInvocation(node, null);
        }

        private static boolean isSelf(MemberSelectTree select) {
            return BlockUses.isSelf(select.getExpression());
        }
    }

    /** Notes what the file does with classes, by their simple names. */
    private final class Uses extends TreeScanner<Void, Void> {

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            add(node.getExtendsClause(), extended);
            return super.visitClass(node, null);
        }

        @Override
        public Void visitInstanceOf(InstanceOfTree node, Void unused) {
            add(node.getType(), asked);
            return super.visitInstanceOf(node, null);
        }

        @Override
        public Void visitBindingPattern(BindingPatternTree node, Void unused) {
            add(node.getVariable().getType(), asked);
            return super.visitBindingPattern(node, null);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree node, Void unused) {
            if (node.getIdentifier().contentEquals("class")) {
                add(node.getExpression(), asked);
            }
            return super.visitMemberSelect(node, null);
        }

        private void add(Tree type, Set<String> names) {
            if (type instanceof IdentifierTree identifier) {
                names.add(identifier.getName().toString());
            } else if (type instanceof MemberSelectTree select) {
                names.add(select.getIdentifier().toString());
            }
        }
    }
}
