/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.samples.spark.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {

    @TempDir private Path folder;

    private Command search(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--master=local[2]",
                                "--set=units=8",
                                "--training=epochs=2",
                                "--training=batch-size=64",
                                "--out=" + folder.resolve("out")));
        args.addAll(List.of(more));
        return Command.run(new SearchCommand(), args.toArray(String[]::new));
    }

    private List<String> table() throws IOException {
        return Files.readAllLines(folder.resolve("out/trials.csv"));
    }

    private long attempts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("out/trials"))) {
            return files.filter(file -> file.toString().endsWith(".log")).count();
        }
    }

    /** Those with a rate that is far too high fail, and the others are what one process trains. */
    @Test
    void trialsAreTrainedOnceAndShown() throws IOException {
        String[] options = {
            "--form=plain,packed", "--alpha=2", "--training=learning-rate=1e9,0.003", "--grid"
        };
        Command first = search(options);
        assertEquals(0, first.code(), first.err());
        List<String> table = table();
        assertEquals(5, table.size());
        assertEquals(2, table.stream().filter(row -> row.contains("diverged")).count());
        assertTrue(first.err().contains("4 of 4: "), first.err());
        assertTrue(first.out().contains("learning-rate=0.003 (NLL "), first.out());
        assertTrue(Files.isRegularFile(folder.resolve("out/report/index.html")));
        assertFalse(
                Files.readString(folder.resolve("out/report/index.html")).contains("Times are"),
                "the page of a search has no times");
        checkTrial();

        long attempts = attempts();
        Command second = search(options);
        assertEquals(0, second.code(), second.err());
        assertEquals("4 of 4 trials are there already", second.err().strip());
        assertEquals(first.out(), second.out());
        assertEquals(table, table());
        assertEquals(attempts, attempts());

        Command other = search("--form=plain", "--training=learning-rate=0.1", "--grid");
        assertEquals(1, other.code());
        assertTrue(other.err().contains("belongs to another search"), other.err());
    }

    private void checkTrial() throws IOException {
        Trial trial =
                new Trial(
                        "plain",
                        "plain",
                        Map.of("units", "8", "classes", "10"),
                        Map.of(
                                "batch-size",
                                "64",
                                "epochs",
                                "2",
                                "learning-rate",
                                "0.003",
                                "seed",
                                "0"),
                        null);
        SearchProject project = new DigitsProject();
        SearchData data = project.readData();
        SearchFolder.TrialFolder kept = new SearchFolder(folder.resolve("out")).of(trial.getKey());
        TrialResult result = kept.findResult().orElseThrow();
        try (TrainedEnsemble here = trial.newHarness(project).fit(data.train(), data.validation());
                TrainedEnsemble loaded = trial.newHarness(project).load(kept.getModel())) {
            assertEquals(here.getScores(data.validation()), result.validation());
            assertEquals(here.getScores(data.test()), result.test());
            assertEquals(loaded.getScores(data.test()), result.test());
            assertEquals(here.getHistory().steps(), result.updates());
        }
    }

    /** What a machine lacks is no result of a trial, which would be kept. */
    @Test
    void otherDataOrClassesEndTheSearch() throws IOException {
        Map<String, String> model = Map.of("units", "8", "classes", "10");
        Trial trial = new Trial("plain", "plain", model, Map.of("epochs", "1"), null);
        Trial unknown = new Trial("plain", "Packed m=7", model, Map.of("epochs", "1"), null);
        String data = new DigitsProject().readData().getFingerprint();
        assertEnds(trial, "other ones", "The data on this machine are not those of the search");
        assertEnds(unknown, data, "The form Packed m=7 is not annotated here");
    }

    private void assertEnds(Trial trial, String data, String reason) throws IOException {
        SearchFolder search = new SearchFolder(folder.resolve("search " + trial.form()));
        search.begin(new SearchFolder.Identity(DigitsProject.class.getName(), data, Map.of()));
        try (SparkSession spark = Sessions.open("local[1]", Map.of())) {
            TrialJob job =
                    new TrialJob(
                            JavaSparkContext.fromSparkContext(spark.sparkContext()),
                            search,
                            line -> {});
            String message =
                    assertThrows(SearchException.class, () -> job.run(List.of(trial))).getMessage();
            assertTrue(message.contains(": " + reason), message);
        }
        assertTrue(search.of(trial.getKey()).findResult().isEmpty());
    }

    @Test
    void wrongCallsSayWhatIsKnown() {
        Command setting = search("--training=learning_rate=0.1");
        assertEquals(2, setting.code());
        assertTrue(
                setting.err().startsWith("'learning_rate' is no setting of training. Known are: "),
                setting.err());
        Command argument = search("--set=width=8");
        assertEquals(2, argument.code());
        assertTrue(
                argument.err()
                        .startsWith(
                                "The model is not made of 'width'. It is made of: classes, units"),
                argument.err());
        Command value = search("--training=epochs=0", "--training=learning-rate=0.1", "--grid");
        assertEquals(2, value.code(), value.err());
        Command empty = search("--training=learning-rate=");
        assertEquals(2, empty.code());
        assertTrue(
                empty.err().startsWith("There is nothing to try for 'learning-rate'"), empty.err());
        Command project = search("--project=no.such.Project");
        assertEquals(2, project.code());
        assertTrue(
                project.err().startsWith("The class no.such.Project is not on the class path"),
                project.err());
    }
}
