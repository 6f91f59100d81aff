/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Prints problems through the compiler: the only place that does. */
public final class Reporter {

    private static final int TRACE = 8;

    private final Messager messager;
    private boolean isPathReported;

    /**
     * Creates a reporter.
     *
     * @param messager the compiler's messager
     */
    public Reporter(Messager messager) {
        this.messager = messager;
    }

    /**
     * Prints problems, each as what its code is, in their order.
     *
     * @param problems the problems
     */
    public void report(List<Problem> problems) {
        for (Problem problem : problems) {
            problem.place().print(messager, problem.code().getKind(), problem.message());
        }
    }

    /**
     * Prints a note on a declaration.
     *
     * @param element the declaration
     * @param message the note
     */
    public void note(Element element, String message) {
        messager.printMessage(Diagnostic.Kind.NOTE, message, element);
    }

    /**
     * Reports an exception that should not have happened, with the top of its trace; one that shows
     * that a library is missing only once, and as what it is.
     *
     * @param element the declaration that was worked on
     * @param exception the exception
     */
    public void bug(Element element, Throwable exception) {
        if (lacksJavaPoet(exception)) {
            if (!isPathReported) {
                String what = "The processor path lacks JavaPoet, which Polyphony needs";
                report(List.of(new Problem(Code.INCOMPLETE_PATH, what, Place.of(element))));
            }
            isPathReported = true;
            return;
        }
        String trace =
                Arrays.stream(exception.getStackTrace())
                        .limit(TRACE)
                        .map(frame -> "        at " + frame)
                        .collect(Collectors.joining("\n"));
        String what =
                "Polyphony failed at '%s': %s\n%s"
                        .formatted(element.getSimpleName(), exception, trace);
        report(List.of(new Problem(Code.BUG, what, Place.of(element))));
    }

    /** A class that failed to load once fails with another message the next time, and a cause. */
    private static boolean lacksJavaPoet(Throwable exception) {
        for (Throwable e = exception; e != null; e = e.getCause()) {
            if (String.valueOf(e.getMessage())
                    .replace('/', '.')
                    .contains("com.palantir.javapoet")) {
                return true;
            }
        }
        return false;
    }
}
