/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Constructor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.VariableElement;

/**
 * The Javadoc comments of constructors and methods in a source, for classes that the compiler did
 * not read.
 */
final class Documentation {

    private final Source source;

    Documentation(Source source) {
        this.source = source;
    }

    /** The constructor with the comment that the source has for it. */
    Constructor add(Constructor constructor) {
        if (!constructor.documentation().isEmpty() || constructor.element().isEmpty()) {
            return constructor;
        }
        return source.tree().getMembers().stream()
                .filter(member -> isSame(member, constructor))
                .findFirst()
                .flatMap(this::text)
                .map(text -> new Constructor(constructor.element(), text))
                .orElse(constructor);
    }

    private boolean isSame(Tree member, Constructor constructor) {
        if (!(member instanceof MethodTree method)
                || !method.getName().contentEquals(constructor.element().get().getSimpleName())
                || method.getParameters().size() != constructor.parameters().size()) {
            return false;
        }
        for (int i = 0; i < method.getParameters().size(); i++) {
            String written = source.slice(method.getParameters().get(i).getType());
            VariableElement parameter = constructor.parameters().get(i);
            if (!simple(written).equals(simple(parameter.asType().toString()))) {
                return false;
            }
        }
        return true;
    }

    /** A type without what two ways to write it may differ in. */
    private static String simple(String type) {
        String erased = type.replaceAll("@[\\w.]+(\\([^)]*\\))?", "").replace("...", "[]");
        while (erased.contains("<")) {
            String inner = erased.replaceAll("<[^<>]*>", "");
            if (inner.equals(erased)) {
                break;
            }
            erased = inner;
        }
        return erased.replaceAll("\\s", "").replaceAll("(\\w+\\.)+", "");
    }

    private Optional<String> text(Tree constructor) {
        int start = source.start(constructor);
        int before =
                source.tree().getMembers().stream()
                        .mapToInt(source::end)
                        .filter(end -> end <= start)
                        .max()
                        .orElse(source.start(source.tree()));
        return Comments.documentation(source.text(), before, start)
                .map(comment -> source.text().substring(comment.start(), comment.end()))
                .map(Documentation::withoutStars);
    }

    private static String withoutStars(String comment) {
        List<String> lines =
                comment.substring("/**".length(), comment.length() - "*/".length())
                        .lines()
                        .map(line -> line.replaceFirst("^\\s*\\*+ ?", "").stripTrailing())
                        .toList();
        return lines.stream().collect(Collectors.joining("\n")).strip();
    }
}
