/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Comparison;
import dev.polyphony.inference.Arguments;
import dev.polyphony.samples.spark.model.DigitMlpComparison;
import dev.polyphony.samples.spark.model.Digits;
import java.io.IOException;
import java.util.Map;

/** The digits of this sample, with its perceptron and all of its forms. */
public final class DigitsProject implements SearchProject {

    /** Creates the project. */
    public DigitsProject() {}

    /** {@inheritDoc} */
    @Override
    public Comparison newComparison(Arguments arguments) {
        return DigitMlpComparison.of(arguments.getInt("units"), arguments.getInt("classes"));
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, String> getModelChoices() {
        return Map.of("units", "32,64", "classes", Integer.toString(Digits.CLASSES));
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, String> getSettingChoices() {
        return Map.of("epochs", "10", "batch-size", "32,64", "learning-rate", "0.001..0.01");
    }

    /** {@inheritDoc} */
    @Override
    public SearchData readData() throws IOException {
        LabeledData[] parts = Digits.readParts();
        return new SearchData(parts[0], parts[1], parts[2]);
    }
}
