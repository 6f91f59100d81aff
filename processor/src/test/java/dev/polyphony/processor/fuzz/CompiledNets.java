/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.processor.ModelCompiler;
import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;

/** Networks that one run of the compiler compiled, and that can be loaded. */
final class CompiledNets extends ClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();

    private CompiledNets() {
        super(CompiledNets.class.getClassLoader());
    }

    /** The networks do not compile. */
    static final class NotCompiled extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotCompiled(String message) {
            super(message);
        }
    }

    /** Compiles networks and their packed members with all warnings as errors. */
    static CompiledNets compile(List<Net> nets) {
        List<Net> all = new ArrayList<>(nets);
        for (Net net : nets) {
            for (FormSpec form : net.forms()) {
                Outlook.member(net, form).ifPresent(all::add);
            }
        }
        List<JavaFileObject> sources =
                all.stream()
                        .map(
                                net ->
                                        JavaFileObjects.forSourceString(
                                                net.packageName() + ".Net", NetWriter.write(net)))
                        .toList();
        Compilation compilation =
                ModelCompiler.javac()
                        .withProcessors(new PolyphonyProcessor())
                        .withOptions("-Xlint:all", "-Werror")
                        .compile(sources);
        if (compilation.status() != Compilation.Status.SUCCESS) {
            throw new NotCompiled(
                    compilation.diagnostics().stream()
                            .limit(5)
                            .map(Object::toString)
                            .collect(Collectors.joining("\n")));
        }
        CompiledNets compiled = new CompiledNets();
        compilation.generatedFiles().stream()
                .filter(file -> file.getKind() == JavaFileObject.Kind.CLASS)
                .forEach(compiled::add);
        return compiled;
    }

    private void add(JavaFileObject file) {
        String name = file.getName().replaceAll("^/CLASS_OUTPUT/|\\.class$", "").replace('/', '.');
        try (InputStream in = file.openInputStream()) {
            classes.put(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Makes a network as the class wants it: by its constructor, its factory or its builder. */
    <T> T make(Net net, String simpleName, Class<T> type) {
        try {
            Class<?> made = loadClass(net.packageName() + "." + simpleName);
            return type.cast(
                    switch (net.style()) {
                        case COMPOSED, SEQUENTIAL ->
                                made.getDeclaredConstructor(int.class).newInstance(2);
                        case FACTORY -> made.getMethod("of", int.class).invoke(null, 2);
                        case BUILDER -> built(made.getMethod("builder").invoke(null));
                    });
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    simpleName + " cannot be made: " + e.getCause(), e.getCause());
        }
    }

    private static Object built(Object builder) throws ReflectiveOperationException {
        Object set = builder.getClass().getMethod("setClasses", int.class).invoke(builder, 2);
        return set.getClass().getMethod("build").invoke(set);
    }
}
