/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static com.google.common.base.Preconditions.checkState;

import ai.djl.nn.Block;
import com.google.common.base.Joiner;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.processor.ModelCompiler;
import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/** Models compiled with the processor, and loaded: what a user's program would run. */
final class GeneratedCode extends ClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();

    private GeneratedCode(ClassLoader parent) {
        super(parent);
    }

    /** Compiles test resources, with all warnings as errors. */
    static GeneratedCode compile(String... models) {
        JavaFileObject[] sources =
                Stream.of(models)
                        .map(model -> JavaFileObjects.forResource("models/acme/" + model + ".java"))
                        .toArray(JavaFileObject[]::new);
        return compile(List.of(sources));
    }

    /** Compiles source files, with all warnings as errors. */
    static GeneratedCode compile(List<JavaFileObject> sources) {
        Compilation compilation =
                ModelCompiler.javac()
                        .withProcessors(new PolyphonyProcessor(), new Claim())
                        .withOptions("-Xlint:all", "-Werror")
                        .compile(sources);
        checkState(
                compilation.status() == Compilation.Status.SUCCESS,
                "%s",
                Joiner.on('\n').join(compilation.diagnostics()));
        return load(compilation, GeneratedCode.class.getClassLoader());
    }

    /** Loads what was compiled. */
    static GeneratedCode load(Compilation compilation, ClassLoader parent) {
        GeneratedCode code = new GeneratedCode(parent);
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.CLASS) {
                code.add(file);
            }
        }
        return code;
    }

    /** Takes the models' own annotations: javac warns of those that no processor does. */
    @SupportedAnnotationTypes("acme.*")
    private static final class Claim extends AbstractProcessor {

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return true;
        }
    }

    private void add(JavaFileObject file) {
        String name = file.getName().replaceAll("^/CLASS_OUTPUT/|\\.class$", "").replace('/', '.');
        try (InputStream in = file.openInputStream()) {
            classes.put(name, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the classes as a build tool packs them. */
    void writeJar(Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> one : classes.entrySet()) {
                jar.putNextEntry(new JarEntry(one.getKey().replace('.', '/') + ".class"));
                jar.write(one.getValue());
                jar.closeEntry();
            }
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

    /** Calls the constructor that takes the number of classes. */
    Block newBlock(String simpleName, int outputs) {
        try {
            Constructor<?> constructor =
                    loadClass("acme." + simpleName).getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return (Block) constructor.newInstance(outputs);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls the static method {@code make} of a class that knows constructors by name. */
    Block make(String maker, String name) {
        try {
            return (Block) loadClass(maker).getMethod("make", String.class).invoke(null, name);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(name + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Ensemble newEnsemble(String simpleName, int outputs) {
        return (Ensemble) newBlock(simpleName, outputs);
    }
}
