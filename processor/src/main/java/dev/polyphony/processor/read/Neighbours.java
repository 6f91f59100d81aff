/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * The other top-level classes of the model's file. They can be copied as nested ones are; those
 * that carry annotations of ours have ensembles of their own, as classes of other files.
 */
final class Neighbours {

    private static final String ANNOTATIONS = "dev.polyphony";

    private final Source source;
    private final Elements types;
    private final Map<TypeRef, ClassTree> trees = new LinkedHashMap<>();
    private final Map<TypeRef, TypeElement> elements = new LinkedHashMap<>();

    Neighbours(Source source, TypeElement model, Elements types) {
        this.source = source;
        this.types = types;
        for (Tree declared : source.unit().getTypeDecls()) {
            if (declared instanceof ClassTree tree && tree != source.tree()) {
                TypeRef name = TypeRef.of(model).sibling(tree.getSimpleName().toString());
                TypeElement type = types.getTypeElement(name.qualifiedName());
                if (type != null && !isAnnotated(type)) {
                    trees.put(name, tree);
                    elements.put(name, type);
                }
            }
        }
    }

    private static boolean isAnnotated(TypeElement type) {
        return type.getAnnotationMirrors().stream()
                .map(annotation -> (TypeElement) annotation.getAnnotationType().asElement())
                .anyMatch(annotation -> TypeRef.of(annotation).packageName().equals(ANNOTATIONS));
    }

    Collection<TypeElement> all() {
        return elements.values();
    }

    /** Whether a class is one of them, or nested in one. */
    boolean contain(TypeRef type) {
        return trees.containsKey(type.outermost());
    }

    Optional<ClassTree> tree(TypeRef type) {
        return Optional.ofNullable(trees.get(type));
    }

    /** The file, with one of the classes in the place of the model. */
    Source source(TypeElement type) {
        return source.with(trees.get(TypeRef.of(type)));
    }

    /**
     * Whether a class of another file takes a class of this one or gives it: for its sake the class
     * stays what it is.
     *
     * @param type one of the classes
     * @param mentioned the classes that the file mentions
     */
    boolean isShared(TypeElement type, Collection<TypeRef> mentioned) {
        return mentioned.stream()
                .filter(other -> other.packageName().equals(TypeRef.of(type).packageName()))
                .map(TypeRef::outermost)
                .distinct()
                .filter(other -> !contain(other) && !other.simpleName().equals(modelName()))
                .flatMap(other -> Stream.ofNullable(types.getTypeElement(other.qualifiedName())))
                .anyMatch(other -> deals(other, type));
    }

    private String modelName() {
        return source.tree().getSimpleName().toString();
    }

    private static boolean deals(TypeElement other, TypeElement type) {
        return extendsOrImplements(other, type)
                || other.getEnclosedElements().stream()
                        .anyMatch(
                                member ->
                                        member instanceof TypeElement nested
                                                ? deals(nested, type)
                                                : mentions(member, type));
    }

    private static boolean extendsOrImplements(TypeElement other, TypeElement type) {
        return Stream.concat(Stream.of(other.getSuperclass()), other.getInterfaces().stream())
                .flatMap(one -> Signature.of(one).stream())
                .anyMatch(type::equals);
    }

    private static boolean mentions(Element member, TypeElement type) {
        return member instanceof ExecutableElement method
                ? Signature.of(method).types().contains(type)
                        || Signature.of(method.getReturnType()).contains(type)
                : Signature.of(member.asType()).contains(type);
    }

    /**
     * Makes a class a nested one.
     *
     * @param isPrivate whether it is for the ensemble alone
     */
    void nest(TypeRef type, boolean isPrivate, Findings findings) {
        ClassTree tree = trees.get(type);
        int start =
                tree.getModifiers().getAnnotations().stream()
                        .mapToInt(this::endOf)
                        .reduce(source.start(tree), Math::max);
        String modifiers =
                (isPrivate ? "private " : "")
                        + (tree.getKind() == Tree.Kind.CLASS ? "static " : "");
        findings.replace(start, start, new Piece.Text(modifiers));
    }

    private int endOf(AnnotationTree annotation) {
        return Comments.skip(source.text(), source.end(annotation), "");
    }

    /** Where the text of a class begins: with its Javadoc. */
    int start(TypeRef type) {
        int start = source.start(trees.get(type));
        int before =
                source.unit().getTypeDecls().stream()
                        .mapToInt(source::end)
                        .filter(end -> end <= start)
                        .reduce(0, Math::max);
        return Comments.documentation(source.text(), before, start)
                .map(Comments.Comment::start)
                .orElse(start);
    }

    int end(TypeRef type) {
        return source.end(trees.get(type));
    }
}
