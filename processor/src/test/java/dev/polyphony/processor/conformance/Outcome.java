/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import java.util.List;

/**
 * What came of a model and a method.
 *
 * @param failures promises that do not hold, warnings, errors that are not the processor's
 * @param findings why the method refuses the model; none if it takes it
 * @param whole whether the refusal is lifted by {@code alpha = m}, with all promises held
 */
record Outcome(List<String> failures, List<Finding> findings, boolean whole) {

    static Outcome passed() {
        return new Outcome(List.of(), List.of(), false);
    }

    static Outcome failed(List<String> failures) {
        return new Outcome(failures, List.of(), false);
    }

    boolean isRefused() {
        return !findings.isEmpty();
    }
}
