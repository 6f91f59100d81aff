/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.TreeMap;

/**
 * The settings of a training for another process.
 *
 * @param settings the values by the names of their fields
 */
record SavedTraining(TreeMap<String, Object> settings) implements Serializable {

    static SavedTraining of(Training.Builder builder) {
        TreeMap<String, Object> settings = new TreeMap<>();
        forEachField(builder, (field, value) -> settings.put(field.getName(), value));
        return new SavedTraining(settings);
    }

    private Object readResolve() {
        Training.Builder builder = Training.builder();
        forEachField(
                builder,
                (field, value) -> {
                    if (settings.containsKey(field.getName())) {
                        field.set(builder, settings.get(field.getName()));
                    }
                });
        return builder.build();
    }

    private interface Visitor {

        void visit(Field field, Object value) throws IllegalAccessException;
    }

    private static void forEachField(Training.Builder builder, Visitor visitor) {
        for (Class<?> type = builder.getClass();
                type != Object.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    try {
                        field.setAccessible(true);
                        visitor.visit(field, field.get(builder));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(field + " cannot be read", e);
                    }
                }
            }
        }
    }
}
