/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationResult.Figures;
import dev.polyphony.evaluate.corrupt.CorruptedExamples;
import dev.polyphony.evaluate.suite.Answering;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What a row says to a suite of evaluations, by its answers, which may be kept ones. */
final class SuiteAnswers implements Answering {

    private final RowDescription row;
    private final RowAnswers answers;
    private final Examples test;
    private final Predictions clean;
    private int asked;

    /**
     * Creates the answers.
     *
     * @param row what is asked
     * @param answers what its members say
     * @param test the test data
     * @param clean what the members said of them; null if nobody will ask
     */
    SuiteAnswers(RowDescription row, RowAnswers answers, Examples test, Predictions clean) {
        this.row = row;
        this.answers = answers;
        this.test = test;
        this.clean = clean;
    }

    /** {@inheritDoc} */
    @Override
    public Predictions predict(Examples data, Optional<TestTimeAugmentation> views) {
        if (data == test && views.isEmpty() && clean != null) {
            return clean;
        }
        asked++;
        try {
            return answers.predict("beyond " + asked, data, views, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Figures judge(CorruptedExamples data) {
        try {
            return answers.judge(
                    "%s %d".formatted(data.getKind().getKey(), data.getSeverity()), data, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
