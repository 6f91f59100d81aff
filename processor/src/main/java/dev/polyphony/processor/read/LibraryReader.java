/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.model.TypeRef;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/** Reads classes that are not compiled here from sources jars and folders of sources. */
final class LibraryReader implements SourceReader {

    private final Optional<SourcePath> path;
    private final Map<TypeRef, Result> read = new HashMap<>();

    /** Takes the value of the processor option; null if it is not given. */
    LibraryReader(String option) {
        this.path = Optional.ofNullable(option).map(SourcePath::of);
    }

    @Override
    public Result read(TypeElement type) {
        Result result = read.computeIfAbsent(TypeRef.of(type), this::find);
        return result instanceof Found found ? checked(type, found) : result;
    }

    private Result find(TypeRef name) {
        if (path.isEmpty() || path.get().paths().isEmpty()) {
            String what = "'%s' is not compiled here, and its source is not given".formatted(name);
            return new Refused(Code.NO_SOURCES, what);
        }
        Optional<String> unusable = path.get().unusable();
        if (unusable.isPresent()) {
            String what = "'%s' is neither a folder nor a jar".formatted(unusable.get());
            return new Refused(Code.NO_SUCH_PATH, what);
        }
        String file = name.outermost().qualifiedName().replace('.', '/') + ".java";
        try {
            Optional<JavaFileObject> source = path.get().find(file);
            if (source.isEmpty()) {
                String what =
                        "'%s' is not in %s".formatted(file, String.join(", ", path.get().paths()));
                return new Refused(Code.NOT_IN_SOURCES, what);
            }
            return parse(source.get(), name);
        } catch (IOException e) {
            return new Unreadable(e.getMessage());
        }
    }

    private static Result parse(JavaFileObject file, TypeRef name) {
        String simpleName = name.simpleName();
        Parsing parsing = new Parsing();
        Result result =
                parsing.parse(
                        file,
                        simpleName,
                        (line, column) ->
                                new Place.OtherFile("%s.java:%d".formatted(simpleName, line)));
        return parsing.errors().isEmpty()
                ? result
                : new Unreadable("%s.java, %s".formatted(simpleName, parsing.errors().get(0)));
    }

    private static Result checked(TypeElement type, Found found) {
        Optional<String> difference = Versions.difference(type, found.source().tree());
        return difference.isEmpty()
                ? found
                : new Refused(
                        Code.OTHER_VERSION,
                        "The source of '%s' is not that of the class: %s"
                                .formatted(type.getSimpleName(), difference.get()));
    }
}
