/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.DocReference;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * References in the documentation of the model's constructors, as they lead to the same place from
 * another class: to classes by their full names where these are not imported, to members with the
 * model's name before them, to private ones as code.
 */
final class Links {

    private final TypeElement model;

    Links(TypeElement model) {
        this.model = model;
    }

    /** The documentation with its references changed. */
    CodeBlock rewrite(Constructor constructor) {
        String text = constructor.documentation();
        CodeBlock.Builder code = CodeBlock.builder();
        int position = 0;
        for (DocReference reference : DocReference.in(text)) {
            code.add("$L", text.substring(position, reference.start()));
            if (isVisible(reference)) {
                code.add(link(reference, text, constructor.links()));
                position = reference.end();
            } else if (reference.isInline()) {
                int end = text.indexOf('}', reference.end());
                String label = text.substring(reference.end(), end).strip();
                code.add("{@code $L", label.isEmpty() ? name(reference, text) : label);
                position = end;
            } else {
                int line = text.indexOf('\n', reference.end());
                position = line < 0 ? text.length() : line;
            }
        }
        return code.add("$L", text.substring(position).stripTrailing()).build();
    }

    /** The tag and what it refers to. */
    private CodeBlock link(DocReference reference, String text, Map<String, TypeRef> links) {
        CodeBlock.Builder code = CodeBlock.builder();
        int position = reference.start();
        if (reference.type().isEmpty()) {
            int hash = reference.member().start() - 1;
            code.add("$L$T", text.substring(position, hash), ClassName.get(model));
            position = hash;
        }
        for (DocReference.Name name : reference.types().toList()) {
            if (links.containsKey(name.text())) {
                code.add("$L", text.substring(position, name.start()));
                code.add("$T", Types.name(links.get(name.text())));
                position = name.end();
            }
        }
        return code.add("$L", text.substring(position, reference.end())).build();
    }

    /** A reference as code: the class and the member. */
    private static String name(DocReference reference, String text) {
        String type = reference.type().text();
        String member =
                reference.member().isEmpty()
                        ? ""
                        : text.substring(reference.member().start(), reference.end());
        return type.isEmpty() || member.isEmpty() ? type + member : type + "." + member;
    }

    /** Whether another class of the package can see what is meant, if it is the model's. */
    private boolean isVisible(DocReference reference) {
        if (reference.type().isEmpty()) {
            return isVisible(model.getEnclosedElements(), reference.member().text());
        }
        List<TypeElement> nested = ElementFilter.typesIn(model.getEnclosedElements());
        return isVisible(nested, reference.type().text().split("\\.")[0]);
    }

    /** Whether something of a name can be seen; what is inherited is not among the elements. */
    private static boolean isVisible(List<? extends Element> elements, String name) {
        return elements.stream()
                .filter(element -> element.getSimpleName().contentEquals(name))
                .noneMatch(element -> element.getModifiers().contains(Modifier.PRIVATE));
    }
}
