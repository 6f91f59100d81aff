/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.corrupt.CorruptedExamples;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import java.util.Optional;

/** What can be asked for the classes of examples: a trained ensemble. */
@FunctionalInterface
public interface Answering {

    /**
     * Asks for the classes of a data set.
     *
     * @param data the examples
     * @param views the views of each that are asked about; empty for the examples as they are
     * @return the answers of all members, labelled if the data are
     */
    Predictions predict(Examples data, Optional<TestTimeAugmentation> views);

    /**
     * Scores answers to corrupted images, of which nothing else is looked at.
     *
     * @param data the images, labelled
     * @return the scores
     */
    default CalibrationResult.Figures judge(CorruptedExamples data) {
        return CalibrationResult.Figures.of(predict(data, Optional.empty()));
    }
}
