/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Links in the model's documentation, as they lead to the same place from another class: to members
 * and nested types with the model's name before them, to private ones as code.
 */
final class Links {

    private static final Pattern LINK =
            Pattern.compile("\\{@link(plain)?\\s+([\\w.]*)(#\\w+(?:\\([^)]*\\))?)?\\s*([^}]*)}");
    private static final Pattern SEE =
            Pattern.compile("(?m)^(\\s*@see\\s+)([\\w.]*)(#\\w+(?:\\([^)]*\\))?)?(.*)$");

    private final TypeElement model;

    Links(TypeElement model) {
        this.model = model;
    }

    /** The text with its links changed. */
    String rewrite(String documentation) {
        String linked = LINK.matcher(documentation).replaceAll(this::link);
        return SEE.matcher(linked).replaceAll(this::see).stripTrailing();
    }

    private String link(MatchResult link) {
        String member = member(link);
        String label = link.group(4);
        String kind = link.group(1) == null ? "" : link.group(1);
        String text =
                target(link)
                        .map(
                                target ->
                                        "{@link%s %s%s%s}"
                                                .formatted(
                                                        kind,
                                                        target,
                                                        member,
                                                        label.isEmpty() ? "" : " " + label))
                        .orElseGet(() -> "{@code " + code(link.group(2), member, label) + "}");
        return Matcher.quoteReplacement(text);
    }

    private static String code(String type, String member, String label) {
        if (!label.isEmpty()) {
            return label;
        }
        String name = member.isEmpty() ? "" : member.substring(1);
        return type.isEmpty() || name.isEmpty() ? type + name : type + "." + name;
    }

    private String see(MatchResult see) {
        return target(see)
                .map(target -> see.group(1) + target + member(see) + see.group(4))
                .map(Matcher::quoteReplacement)
                .orElse("");
    }

    private static String member(MatchResult link) {
        return link.group(3) == null ? "" : link.group(3);
    }

    /** The class as seen from elsewhere; empty if it cannot be seen. */
    private Optional<String> target(MatchResult link) {
        String type = link.group(2);
        String first = type.split("\\.")[0];
        String own = model.getSimpleName().toString();
        if (type.isEmpty()) {
            String name = member(link).replaceAll("^#|\\(.*", "");
            boolean isPlainText = name.isEmpty();
            return isPlainText || isVisible(model.getEnclosedElements(), name)
                    ? Optional.of(isPlainText ? "" : own)
                    : Optional.empty();
        }
        List<TypeElement> nested = ElementFilter.typesIn(model.getEnclosedElements());
        if (nested.stream().noneMatch(one -> one.getSimpleName().contentEquals(first))) {
            return Optional.of(type);
        }
        return isVisible(nested, first) ? Optional.of(own + "." + type) : Optional.empty();
    }

    /** Whether something of a name can be seen; what is inherited is not among the elements. */
    private static boolean isVisible(List<? extends Element> elements, String name) {
        return elements.stream()
                .filter(element -> element.getSimpleName().contentEquals(name))
                .noneMatch(element -> element.getModifiers().contains(Modifier.PRIVATE));
    }
}
