/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.diagnose.Place;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * Parses the source file once more, with a javac of our own: for compilers whose trees are out of
 * reach. Needs {@code Elements.getFileObjectOf}, which came with Java 18.
 */
final class ParsingReader implements SourceReader {

    private final Elements elements;

    ParsingReader(Elements elements) {
        this.elements = elements;
    }

    @Override
    public Result read(TypeElement type) {
        Optional<JavaFileObject> file = fileOf(type);
        if (file.isEmpty()) {
            return new Unreadable("this compiler does not tell where the source file is");
        }
        // the user's compiler reports syntax errors
        return new Parsing()
                .parse(
                        file.get(),
                        type.getSimpleName().toString(),
                        (line, column) -> place(type, line, column));
    }

    /** The messager can only point at declarations, so the message says where to look. */
    private static Place place(TypeElement type, long line, long column) {
        return new Place.OtherFile("line %d, column %d".formatted(line, column))
                .seenFrom(Place.of(type));
    }

    private Optional<JavaFileObject> fileOf(TypeElement type) {
        try {
            Method method =
                    Elements.class.getMethod(
                            "getFileObjectOf", javax.lang.model.element.Element.class);
            JavaFileObject file = (JavaFileObject) method.invoke(elements, type);
            return Optional.ofNullable(file)
                    .filter(found -> found.getKind() == JavaFileObject.Kind.SOURCE);
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // before Java 18, or not supported by this compiler
        }
    }
}
