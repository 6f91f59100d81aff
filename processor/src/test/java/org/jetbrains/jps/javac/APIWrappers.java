/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.jetbrains.jps.javac;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;

/** A double of the class by which IntelliJ IDEA's builds wrap environments and give them back. */
public final class APIWrappers {

    /** Out of reach for those who look into fields. */
    private static final Map<Object, Object> WRAPPED =
            Collections.synchronizedMap(new WeakHashMap<>());

    private APIWrappers() {}

    /** Wraps an environment. */
    public static ProcessingEnvironment wrap(ProcessingEnvironment environment) {
        String[] key = {environment.toString()};
        ProcessingEnvironment wrapper =
                (ProcessingEnvironment)
                        Proxy.newProxyInstance(
                                APIWrappers.class.getClassLoader(),
                                new Class<?>[] {ProcessingEnvironment.class},
                                (proxy, method, arguments) -> {
                                    try {
                                        return method.invoke(WRAPPED.get(key), arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        WRAPPED.put(key, environment);
        WRAPPED.put(Proxy.getInvocationHandler(wrapper), environment);
        return wrapper;
    }

    /** Gives the wrapped object, or the object itself; called by its name. */
    public static <T> T unwrap(Class<? extends T> type, T object) {
        Object wrapped =
                Proxy.isProxyClass(object.getClass())
                        ? WRAPPED.get(Proxy.getInvocationHandler(object))
                        : null;
        return wrapped == null ? object : type.cast(wrapped);
    }
}
