/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.TaskMetric;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.TradeOff;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import dev.polyphony.multitask.train.TwoTasks;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiTaskComparisonTest {

    private static final MultiExamples TRAIN = TwoTasks.data(48, 1);
    private static final MultiExamples TEST = TwoTasks.data(40, 2);

    private static TaskReport report;

    /** A generated comparison, but for its text. */
    private static final class Whole extends MultiTaskComparison {

        Whole(PackedForm form) {
            super(
                    "TwoTasks",
                    () -> new TwoTasks(null, false),
                    List.of(new Packed(form)),
                    TwoTasks.TASKS);
        }
    }

    private static final class Packed extends MultiTaskHarness {

        Packed(PackedForm form) {
            super(
                    "TwoTasks, packed",
                    () -> new TwoTasks.Whole(form),
                    Recipe.of(form),
                    TwoTasks.TASKS);
        }
    }

    @BeforeAll
    static void run() {
        report =
                new Whole(PackedForm.of(2))
                        .optSettings(MultiTaskComparisonTest::set)
                        .addVariant("balanced", harness -> harness.optBalance(Balance.gradNorm()))
                        .optSeeds(4, 5)
                        .run(TRAIN, TEST);
    }

    private static void set(MultiTaskHarness harness) {
        harness.optEpochs(2).optBatchSize(16).optProgress(Progress.none());
    }

    @Test
    void rowsAreThoseThatWereAskedFor() {
        assertEquals(
                List.of("each task alone", "together", "balanced", "packed"),
                report.getRows().stream().map(TaskRow::getName).toList());
        assertTrue(report.getRows().stream().allMatch(row -> row.getRuns().size() == 2));
        assertEquals(2, report.getRows().get(3).getMembers());
    }

    /** A row is what its harness gives by itself. */
    @Test
    void rowsAreTrainedWithTheirSeeds() {
        MultiTaskHarness alone = TwoTasks.plain(false).optTaskWeight("size", 0).optSeed(5);
        set(alone);
        try (TrainedTasks trained = alone.fit(TRAIN)) {
            assertEquals(
                    trained.evaluate(TEST).get("kind").getMetric(TaskMetric.ACCURACY),
                    report.getRows().get(0).getRuns().get(1).metrics()[0]);
        }
        MultiTaskHarness together = TwoTasks.plain(false).optSeed(4);
        set(together);
        try (TrainedTasks trained = together.fit(TRAIN)) {
            assertArrayEquals(
                    trained.evaluate(TEST).getMetrics(),
                    report.getRows().get(1).getRuns().get(0).metrics());
        }
    }

    @Test
    void meansAndGainsAreOverSeeds() {
        TaskRow row = report.getRows().get(1);
        double first = row.getRuns().get(0).metrics()[1];
        double second = row.getRuns().get(1).metrics()[1];
        assertEquals((first + second) / 2, row.getMean(1), 1e-12);
        assertEquals(Math.abs(first - second) / Math.sqrt(2), row.getDeviation(1), 1e-12);
        TaskRow alone = report.getRows().get(0);
        List<TradeOff> tradeOffs = row.getTradeOffs(alone);
        double base = alone.getRuns().get(1).metrics()[1];
        assertEquals((base - second) / base, tradeOffs.get(1).getGains()[1], 1e-12);
    }

    @Test
    void errorsAreThoseOfFifths() {
        double[] uncertainty = {9, 1, 8, 2, 7, 3, 6, 4, 5, 0};
        double[] errors = {1, 0, 1, 0, 1, 0, 0, 0, 1, 0};
        assertArrayEquals(
                new double[] {0, 0, 0.5, 0.5, 1},
                TaskRow.Doubt.errorsByFifth(uncertainty, errors),
                1e-12);
    }

    @Test
    void theReportIsWritten(@TempDir Path folder) throws Exception {
        Path page = report.addFact("Data", "made <up>").writeTo(folder);
        String html = Files.readString(page);
        assertTrue(html.contains("made &lt;up&gt;"));
        assertTrue(html.contains("Gain over each task alone"));
        assertTrue(html.contains("<svg"));
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        assertEquals(1 + 4 * 2 * 2, lines.size());
        double accuracy = report.getRows().get(0).getRuns().get(0).metrics()[0];
        assertEquals(
                "\"each task alone\",4,kind,ACCURACY,%s,0.0,".formatted(accuracy), lines.get(1));
        String markdown = Files.readString(folder.resolve("report.md"));
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("![")) {
                String file = line.replaceAll(".*\\((.*)\\)", "$1");
                assertTrue(Files.size(folder.resolve(file)) > 0, file);
                Path png = folder.resolve(file.replace(".svg", ".png"));
                assertTrue(Files.size(png) > 0, file);
            }
        }
        assertTrue(markdown.contains("trade-off-kind-size.svg"), markdown);
        assertTrue(markdown.contains("weights-balanced.svg"), markdown);
        assertTrue(markdown.contains("doubt-size.svg"), markdown);
    }
}
