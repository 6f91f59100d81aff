/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * Finds the environments inside an environment. Gradle and IntelliJ IDEA wrap the compiler's to see
 * which files a processor makes, and {@code Trees} takes only the compiler's own. The wrapped one
 * stays in use for everything else.
 */
final class Unwrapping {

    private static final int DEPTH = 4;
    private static final List<String> FIELDS = List.of("delegate", "processingEnv");

    private Unwrapping() {}

    /** The environment itself and those found inside, outermost first. */
    static Set<ProcessingEnvironment> candidates(ProcessingEnvironment environment) {
        Set<ProcessingEnvironment> found = new LinkedHashSet<>();
        collect(environment, DEPTH, found);
        return found;
    }

    private static void collect(
            ProcessingEnvironment environment, int depth, Set<ProcessingEnvironment> found) {
        if (depth == 0 || !found.add(environment)) {
            return;
        }
        for (ProcessingEnvironment inner : inside(environment)) {
            collect(inner, depth - 1, found);
        }
    }

    private static List<ProcessingEnvironment> inside(ProcessingEnvironment environment) {
        List<ProcessingEnvironment> inner = new ArrayList<>();
        addIfEnvironment(inner, () -> jetbrains(environment));
        addIfEnvironment(
                inner,
                () -> environment.getClass().getMethod("getWrapperDelegate").invoke(environment));
        for (Class<?> type = environment.getClass(); type != null; type = type.getSuperclass()) {
            for (String name : FIELDS) {
                Class<?> declaring = type;
                addIfEnvironment(inner, () -> value(declaring.getDeclaredField(name), environment));
            }
        }
        if (Proxy.isProxyClass(environment.getClass())) {
            InvocationHandler handler = Proxy.getInvocationHandler(environment);
            for (Field field : handler.getClass().getDeclaredFields()) {
                addIfEnvironment(inner, () -> value(field, handler));
            }
        }
        return inner;
    }

    /** The way that JetBrains documents for processors. */
    private static Object jetbrains(ProcessingEnvironment environment)
            throws ReflectiveOperationException {
        ClassLoader loader = environment.getClass().getClassLoader();
        return Class.forName("org.jetbrains.jps.javac.APIWrappers", true, loader)
                .getMethod("unwrap", Class.class, Object.class)
                .invoke(null, ProcessingEnvironment.class, environment);
    }

    private static Object value(Field field, Object owner) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(owner);
    }

    private static void addIfEnvironment(List<ProcessingEnvironment> list, Probe probe) {
        try {
            if (probe.get() instanceof ProcessingEnvironment environment) {
                list.add(environment);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // not wrapped in this way: the next probe may know better
        }
    }

    private interface Probe {
        Object get() throws ReflectiveOperationException;
    }
}
