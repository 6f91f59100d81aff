/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;

/** Tags in the documentation of methods that take what the model's own take, for doclint. */
final class Tags {

    private Tags() {}

    /**
     * The documentation of a method that takes one of the ways to make the model: parameters as the
     * user describes them.
     */
    static CodeBlock of(Way way, Model model, String text, String result) {
        Constructor signature = way.signature();
        List<String> tags = new ArrayList<>();
        if (way.entry().isEmpty()) {
            model.element()
                    .getTypeParameters()
                    .forEach(one -> tags.add("@param <%s> as in the model".formatted(one)));
        }
        signature
                .element()
                .ifPresent(element -> addParameters(element, signature.documentation(), tags));
        tags.add("@return " + result);
        signature.element().ifPresent(element -> addExceptions(element, tags));
        String all = new Javadoc(4).paragraph(text).tags(tags).toString();
        return new Links(model.element())
                .rewrite(new Constructor(signature.element(), all, signature.links()));
    }

    /** The tags of a method that passes its arguments on. */
    static List<String> of(ExecutableElement element, String documentation, String result) {
        List<String> tags = new ArrayList<>();
        addParameters(element, documentation, tags);
        if (!result.isEmpty()) {
            tags.add("@return " + result);
        }
        addExceptions(element, tags);
        return tags;
    }

    private static void addParameters(
            ExecutableElement element, String documentation, List<String> tags) {
        element.getTypeParameters().forEach(one -> tags.add("@param <%s> as there".formatted(one)));
        element.getParameters()
                .forEach(
                        one -> {
                            String name = one.getSimpleName().toString();
                            tags.add("@param " + name + " " + described(name, documentation));
                        });
    }

    private static void addExceptions(ExecutableElement element, List<String> tags) {
        element.getThrownTypes().forEach(type -> tags.add("@throws %s as there".formatted(type)));
    }

    private static String described(String parameter, String documentation) {
        Matcher tag =
                Pattern.compile(
                                "^@param\\s+%s\\s+(.*?)(?=^@|\\z)"
                                        .formatted(Pattern.quote(parameter)),
                                Pattern.MULTILINE | Pattern.DOTALL)
                        .matcher(documentation);
        return tag.find() ? tag.group(1).strip() : "passed on";
    }
}
