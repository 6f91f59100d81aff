/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;

/** What a network must give for data. */
public final class Outputs {

    private Outputs() {}

    /**
     * Requires that a network gives what the data ask for: at least as many scores as there are
     * classes, or exactly one number for each label or target.
     *
     * @param name what the data are called, such as {@code test data}
     * @param data the data
     * @param outputs the numbers that the network gives for each member
     * @throws IllegalArgumentException if it does not
     */
    public static void require(String name, Examples data, int outputs) {
        boolean isOfClasses = data.getTask() == Task.CLASSIFICATION;
        int wanted = data.getOutputs();
        if (isOfClasses ? wanted > outputs : wanted != outputs) {
            String what =
                    switch (data.getTask()) {
                        case CLASSIFICATION -> "classes";
                        case MULTI_LABEL -> "labels";
                        case REGRESSION -> "targets";
                    };
            String where =
                    data instanceof LabeledData labeled
                            ? labeled.findUnknownClass(outputs).map(text -> ": " + text).orElse("")
                            : "";
            throw new IllegalArgumentException(
                    "The %s have %d %s, but the model has %d outputs%s"
                            .formatted(name, wanted, what, outputs, where));
        }
    }
}
