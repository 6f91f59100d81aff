/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.training.loss.Loss;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for calls in losses whose gradients DJL gets wrong now and then: in the class of a loss, in
 * classes that it hands arrays to, and in the losses that it holds. What it reaches through
 * interfaces or reflection alone is not seen.
 */
public final class LossGradients {

    /** How many classes are read at most: far more than a loss has. */
    private static final int MOST = 256;

    private static final String DJL = "ai.djl.";
    private static final String DJL_LOSSES = "ai.djl.training.loss.";

    private final Loss loss;
    private final Set<Class<?>> types = new HashSet<>();
    private final Set<Loss> losses = Collections.newSetFromMap(new IdentityHashMap<>());

    private LossGradients(Loss loss) {
        this.loss = loss;
    }

    /**
     * Requires that no such call is found.
     *
     * @param loss the loss
     * @throws IllegalArgumentException if there is one
     */
    public static void require(Loss loss) {
        new LossGradients(loss).checkLoss(loss);
    }

    private void checkLoss(Loss each) {
        if (!losses.add(each)) {
            return;
        }
        checkType(each.getClass(), each.getClass().getClassLoader());
        if (each instanceof AbstractCompositeLoss composite) {
            composite.getComponents().forEach(this::checkLoss);
        }
        for (Class<?> type = each.getClass(); !isDjl(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                // what is not open to reflection is not looked into
                if (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
                    checkValue(get(field, each));
                }
            }
        }
    }

    private static Object get(Field field, Loss each) {
        try {
            return field.get(each);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    private void checkValue(Object value) {
        if (value instanceof Loss held) {
            checkLoss(held);
        } else if (value instanceof Iterable<?> many) {
            many.forEach(this::checkElement);
        } else if (value instanceof Object[] many) {
            Arrays.asList(many).forEach(this::checkElement);
        }
    }

    private void checkElement(Object value) {
        if (value instanceof Loss held) {
            checkLoss(held);
        }
    }

    /** Checks a class and its superclasses, and goes where its arrays go. */
    private void checkType(Class<?> start, ClassLoader loader) {
        for (Class<?> type = start; isLookedInto(type, loader); type = type.getSuperclass()) {
            if (types.size() == MOST || !types.add(type)) {
                return;
            }
            NumberCalls calls = NumberCalls.of(type);
            if (calls.getCall().isPresent()) {
                throw wrong(type, calls.getCall().get());
            }
            if (!isDjl(type)) {
                for (String name : calls.getReferences()) {
                    load(name, loader).ifPresent(next -> checkType(next, loader));
                }
            }
        }
    }

    private static boolean isLookedInto(Class<?> type, ClassLoader loader) {
        return type != null
                && type != Loss.class
                && type.getClassLoader() == loader
                && (!isDjl(type) || type.getName().startsWith(DJL_LOSSES));
    }

    private static boolean isDjl(Class<?> type) {
        return type.getName().startsWith(DJL);
    }

    /** Loads a class, which is not initialised; one that is missing cannot be called either. */
    private static Optional<Class<?>> load(String name, ClassLoader loader) {
        if (name.startsWith("[") || name.startsWith(DJL) && !name.startsWith(DJL_LOSSES)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private IllegalArgumentException wrong(Class<?> type, String call) {
        String where = type == loss.getClass() ? "" : " in " + type.getName();
        String twin =
                call.startsWith("relu6") || call.startsWith("swish")
                        ? "dev.polyphony.nn.layer.EnsembleActivation." + call
                        : "dev.polyphony.nn.form.Scalars.%s(array, number)".formatted(call);
        return new IllegalArgumentException(
                "The loss %s calls %s of an array and a number%s, whose gradients DJL gets wrong now and then: use MemberLoss, or write the loss with %s"
                        .formatted(loss.getClass().getName(), call, where, twin));
    }
}
