/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest extends CommandFixture {

    @Test
    void trainsJudgesAndSaves() throws IOException {
        assertEquals(0, train("--batch-size", "16", "--schedule", "cosine"), err);
        assertTrue(err.contains("Mlp, packed  epoch 2/2  loss "), err);
        assertTrue(err.contains("start the program as now, with 'resume " + run + "'"), err);
        assertTrue(out.contains("Accuracy"), out);
        assertFalse(out.contains("epoch"), out);
        assertTrue(Files.exists(run.resolve("index.html")));
        assertTrue(Files.exists(run.resolve("model/model.json")));
        List<String> history = Files.readAllLines(run.resolve("history.csv"));
        assertEquals(3, history.size());
        assertTrue(history.get(0).endsWith("learning rate,seconds"), history.get(0));
        // half a cosine from 0.001 to 0 in 2 epochs of 9 steps, of which the 9th is at 8 / 18
        double rate = 0.001 * (1 + Math.cos(Math.PI * 8 / 18)) / 2;
        String[] cells = history.get(1).split(",");
        assertEquals(rate, Double.parseDouble(cells[cells.length - 2]), 1e-9);
        assertTrue(Files.readString(run.resolve("history.json")).contains("\"epoch\": 2"));
        assertTrue(Files.readString(run.resolve("training.html")).contains("<polyline"));
    }

    @Test
    void goesOnWithARunThatIsOver() {
        assertEquals(0, train(), err);
        String table = out;
        assertEquals(0, run(false, "resume", run.toString()), err);
        assertTrue(err.contains("finished already, after epoch 2"), err);
        // all but what depends on the time
        assertEquals(table.split("\\s+").length, out.split("\\s+").length);
        assertEquals(quality(table), quality(out));
    }

    @Test
    void goesOnForLonger() throws IOException {
        assertEquals(0, train("--quiet"), err);
        assertEquals(0, run(false, "resume", run.toString(), "--epochs", "4"), err);
        assertTrue(err.contains("resumed after epoch 2 "), err);
        List<String> history = Files.readAllLines(run.resolve("history.csv"));
        assertEquals(5, history.size(), history.toString());
        Path straight = folder.resolve("straight");
        assertEquals(0, train("--quiet", "--epochs", "4", "--out", straight.toString()), err);
        for (int i = 1; i < 5; i++) {
            assertEquals(
                    losses(Files.readAllLines(straight.resolve("history.csv")).get(i)),
                    losses(history.get(i)));
        }
    }

    /** A line without the seconds. */
    private static String losses(String line) {
        return line.substring(0, line.lastIndexOf(','));
    }

    @Test
    void knowsWhetherDataAreTheSame() throws IOException {
        assertEquals(0, train("--quiet"), err);
        Path moved = Files.move(csv, folder.resolve("moved.csv"));
        assertEquals(1, run(false, "resume", run.toString()));
        assertOneLineOfError("There is no file " + csv);
        assertEquals(0, run(false, "resume", run.toString(), "--data", moved.toString()), err);
        List<String> lines = Files.readAllLines(moved);
        Collections.swap(lines, 1, 150);
        Files.write(moved, lines);
        assertEquals(1, run(false, "resume", run.toString(), "--data", moved.toString()));
        assertTrue(err.contains("test data are not those of the run") || err.contains("checksum"));
    }

    @Test
    void judgesARunAgain() throws IOException {
        Path foreign = folder.resolve("far.csv");
        Files.writeString(foreign, "0,9,9\n0,-9,9\n0,9,-9\n");
        assertEquals(0, train("--quiet", "--ood", "far away=" + foreign), err);
        assertTrue(out.contains("AUROC"), out);
        String table = out;
        assertEquals(0, run(false, "evaluate", run.toString()), err);
        assertEquals(quality(table), quality(out));
        assertEquals("", err);
        Path report = folder.resolve("judged");
        String[] args = {
            "evaluate", run.toString(), "--data", csv.toString(), "--out", report.toString()
        };
        assertEquals(0, run(false, args), err);
        assertTrue(Files.readString(report.resolve("report.md")).contains("200 examples to test"));
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", "none.csv"));
        assertOneLineOfError("There is no file none.csv");
        assertEquals(2, run(false, "evaluate", folder.toString()));
        assertOneLineOfError("There is no run in ");
    }

    @Test
    void describesBeforeTraining() {
        assertEquals(0, run(false, "describe", "--shape", "2", "--set", "hidden=8"), err);
        assertEquals("", err);
        // m = 3, alpha = 2: members of width ceil(8 * 2 / 3) = 6; 2-8-8-2 has 18+6 more
        String[] lines = out.lines().map(String::strip).toArray(String[]::new);
        assertEquals("Mlp, packed: m = 3, alpha = 2, gamma = 1", lines[0]);
        assertTrue(out.contains("Linear(8)  input"), out);
        assertTrue(out.contains("deep ensemble of 3"), out);
        assertEquals(2, run(false, "describe", "--set", "hidden=8"));
        assertOneLineOfError("give --shape, such as --shape 1,8,8, or --data FILE");
        String[] args = {"describe", "--data", csv.toString(), "--set", "hidden=8"};
        assertEquals(0, run(true, args), err);
        assertTrue(out.contains("deep ensemble  m = 3"), out);
    }

    @Test
    void featuresMayBeIds() throws IOException {
        assertEquals(1, train("--ids"));
        assertOneLineOfError("is no id, a whole number from 0");
        Files.write(csv, Collections.nCopies(20, "0,1,2\n1,0,3"));
        assertEquals(1, train("--ids"));
        assertOneLineOfError("takes numbers, LabeledData.of(float[], ...)");
    }

    @Test
    void filesMayBeGivenForEachPart() throws IOException {
        String test = Files.copy(csv, folder.resolve("test.csv")).toString();
        List<String> lines = new ArrayList<>(Files.readAllLines(csv));
        Collections.swap(lines, 1, 2); // behind the names
        String validation = Files.write(folder.resolve("validation.csv"), lines).toString();
        assertEquals(0, train("--quiet", "--validation", validation, "--test", test), err);
        String page = Files.readString(run.resolve("report.md"));
        assertTrue(page.contains("200 examples to train, 200 to validate, 200 to test"), page);
    }

    @Test
    void nothingIsChosenOnTestData() throws IOException {
        String test = Files.copy(csv, folder.resolve("test.csv")).toString();
        String copy = Files.copy(csv, folder.resolve("copy.csv")).toString();
        for (String validation : List.of(test, copy)) {
            assertEquals(2, train("--validation", validation, "--test", test));
            assertOneLineOfError("--validation and --test are the same data");
        }
    }

    @Test
    void quietShowsTheTableAlone() {
        assertEquals(0, train("--quiet", "--validation", "0"));
        assertEquals("", err);
        assertTrue(out.contains("Accuracy"), out);
    }

    @Test
    void comparesAndGoesOn() throws IOException {
        assertEquals(0, compare("--equal", "UPDATES"), err);
        String table = out;
        for (String row : new String[] {"plain", "packed", "deep ensemble"}) {
            assertTrue(out.contains(row), out);
        }
        assertTrue(Files.exists(run.resolve("model/deep-ensemble")));
        assertEquals(4, Files.readAllLines(run.resolve("history.csv")).size());
        assertEquals(0, run(true, "resume", run.toString()), err);
        assertEquals(quality(table), quality(out));
        assertEquals(0, run(true, "evaluate", run.toString()), err);
        assertEquals(quality(table), quality(out));
    }

    @Test
    void comparesSeveralSeeds() throws IOException {
        assertEquals(0, compare("--seed", "4", "--seeds", "2", "--mc-dropout", "0"), err);
        String table = out;
        for (int seed : new int[] {4, 5}) {
            assertTrue(Files.exists(run.resolve("model/seed-" + seed + "/packed")));
            assertTrue(Files.exists(run.resolve("checkpoints/seed-" + seed + "/deep-ensemble")));
            assertTrue(Files.exists(run.resolve("results/seed-" + seed + "/plain/row.json")));
        }
        assertTrue(Files.readString(run.resolve("report.md")).contains("4, 5; pictures are of"));
        assertEquals(0, run(true, "resume", run.toString()), err);
        assertEquals(quality(table), quality(out));
        assertEquals(2, compare("--seed", "4", "--seeds", "2"));
        assertTrue(err.contains("has a run: go on with it by 'resume"), err);
        assertEquals(0, compare("--overwrite"), err);
        assertFalse(Files.exists(run.resolve("results/seed-5/plain/row.json")));
        assertEquals(2, compare("--overwrite", "--seeds", "0"));
        assertTrue(err.contains("number of seeds must be at least 1, but was 0"), err);
        assertEquals(2, compare("--overwrite", "--mc-dropout", "1"));
        assertTrue(err.contains("passes with dropout must be 0 or at least 2, but was 1"), err);
    }

    @Test
    void helpExplainsEveryOption() {
        assertEquals(0, run(false, "--help"));
        for (String command : new String[] {"train", "resume", "evaluate", "describe"}) {
            assertTrue(out.contains("  " + command + "  "), out);
            assertEquals(0, run(false, command, "--help"));
            assertTrue(out.contains("This model takes with --set: axis, hidden, outputs."), out);
            assertTrue(out.contains("Exit codes: 0 done, 1 failed, 2 wrong use."), out);
            assertTrue(out.contains("Example"), out);
            assertEquals(0, run(false, "--help"));
        }
        assertEquals(0, run(false, "train", "-h"));
        for (String heading :
                new String[] {"Model", "Data", "Training", "Checkpoints", "Machine"}) {
            assertTrue(out.contains("\n" + heading + ":\n"), heading + " in\n" + out);
        }
        for (String option :
                new String[] {
                    "--data", "--shape", "--scale", "--epochs", "--batch-size", "--learning-rate",
                    "--seed", "--validation", "--test", "--out", "--set", "--threads"
                }) {
            assertTrue(out.contains(option + "="), option + " in\n" + out);
        }
        assertTrue(out.contains("Usage: java nets.PackedMlpHarness train "), out);
        assertTrue(out.contains("--ids "), out);
        assertEquals(0, run(true, "train", "-h"));
        assertTrue(out.contains("EPOCHS (passes"), out);
        assertTrue(out.contains("This model takes with --set: fails, filters, hidden."), out);
        assertTrue(out.contains("Usage: java nets.MlpComparison train "), out);
        assertFalse(out.contains("--version"), out);
    }
}
