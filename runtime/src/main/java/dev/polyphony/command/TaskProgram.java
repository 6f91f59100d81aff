/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.inference.Arguments;
import dev.polyphony.multitask.train.MultiTaskHarness;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Trains an ensemble in several tasks.
 *
 * @param name the class that is called
 * @param maker makes the harness from named values
 */
record TaskProgram(String name, Function<Arguments, ? extends MultiTaskHarness> maker) {

    String getCall() {
        return "java " + name;
    }

    Set<String> getValueNames() {
        return Arguments.namesAskedBy(maker);
    }

    /** Makes the harness; a wrong value is an illegal argument. */
    MultiTaskHarness make(Map<String, ?> values) {
        Arguments arguments = Arguments.of(values);
        MultiTaskHarness made = arguments.make(maker, "--set");
        return made.getArguments().isPresent() ? made : made.optArguments(arguments);
    }
}
