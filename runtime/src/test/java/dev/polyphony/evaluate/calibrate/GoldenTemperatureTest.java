/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The best temperature; the optimisers of the references miss it, sometimes by far. */
class GoldenTemperatureTest {

    @TestFactory
    Stream<DynamicTest> isTheExactMinimum() {
        return GoldenSet.tests(GoldenTemperatureTest::check, GoldenKind.TEMPERATURE);
    }

    private static void check(GoldenCase golden) {
        // how logits were drawn, and how the references' optimisers were set
        golden.getSettings().ignore("n", "c", "sharp", "mult", "lr", "max_iter");
        int classes = golden.getShape("logits")[1];
        Predictions predictions =
                Predictions.of(
                        GoldenCase.floats(golden.get("logits")),
                        golden.getInts("labels"),
                        1,
                        classes,
                        Aggregation.LOGITS);
        EnsembleCalibration fitted =
                EnsembleCalibration.fit(
                        Calibrator.temperature(), CalibrationOrder.POOLED, predictions);
        golden.check("T_opt", fitted.getPooled().orElseThrow().getTemperature());
        golden.check("nll_before", Scores.negativeLogLikelihood(predictions));
        golden.check("nll_opt", Scores.negativeLogLikelihood(fitted.apply(predictions)));
    }
}
