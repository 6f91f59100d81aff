/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final LabeledData TRAIN = TestData.moons(256, 0.1, 1);
    private static final LabeledData TEST = TestData.moons(100, 0.1, 2);
    private static final Harness PACKED = TestHarness.of("packed", PackedForm.of(4), 8, 2);
    private static final Harness MIMO =
            TestHarness.of("MIMO", MimoForm.of(2).batchRepetitions(4), 8, 2);

    private static Comparison comparison(Harness... forms) {
        return TestComparison.of(8, 2, forms)
                .optProgress(Progress.none())
                .optBatchSize(32)
                .optEpochs(4)
                .optLearningRate(0.01);
    }

    private static long updates(Report report, int row) {
        return report.getResults().get(row).cost().forwardCalls();
    }

    @Test
    void addsThePlainModelAndADeepEnsemble() {
        assertEquals(
                List.of("plain", "packed", "MIMO", "deep ensemble"),
                comparison(PACKED, MIMO).getRows());
        Harness deep = TestHarness.of("five nets", DeepEnsembleForm.of(5), 8, 2);
        assertEquals(List.of("plain", "five nets"), comparison(deep).getRows());
        Harness single = TestHarness.of("single", PackedForm.of(1), 8, 2);
        assertEquals(List.of("plain", "single"), comparison(single).getRows());
    }

    @Test
    void rowsGoThroughTheDataEquallyOften() {
        Report report = comparison(PACKED, MIMO).run(TRAIN, null, TEST, Map.of());
        assertEquals(
                List.of("plain", "packed", "MIMO", "deep ensemble"),
                report.getResults().stream().map(Result::name).toList());
        // 4 epochs of 8 batches; MIMO shows each example 4 times; 4 members
        assertEquals(32, updates(report, 0));
        assertEquals(32, updates(report, 1));
        assertEquals(128, updates(report, 2));
        assertEquals(4 * 32, updates(report, 3));
        assertEquals(
                List.of(
                        "the model itself",
                        "m = 4, alpha = 2, gamma = 1",
                        "m = 2, batchRepetitions = 4",
                        "m = 4"),
                report.getResults().stream().map(Result::settings).toList());
        assertEquals(1, report.getResults().get(0).evaluation().getMembers());
        assertEquals(4, report.getResults().get(3).evaluation().getMembers());
        assertTrue(report.getFacts().get("Recipe of MIMO").endsWith("; 128 updates"));
        assertEquals(
                "256 examples to train, 100 to test; 2 classes; examples of shape (2)",
                report.getFacts().get("Data"));
        assertEquals(4, report.getPictures().get("Decision boundaries").size());
    }

    @Test
    void rowsCanMakeEquallyManyUpdates() {
        Report report = comparison(MIMO).optBudget(Budget.UPDATES).run(TRAIN, TEST, TEST, Map.of());
        assertEquals(32, updates(report, 0));
        assertEquals(32, updates(report, 1));
    }

    @Test
    void plainRowIsAnOrdinaryNetwork() {
        Report report = comparison(PACKED).run(TRAIN, null, TEST, Map.of());
        // 2 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2
        assertEquals(114, report.getResults().get(0).cost().parameters());
    }

    @Test
    void failureNamesTheRow() {
        // two linear layers have no spatial axis to cut a patch from
        Harness cut = TestHarness.of("MixMo", MixMoForm.of(2).method(MixMethod.CUTMIX), 8, 2);
        Comparison comparison = comparison(cut);
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> comparison.run(TRAIN, null, TEST, Map.of()));
        assertTrue(e.getMessage().startsWith("The row 'MixMo' of the comparison failed: "));
        assertTrue(e.getMessage().contains("method = MixMethod.LINEAR"), e.getMessage());
    }

    @Test
    void refusesTwoRowsOfOneName() {
        Comparison comparison = comparison(PACKED).add(PACKED);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> comparison.run(TRAIN, null, TEST, Map.of()));
        assertTrue(e.getMessage().contains("'packed'"), e.getMessage());
    }
}
