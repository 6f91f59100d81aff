/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static com.google.common.base.Preconditions.checkState;

import ai.djl.nn.Block;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
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
        Compilation compilation =
                Compiler.javac()
                        .withProcessors(new PolyphonyProcessor())
                        .withOptions("-Xlint:all", "-Werror")
                        .compile(sources);
        checkState(
                compilation.status() == Compilation.Status.SUCCESS,
                "%s",
                compilation.diagnostics());
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

    private void add(JavaFileObject file) {
        String name = file.getName().replaceAll("^/CLASS_OUTPUT/|\\.class$", "").replace('/', '.');
        try (InputStream in = file.openInputStream()) {
            classes.put(name, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
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

    Ensemble newEnsemble(String simpleName, int outputs) {
        return (Ensemble) newBlock(simpleName, outputs);
    }
}
