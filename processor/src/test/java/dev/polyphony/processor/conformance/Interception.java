/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Arrays that stand before a model's own and see each operation on them, so that what a plain layer
 * reads can be watched and what it writes can be chosen, whatever the model's code looks like.
 */
final class Interception {

    private final Observer observer;

    Interception(Observer observer) {
        this.observer = observer;
    }

    /** Is asked about operations that join data with the parameters of a layer. */
    interface Observer {

        /**
         * Answers in a layer's place.
         *
         * @param layer the layer whose parameters take part
         * @param data the arrays that are not parameters
         * @param compute the operation itself
         * @return the arrays that the operation shall give
         */
        List<NDArray> apply(Leaf layer, List<NDArray> data, Supplier<List<NDArray>> compute);
    }

    /** Data, seen by the observer. */
    NDArray data(NDArray array) {
        return (NDArray) wrap(array, null);
    }

    /** A parameter of a layer. */
    NDArray parameter(NDArray array, Leaf owner) {
        return (NDArray) wrap(array, owner);
    }

    /** The array itself. */
    static NDArray plain(NDArray array) {
        return (NDArray) unwrap(array);
    }

    private Object wrap(Object value, Leaf owner) {
        if (value instanceof NDList list) {
            NDList wrapped = new NDList();
            list.forEach(array -> wrapped.add((NDArray) wrap(array, owner)));
            return wrapped;
        }
        Class<?> type =
                value instanceof NDArray
                        ? NDArray.class
                        : value instanceof NDArrayEx
                                ? NDArrayEx.class
                                : value instanceof NDManager ? NDManager.class : null;
        if (type == null || handler(value) != null) {
            return value;
        }
        return Proxy.newProxyInstance(
                NDArray.class.getClassLoader(), new Class<?>[] {type}, new Handler(value, owner));
    }

    private static Handler handler(Object value) {
        return value != null
                        && Proxy.isProxyClass(value.getClass())
                        && Proxy.getInvocationHandler(value) instanceof Handler handler
                ? handler
                : null;
    }

    private static Object unwrap(Object value) {
        if (value instanceof NDList list) {
            NDList plain = new NDList();
            list.forEach(array -> plain.add(plain(array)));
            return plain;
        }
        if (value instanceof NDArray[] arrays) {
            NDArray[] plain = new NDArray[arrays.length];
            for (int i = 0; i < arrays.length; i++) {
                plain[i] = plain(arrays[i]);
            }
            return plain;
        }
        Handler handler = handler(value);
        return handler == null ? value : handler.target;
    }

    private final class Handler implements InvocationHandler {

        private final Object target;
        private final Leaf owner;

        Handler(Object target, Leaf owner) {
            this.target = target;
            this.owner = owner;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object[] given = arguments == null ? new Object[0] : arguments;
            Object[] plain = new Object[given.length];
            for (int i = 0; i < given.length; i++) {
                plain[i] = unwrap(given[i]);
            }
            boolean computes =
                    NDArray.class.isAssignableFrom(method.getReturnType())
                            || NDList.class.isAssignableFrom(method.getReturnType());
            Leaf layer = owner;
            List<NDArray> data = new ArrayList<>();
            collect(proxy, data);
            for (Object argument : given) {
                collect(argument, data);
                layer = layer == null ? ownerOf(argument) : layer;
            }
            if (!computes || layer == null || data.isEmpty()) {
                boolean parameter = computes && data.isEmpty();
                Object result = invoke(method, plain);
                return wrap(result, parameter || result instanceof NDArrayEx ? layer : null);
            }
            List<NDArray> answers =
                    observer.apply(layer, data, () -> list(invokeUnchecked(method, plain)));
            return method.getReturnType() == NDArray.class
                    ? wrap(answers.get(0), null)
                    : wrap(new NDList(answers), null);
        }

        private Object invoke(Method method, Object[] plain) throws Throwable {
            try {
                return method.invoke(target, plain);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Object invokeUnchecked(Method method, Object[] plain) {
            try {
                return invoke(method, plain);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<NDArray> list(Object result) {
        return result instanceof NDList list ? List.copyOf(list) : List.of((NDArray) result);
    }

    /** The layer whose parameter is among these. */
    private static Leaf ownerOf(Object value) {
        if (value instanceof Iterable<?> values) {
            for (Object one : values) {
                Leaf owner = ownerOf(one);
                if (owner != null) {
                    return owner;
                }
            }
            return null;
        }
        Handler handler = handler(value);
        return handler == null ? null : handler.owner;
    }

    private static void collect(Object value, List<NDArray> data) {
        if (value instanceof NDList list) {
            list.forEach(array -> collect(array, data));
            return;
        }
        Handler handler = handler(value);
        if (handler == null || handler.owner != null) {
            return;
        }
        NDArray array =
                handler.target instanceof NDArrayEx operations
                        ? operations.getArray()
                        : handler.target instanceof NDArray one ? one : null;
        if (array != null && data.stream().noneMatch(other -> other == array)) {
            data.add(array);
        }
    }
}
