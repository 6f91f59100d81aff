/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import java.lang.reflect.InvocationTargetException;

/** Makes projects by the names of their classes. */
final class Projects {

    private Projects() {}

    /**
     * Makes a project.
     *
     * @param className the class
     * @throws IllegalArgumentException if it is not there, or no such class
     */
    static SearchProject of(String className) {
        try {
            Object made =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader())
                            .getConstructor()
                            .newInstance();
            if (made instanceof SearchProject project) {
                return project;
            }
            throw new IllegalArgumentException(
                    "%s is no %s".formatted(className, SearchProject.class.getName()));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "The class %s is not on the class path".formatted(className), e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "%s cannot be made: %s".formatted(className, e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "%s cannot be made: it needs a public constructor without parameters"
                            .formatted(className),
                    e);
        }
    }
}
