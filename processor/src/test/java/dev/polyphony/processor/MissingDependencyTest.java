/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.diagnose.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;

/** A processor path that somebody wrote by hand may lack what the processor needs. */
class MissingDependencyTest {

    /** Loads the processor once more, without JavaPoet. */
    private static final class WithoutJavaPoet extends ClassLoader {

        WithoutJavaPoet() {
            super(MissingDependencyTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.palantir.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("dev.polyphony.processor.") && findLoadedClass(name) == null
                    ? define(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** The error of these tests. */
    static Set<Code> codes() {
        return Set.of(Code.INCOMPLETE_PATH);
    }

    @Test
    void withoutJavaPoetOneMessageNamesIt() throws ReflectiveOperationException {
        Processor processor =
                (Processor)
                        new WithoutJavaPoet()
                                .loadClass(PolyphonyProcessor.class.getName())
                                .getDeclaredConstructor()
                                .newInstance();
        String members = "public %s() { " + Networks.LINEAR + " }";
        String other =
                "@Mimo public final class Other extends SequentialBlock { "
                        + members.formatted("Other")
                        + " }";

        String message =
                onlyError(
                                compile(
                                        processor,
                                        net("@Packed", members.formatted("Net")),
                                        source(other)))
                        .getMessage(Locale.ROOT);

        String code = codes().iterator().next().getId();
        assertTrue(message.startsWith("[" + code + "] The processor path lacks JavaPoet"), message);
        assertTrue(message.contains("Name the processor with its dependencies"), message);
    }
}
