/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.compare.Spread;
import dev.polyphony.models.Mlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.Selection;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several seeds, MC dropout, and rows that are kept. */
class ComparisonSeedsTest {

    private static final LabeledData TRAIN = TestData.moons(96, 0.1, 1);
    private static final LabeledData VALIDATION = TestData.moons(32, 0.1, 3);
    private static final LabeledData TEST = TestData.moons(40, 0.2, 2);
    private static final Map<String, LabeledData> FOREIGN =
            Map.of("far", LabeledData.unlabeled(new float[] {9, 9, -9, 7, 8, -9}, new Shape(2)));
    private static final Figure NLL = Figure.of(Metrics.NLL);

    @TempDir private Path folder;

    private final List<String> trained = new ArrayList<>();

    /** Remembers what is trained. */
    private Progress watch() {
        return new Progress() {

            @Override
            public void onBegin(Run run) {
                trained.add(run.name());
            }

            @Override
            public void onStep(int epoch, int step, double loss) {
                // the beginnings are enough
            }

            @Override
            public void onEpoch(History.Epoch epoch) {
                // the beginnings are enough
            }

            @Override
            public void onEnd() {
                // the beginnings are enough
            }
        };
    }

    private static SequentialBlock dropoutNet() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(8).build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.3f).build())
                .add(Linear.builder().setUnits(2).build());
    }

    private Comparison comparison(boolean hasDropout) {
        List<Harness> forms = List.of(TestHarness.of("packed", PackedForm.of(2), 8, 2));
        Comparison comparison =
                new Comparison(
                        "Mlp", hasDropout ? ComparisonSeedsTest::dropoutNet : mlp(), forms) {};
        return comparison
                .optProgress(watch())
                .optBatchSize(32)
                .optEpochs(2)
                .optLearningRate(0.01)
                .optDropoutPasses(4);
    }

    private static Supplier<Mlp> mlp() {
        return () -> new Mlp(8, 2);
    }

    private static double nll(Report report, int row) {
        return report.getResults().get(row).evaluation().getValue(Metrics.NLL);
    }

    private static List<String> names(Report report) {
        return report.getResults().stream().map(Result::name).toList();
    }

    @Test
    void eachSeedIsAComparisonOfItsOwn() {
        Report both = comparison(false).optSeeds(5, 7).run(TRAIN, null, TEST, FOREIGN);
        assertEquals(
                List.of(
                        "plain, seed 5",
                        "packed, seed 5",
                        "deep ensemble, seed 5",
                        "plain, seed 7",
                        "packed, seed 7",
                        "deep ensemble, seed 7"),
                trained);
        Report five = comparison(false).optSeed(5).run(TRAIN, null, TEST, FOREIGN);
        Report seven = comparison(false).optSeeds(7).run(TRAIN, null, TEST, FOREIGN);
        assertEquals(List.of("plain", "packed", "deep ensemble"), names(both));
        RunStatistics statistics = both.getStatistics().orElseThrow();
        assertEquals(List.of(5, 7), statistics.getSeeds());
        for (int row = 0; row < 3; row++) {
            // pictures and results are those of the first seed
            assertEquals(nll(five, row), nll(both, row));
            Spread spread = statistics.getSpread(names(both).get(row), NLL).orElseThrow();
            assertEquals(List.of(nll(five, row), nll(seven, row)), spread.values());
            assertNotEquals(nll(five, row), nll(seven, row));
        }
        assertEquals(2, statistics.getDifference("packed", NLL).orElseThrow().test().pairs());
        assertEquals("5, 7; pictures are of the first", both.getFacts().get("Seeds"));
        assertEquals(3, both.getPictures().get("Decision boundaries").size());
        assertEquals("plain", statistics.getReference());
        assertTrue(statistics.getFigures().stream().anyMatch(figure -> figure.set().equals("far")));
        // one seed is compared over examples
        assertEquals(
                40,
                five.getStatistics()
                        .orElseThrow()
                        .getDifference("packed", NLL)
                        .orElseThrow()
                        .test()
                        .pairs());
    }

    @Test
    void thePlainModelIsAskedWithDropout() {
        Comparison comparison = comparison(true);
        assertEquals(
                List.of("plain", "MC dropout", "packed", "deep ensemble"), comparison.getRows());
        Report report = comparison.run(TRAIN, null, TEST, FOREIGN);
        assertEquals(comparison.getRows(), names(report));
        assertEquals(List.of("plain", "packed", "deep ensemble"), trained);
        Result plain = report.getResults().get(0);
        Result dropout = report.getResults().get(1);
        assertEquals(4, dropout.evaluation().getMembers());
        assertEquals("passes = 4", dropout.settings());
        assertTrue(dropout.evaluation().getValue(Metrics.MUTUAL_INFORMATION) > 0);
        assertEquals(plain.cost().parameters(), dropout.cost().parameters());
        assertEquals(plain.cost().trainingSeconds(), dropout.cost().trainingSeconds());
        // 2 inputs to 8 features once, and 8 features to 2 outputs for each pass
        assertEquals(2 * 8 + 8 * 2, plain.cost().multiplyAdds());
        assertEquals(2 * 8 + 4 * 8 * 2, dropout.cost().multiplyAdds());
        assertTrue(report.getFacts().get("MC dropout").contains("asked 4 times"));
    }

    @Test
    void aModelWithoutDropoutHasNoSuchRow() {
        Report report = comparison(false).run(TRAIN, null, TEST, Map.of());
        assertEquals(List.of("plain", "packed", "deep ensemble"), names(report));
        assertTrue(
                report.getFacts().get("MC dropout").startsWith("no row: the model has no layer"));
        Comparison without = comparison(true).optDropoutPasses(0);
        assertFalse(without.getRows().contains("MC dropout"));
        assertThrows(IllegalArgumentException.class, () -> without.optDropoutPasses(1));
        assertThrows(IllegalArgumentException.class, () -> without.optSeeds());
        assertThrows(IllegalArgumentException.class, () -> without.optSeeds(1, 2, 1));
    }

    private Comparison kept() {
        return comparison(true).optSeeds(1, 2).optResults(folder);
    }

    private static void assertSame(Report expected, Report actual) {
        assertEquals(names(expected), names(actual));
        for (int row = 0; row < names(expected).size(); row++) {
            Result one = expected.getResults().get(row);
            Result other = actual.getResults().get(row);
            assertEquals(one.evaluation().getValues(), other.evaluation().getValues());
            assertEquals(one.cost(), other.cost());
        }
        RunStatistics own = expected.getStatistics().orElseThrow();
        for (String row : own.getRows()) {
            for (Figure figure : own.getFigures()) {
                assertEquals(
                        own.getSpread(row, figure),
                        actual.getStatistics().orElseThrow().getSpread(row, figure));
            }
        }
    }

    @Test
    void rowsThatAreKeptAreNotMadeAgain() throws IOException {
        Report first = kept().run(TRAIN, VALIDATION, TEST, FOREIGN);
        trained.clear();
        assertSame(first, kept().resume(TRAIN, VALIDATION, TEST, FOREIGN));
        assertEquals(List.of(), trained);
        // one row is lost, one is damaged
        Files.delete(folder.resolve("seed-2/packed/row.json"));
        Path answers = folder.resolve("seed-1/plain/answers-0.bin");
        byte[] bytes = Files.readAllBytes(answers);
        bytes[20]++;
        Files.write(answers, bytes);
        Report repaired = kept().resume(TRAIN, VALIDATION, TEST, FOREIGN);
        assertEquals(List.of("plain, seed 1", "packed, seed 2"), trained);
        assertEquals(nll(first, 0), nll(repaired, 0));
        trained.clear();
        // more seeds: the others stay
        kept().optSeeds(1, 2, 3).resume(TRAIN, VALIDATION, TEST, FOREIGN);
        assertEquals(List.of("plain, seed 3", "packed, seed 3", "deep ensemble, seed 3"), trained);
    }

    @Test
    void whatIsKeptOfOtherSettingsOrDataDoesNotCount() {
        comparison(false).optResults(folder).run(TRAIN, VALIDATION, TEST, Map.of());
        trained.clear();
        Comparison longer = comparison(false).optResults(folder).optEpochs(3);
        longer.resume(TRAIN, VALIDATION, TEST, Map.of());
        assertEquals(3, trained.size());
        trained.clear();
        longer.resume(TRAIN, VALIDATION, TestData.moons(40, 0.2, 9), Map.of());
        assertEquals(3, trained.size());
        trained.clear();
        longer.resume(TestData.moons(96, 0.1, 9), VALIDATION, TEST, Map.of());
        assertEquals(3, trained.size());
        assertThrows(
                IllegalStateException.class,
                () -> comparison(false).resume(TRAIN, VALIDATION, TEST, Map.of()));
    }

    private static LabeledData relabeled(LabeledData data) {
        int[] labels = Arrays.stream(data.getLabels()).map(label -> 1 - label).toArray();
        return LabeledData.of(data.getFeatures(), data.getShape(), labels);
    }

    private Map<String, byte[]> parameters(Path models) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(models)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".params")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                // behind the header, which says how long training took
                all.put(
                        models.relativize(file).toString(),
                        Arrays.copyOfRange(bytes, bytes.length - 200, bytes.length));
            }
        }
        return all;
    }

    /** What the members said of the test images, without their labels. */
    private float[] answers(Path results, String row) throws IOException {
        List<float[]> all = new ArrayList<>();
        AnswerFile.read(
                results.resolve("seed-0").resolve(row).resolve("answers-0.bin"),
                (scores, labels) -> all.add(scores));
        assertEquals(1, all.size());
        return all.get(0);
    }

    @Test
    void nothingIsChosenOnTestData() throws IOException {
        Path[] runs = {folder.resolve("right"), folder.resolve("poisoned")};
        LabeledData[] tests = {TEST, relabeled(TEST)};
        double[] accuracies = new double[2];
        for (int i = 0; i < 2; i++) {
            Report report =
                    comparison(true)
                            .optSelection(Selection.highestAccuracy())
                            .optModels(runs[i].resolve("models"))
                            .optResults(runs[i].resolve("results"))
                            .run(TRAIN, VALIDATION, tests[i], FOREIGN);
            accuracies[i] = report.getResults().get(0).evaluation().getValue(Metrics.ACCURACY);
        }
        // the labels were indeed others
        assertEquals(1, accuracies[0] + accuracies[1], 1e-9);
        Map<String, byte[]> right = parameters(runs[0].resolve("models"));
        Map<String, byte[]> poisoned = parameters(runs[1].resolve("models"));
        assertEquals(3, right.size());
        assertEquals(right.keySet(), poisoned.keySet());
        right.forEach((file, bytes) -> assertArrayEquals(bytes, poisoned.get(file), file));
        for (String row : List.of("plain", "MC-dropout", "packed", "deep-ensemble")) {
            assertArrayEquals(
                    answers(runs[0].resolve("results"), row),
                    answers(runs[1].resolve("results"), row),
                    row);
        }
    }

    @Test
    void savedRowsOfAllSeedsAreJudged() throws IOException {
        Path models = folder.resolve("models");
        Report report =
                comparison(true).optSeeds(1, 2).optModels(models).run(TRAIN, null, TEST, FOREIGN);
        Report again = comparison(true).optSeeds(1, 2).evaluate(models, TEST, FOREIGN);
        assertEquals(names(report), names(again));
        for (String row : names(report)) {
            assertEquals(
                    report.getStatistics().orElseThrow().getSpread(row, NLL),
                    again.getStatistics().orElseThrow().getSpread(row, NLL));
        }
        assertEquals(
                report.getResults().get(2).cost().multiplyAdds(),
                again.getResults().get(2).cost().multiplyAdds());
    }
}
