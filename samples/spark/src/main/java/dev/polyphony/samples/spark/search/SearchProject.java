/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.harness.Comparison;
import dev.polyphony.inference.Arguments;
import java.io.IOException;
import java.util.Map;

/**
 * What is searched: a model with its annotated forms, data, and what to try where nobody says it. A
 * class of this type has a public constructor without parameters: every process makes one of its
 * own.
 */
public interface SearchProject {

    /**
     * Makes the generated comparison, whose rows are the candidates.
     *
     * @param arguments what the model is made of
     * @return the comparison
     */
    Comparison newComparison(Arguments arguments);

    /**
     * Returns what the model is made of, unless the search says otherwise.
     *
     * @return choices by the names of the model's arguments, such as {@code 32,64}
     */
    Map<String, String> getModelChoices();

    /**
     * Returns how it is trained, unless the search says otherwise.
     *
     * @return choices by the names of the command line's settings, such as {@code learning-rate}
     */
    Map<String, String> getSettingChoices();

    /**
     * Reads the data, which must be the same on every machine.
     *
     * @return the data
     * @throws IOException if they cannot be read
     */
    SearchData readData() throws IOException;
}
