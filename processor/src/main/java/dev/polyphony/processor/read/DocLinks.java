/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.DocReference;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * What comments refer to. The copy of a comment has no imports of its own: a layer that it names is
 * replaced in the code beside it, and fields and constructors of the model are not in the copy.
 */
final class DocLinks {

    private final Source source;
    private final Imports imports;
    private final Target target;
    private final TypeElement model;

    DocLinks(Source source, Imports imports, Target target) {
        this.source = source;
        this.imports = imports;
        this.target = target;
        this.model = target.model();
    }

    /** The constructor with the classes that its comment refers to. */
    Constructor add(Constructor constructor) {
        Map<String, TypeRef> links = new HashMap<>();
        for (DocReference reference : DocReference.in(constructor.documentation())) {
            reference
                    .types()
                    .map(DocReference.Name::text)
                    .forEach(name -> type(name).ifPresent(type -> links.put(name, type)));
        }
        return new Constructor(constructor.element(), constructor.documentation(), links);
    }

    /** Edits the comments of the model's body. */
    void edit(Findings findings) {
        int start = source.start(source.tree());
        for (Comments.Comment comment :
                Comments.inCode(source.text(), start, source.end(source.tree()))) {
            String text = source.text().substring(comment.start(), comment.end());
            for (DocReference reference : DocReference.in(text)) {
                edit(reference, comment.start(), findings);
            }
        }
    }

    private void edit(DocReference reference, int offset, Findings findings) {
        reference
                .types()
                .forEach(
                        name ->
                                type(name.text())
                                        .ifPresent(
                                                type ->
                                                        findings.replace(
                                                                offset + name.start(),
                                                                offset + name.end(),
                                                                new Piece.DocType(type))));
        if (reference.type().isEmpty() && isOfModel(offset) && isVisible(reference.member())) {
            int hash = offset + reference.member().start() - 1;
            findings.replace(hash, hash, new Piece.DocType(TypeRef.of(model)));
        }
    }

    /** Whether a comment is that of a member of the model, and not of one of a nested class. */
    private boolean isOfModel(int offset) {
        for (Tree member : source.tree().getMembers()) {
            if (source.start(member) <= offset && offset < source.end(member)) {
                return false;
            }
        }
        return true;
    }

    /** Private members are in the copy; what is inherited is there as well. */
    private boolean isVisible(DocReference.Name member) {
        return model.getEnclosedElements().stream()
                .filter(element -> name(element).toString().equals(member.text()))
                .anyMatch(element -> !element.getModifiers().contains(Modifier.PRIVATE));
    }

    private CharSequence name(Element element) {
        return element.getKind() == ElementKind.CONSTRUCTOR
                ? model.getSimpleName()
                : element.getSimpleName();
    }

    /** The class of a name, unless it needs no import, or is not known or out of reach. */
    private Optional<TypeRef> type(String name) {
        List<String> parts = List.of(name.split("\\."));
        Optional<TypeElement> type =
                nested(model, parts.get(0))
                        .or(
                                () ->
                                        imports.type(parts.get(0))
                                                .filter(Meaning.Type.class::isInstance)
                                                .map(
                                                        meaning ->
                                                                ((Meaning.Type) meaning)
                                                                        .element()));
        for (String part : parts.subList(1, parts.size())) {
            type = type.flatMap(outer -> nested(outer, part));
        }
        return type.filter(one -> isOfModel(one) || target.reaches(one))
                .map(TypeRef::of)
                .filter(one -> !one.packageName().equals("java.lang"));
    }

    private boolean isOfModel(TypeElement type) {
        return TypeRef.of(model).isAround(TypeRef.of(type));
    }

    private static Optional<TypeElement> nested(TypeElement outer, String name) {
        return ElementFilter.typesIn(outer.getEnclosedElements()).stream()
                .filter(type -> type.getSimpleName().contentEquals(name))
                .findFirst();
    }
}
