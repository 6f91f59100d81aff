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
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is called wrongly or cannot work is one line on standard error, and an exit code. */
class WrongCommandTest extends CommandFixture {

    @Test
    void doesNotTrainOverARun() {
        assertEquals(0, train("--quiet"), err);
        assertEquals(2, train("--quiet"));
        assertOneLineOfError("has a run: go on with it by 'resume " + run + "'");
    }

    @Test
    void wrongUseIsCodeTwo() {
        assertEquals(2, run(false));
        assertOneLineOfError("train, resume, evaluate, predict or describe");
        assertEquals(2, run(false, "--data", csv.toString()));
        assertOneLineOfError("train, resume, evaluate, predict or describe");
        assertEquals(2, run(false, "trian"));
        assertOneLineOfError("train, resume, evaluate, predict or describe");
        assertEquals(2, run(false, "train"));
        assertOneLineOfError("--data");
        assertEquals(2, train("--seed", "many"));
        assertOneLineOfError("'many'");
        assertEquals(2, train("--batch-size", "0"));
        assertOneLineOfError("batch size must be at least 1, but was 0");
        assertEquals(2, train("--test", "0.9"));
        assertOneLineOfError("must leave some to train on");
        assertEquals(2, train("--out", csv.toString()));
        assertOneLineOfError("--out is a folder, but " + csv + " is not");
        assertEquals(2, train("--shape", "1,x"));
        assertOneLineOfError("'1,x' is not a shape, such as 1,8,8");
        assertEquals(2, train("--schedule", "cosin"));
        assertOneLineOfError("'cosin' is no schedule: use constant, cosine");
        assertEquals(2, train("--schedule", "exponential"));
        assertOneLineOfError("exponential takes what the rate is multiplied by");
        assertEquals(2, train("--schedule", "linear:2"));
        assertOneLineOfError("linear: ");
        assertEquals(2, train("--epochs", "3", "--warm-up", "4"));
        assertOneLineOfError("--warm-up 4.0 is longer than the training, --epochs 3");
        assertEquals(2, train("--checkpoint-every", "often"));
        assertOneLineOfError("'often' is no interval, such as 30s");
        assertEquals(2, run(false, "train", "--data", csv.toString(), "--out", run.toString()));
        assertOneLineOfError("'hidden' is missing; it must be a whole number");
        assertOneLineOfError("--set NAME=VALUE");
        assertEquals(2, train("--set", "hiden=9"));
        assertOneLineOfError(
                "Unknown name 'hiden' in --set; this model knows: axis, hidden, outputs");
        assertEquals(2, train("--epoch", "3"));
        assertOneLineOfError("did you mean --epochs?");
        assertEquals(2, train("--ood", "far.csv"));
        assertOneLineOfError("Value for option '--ood'");
        assertEquals(2, train("--version"));
        assertOneLineOfError("--version");
        assertEquals(2, run(false, "resume", folder.toString()));
        assertOneLineOfError("There is no run in " + folder + ": train one with --out");
        assertFalse(Files.exists(run), "a wrong call leaves nothing behind");
    }

    @Test
    void aRunWithoutAModelIsNotFinished() throws IOException {
        assertEquals(0, train("--quiet"), err);
        Files.delete(run.resolve("model/model.json"));
        assertEquals(1, run(false, "evaluate", run.toString()));
        assertOneLineOfError(
                "is not finished, there is no model yet: go on with it by 'resume " + run);
        String[] args = {"predict", "--model", run.toString(), "--data", csv.toString()};
        assertEquals(1, run(false, args));
        assertOneLineOfError("is not finished");
    }

    @Test
    void aBrokenRunFileIsOneLine() throws IOException {
        assertEquals(0, train("--quiet"), err);
        Path file = run.resolve("run.json");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertEquals(1, run(false, "resume", run.toString()));
        assertOneLineOfError("run.json is not what train wrote");
        Files.writeString(file, text.replace("\"--epochs\"", "\"--epoch\""));
        assertEquals(2, run(false, "resume", run.toString()));
        assertOneLineOfError("run.json cannot be used: Unknown option: '--epoch=2'");
    }

    @Test
    void failuresOfTheEngineAreOneLine() {
        String[] values = {"--set", "outputs=2", "--quiet", "--out", run.toString()};
        List<String> args = new ArrayList<>(List.of("train", "--data", csv.toString()));
        args.addAll(List.of(values));
        assertEquals(1, run(false, args.toArray(String[]::new)));
        assertOneLineOfError(
                "EngineException: 2 outputs (--stacktrace shows where; models of images need --shape C,H,W)");
        args.add("--stacktrace");
        assertEquals(1, run(false, args.toArray(String[]::new)));
        assertTrue(err.contains("\tat "), err);
    }

    @Test
    void shapesThatDoNotFitAreOneLine() {
        String[] wrong = {
            "train", "--data", csv.toString(), "--set", "filters=2", "--out", run.toString()
        };
        assertEquals(1, run(true, wrong));
        assertOneLineOfError("The comparison did not start: the row 'plain': ");
        assertOneLineOfError("models of images need --shape C,H,W)");
        String[] args = {
            "train", "--data", csv.toString(), "--set", "axis=2", "--quiet", "--out", run.toString()
        };
        assertEquals(1, run(false, args));
        assertOneLineOfError("the model fails on inputs of the shape [(1, 2)]");
        assertOneLineOfError(" (models of images need --shape C,H,W)");
        List<String> shaped = new ArrayList<>(List.of(args));
        shaped.addAll(List.of("--shape", "2,1"));
        assertEquals(1, run(false, shaped.toArray(String[]::new)));
        assertOneLineOfError("flatten the output to [batch, classes]");
        assertFalse(err.contains("--shape"), err);
    }

    @Test
    void aFailedRowLeavesTheReportOfTheOthers() {
        assertEquals(1, compare("--set", "fails=late", "--quiet"));
        assertTrue(out.contains("deep ensemble"), out);
        assertOneLineOfError(
                "Error: The row 'late' of the comparison failed: out of luck; the report of the rows"
                        + " before it is in "
                        + run);
        assertTrue(Files.exists(run.resolve("index.html")));
    }

    @Test
    void failedWorkIsCodeOne() throws IOException {
        assertEquals(1, train("--data", "none.csv"));
        assertOneLineOfError("There is no file");
        Files.writeString(csv, "0,1,2\n1,x,3\n");
        assertEquals(1, train());
        assertOneLineOfError("moons.csv:2: column 2 is not a number: 'x'");
    }

    @Test
    void messagesNameOptions() throws IOException {
        assertEquals(2, train("--patience", "3", "--select", "last"));
        assertOneLineOfError("say with --select which that is, loss or accuracy");
        assertEquals(1, train("--validation", "0", "--select", "loss"));
        assertOneLineOfError("give them with --validation, or leave --select out");
        assertEquals(1, train("--overwrite", "--lr", "1e30", "--epochs", "3"));
        assertOneLineOfError("bound the gradient with --clip-norm");
        assertFalse(err.contains("DivergedException"), err);
        Files.writeString(csv, "0.25,1,2\n0.5,2,3\n");
        assertEquals(1, train("--overwrite"));
        assertOneLineOfError("but is '0.25'");
        assertOneLineOfError("(--task regression takes numbers)");
    }

    /** What is given is used, or refused. */
    @Test
    void whatWouldBeIgnoredIsRefused() throws IOException {
        assertEquals(2, train("--momentum", "0.5"));
        assertOneLineOfError(
                "A momentum of 0.5 is one of gradient descent, but the optimizer is A");
        assertEquals(2, train("--resize"));
        assertOneLineOfError("--resize is for a folder of images, but " + csv + " is none");
        assertFalse(Files.exists(run), "a wrong call leaves nothing behind");
    }

    @Test
    void aWrongDeviceIsNamedBeforeAModelIsLoaded() {
        assertEquals(0, train("--quiet"), err);
        assertEquals(1, run(false, "evaluate", run.toString(), "--device", "gpu77"));
        assertOneLineOfError("There is no gpu77: ");
    }
}
