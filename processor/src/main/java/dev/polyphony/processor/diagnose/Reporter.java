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
     * Reports an exception that should not have happened, with the top of its trace.
     *
     * @param element the declaration that was worked on
     * @param exception the exception
     */
    public void bug(Element element, Throwable exception) {
        String missing = String.valueOf(exception.getMessage());
        if (exception instanceof NoClassDefFoundError && missing.contains("com/palantir")) {
            String what = "The processor path lacks JavaPoet, which Polyphony needs";
            String wayOut =
                    "Let the build tool resolve the processor with its dependencies, or add"
                            + " com.palantir.javapoet:javapoet to the processor path.";
            report(List.of(new Problem(Code.BUG, what, wayOut, Place.of(element))));
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
}
