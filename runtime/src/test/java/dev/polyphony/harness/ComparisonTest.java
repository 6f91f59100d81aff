/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        assertEquals(
                List.of("plain", "packed", "MIMO", "deep ensemble"),
                List.copyOf(comparison(PACKED, MIMO).getHarnesses().keySet()));
        assertSame(PACKED, comparison(PACKED, MIMO).getHarnesses().get("packed"));
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

    private static ComparisonException failure(
            Comparison comparison, LabeledData validation, LabeledData test) {
        return assertThrows(
                ComparisonException.class, () -> comparison.run(TRAIN, validation, test, Map.of()));
    }

    @Test
    void allThatCannotWorkIsNamedBeforeTheFirstEpoch() {
        // two linear layers have no spatial axis to cut a patch from
        Harness cut = TestHarness.of("MixMo", MixMoForm.of(2).method(MixMethod.CUTMIX), 8, 2);
        Harness masks = TestHarness.of("masks", MasksemblesForm.of(3), 12, 2);
        Harness narrow = TestHarness.of("narrow", PackedForm.of(2), 8, 1);
        LabeledData three = LabeledData.of(new float[6], new Shape(2), new int[] {0, 1, 2});
        LabeledData unlabeled = LabeledData.unlabeled(new float[6], new Shape(2));
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Comparison comparison =
                comparison(PACKED, masks, MIMO, cut, narrow)
                        .optProgress(
                                Progress.lines(
                                        new PrintStream(seen, true, StandardCharsets.UTF_8)));

        List<String> lines = failure(comparison, unlabeled, three).getMessage().lines().toList();

        assertEquals("The comparison did not start:", lines.get(0));
        assertEquals("  the validation data have no labels", lines.get(1));
        assertEquals(
                "  the batch size must be a multiple of 3 for the row 'masks' and of 4 for the rows"
                        + " 'MIMO', 'MixMo', but was 31: use 36, which suits all rows",
                failure(comparison.optBatchSize(31), unlabeled, three)
                        .getMessage()
                        .lines()
                        .toList()
                        .get(2));
        assertEquals(
                "  the batch size must be a multiple of 3 for the row 'masks', but was 32: use 36,"
                        + " which suits all rows",
                lines.get(2));
        assertEquals(
                "  the rows 'plain', 'packed', 'masks', 'MIMO', 'deep ensemble': The test data have"
                        + " 3 classes, but the model has 2 outputs",
                lines.get(3));
        assertTrue(lines.get(4).startsWith("  the row 'MixMo': "), lines.get(4));
        assertTrue(lines.get(4).contains("method = MixMethod.LINEAR"), lines.get(4));
        assertEquals(
                "  the row 'narrow': The data have 2 classes, but the model has 1 outputs",
                lines.get(5));
        assertEquals(6, lines.size());
        assertEquals(0, seen.size());
    }

    @Test
    void dataThatDoNotFitAreNamed() {
        LabeledData wide = LabeledData.of(new float[6], new Shape(3), new int[] {0, 1});
        String message = failure(comparison(PACKED), null, wide).getMessage();
        assertTrue(
                message.startsWith(
                        "The comparison did not start:\n  the rows 'plain', 'deep ensemble': "),
                message);
        assertTrue(message.contains("of the test data, (3) of the data type float32: "), message);
    }

    @Test
    void rowsAreTrainedAsOnTheirOwn() {
        Report rows = comparison(PACKED).run(TRAIN, null, TEST, Map.of());
        try (TrainedEnsemble alone = PACKED.fit(TRAIN)) {
            Report own = alone.evaluate(TEST, Map.of());
            assertEquals(
                    own.getResults().get(0).evaluation().getValue(Metrics.NLL),
                    rows.getResults().get(1).evaluation().getValue(Metrics.NLL));
        }
    }

    @Test
    void rowsBeforeAFailureAreKept() {
        ComparisonException e =
                failure(comparison(PACKED).add(TestHarness.failingLater("late")), null, TEST);
        assertEquals("The row 'late' of the comparison failed: out of luck", e.getMessage());
        Report done = e.getReport().orElseThrow();
        assertEquals(
                List.of("plain", "packed", "deep ensemble"),
                done.getResults().stream().map(Result::name).toList());
        assertEquals(3, done.getPictures().get("Decision boundaries").size());
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
