/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.MultiExamples;
import dev.polyphony.model.TasksFolder;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import dev.polyphony.multitask.train.TwoTasks;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of a harness of several tasks, on data in a file. */
class MultiTaskCommandTest {

    private static final MultiExamples DATA = TwoTasks.data(120, 3);

    @TempDir private Path folder;

    private Path csv;
    private Path run;
    private String out;
    private String err;

    @BeforeEach
    void writeData() throws IOException {
        run = folder.resolve("run");
        csv = Files.write(folder.resolve("two.csv"), lines());
    }

    private static List<String> lines() {
        List<String> lines =
                new ArrayList<>(List.of("left.0,left.1,left.2,left.3,right.x,right.y,kind,size"));
        float[] left = DATA.getInput("left").getFeatures();
        float[] right = DATA.getInput("right").getFeatures();
        for (int i = 0; i < DATA.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int k = 0; k < 4; k++) {
                line.append(left[4 * i + k]).append(',');
            }
            line.append(right[2 * i]).append(',').append(right[2 * i + 1]).append(',');
            // each tenth size is not known
            lines.add(
                    line.append(DATA.getClasses("kind")[i])
                            .append(',')
                            .append(i % 10 == 9 ? "" : DATA.getTargets("size")[i])
                            .toString());
        }
        return lines;
    }

    private static MultiTaskHarness harness(int members) {
        PackedForm form = PackedForm.of(members);
        return new MultiTaskHarness(
                "two, packed", () -> new TwoTasks.Whole(form), Recipe.of(form), TwoTasks.TASKS) {};
    }

    private int run(Object... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code =
                MultiTaskCommand.execute(
                        "nets.PackedTwoHarness",
                        Arrays.stream(args).map(Object::toString).toArray(String[]::new),
                        arguments -> harness(arguments.getInt("members")),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int train(Path where, int epochs, Object... more) {
        List<Object> args =
                new ArrayList<>(
                        List.of(
                                "train",
                                "--data",
                                csv,
                                "--out",
                                where,
                                "--set",
                                "members=2",
                                "--batch-size",
                                16,
                                "--epochs",
                                epochs,
                                "--threads",
                                1));
        args.addAll(List.of(more));
        return run(args.toArray());
    }

    private String predict(Path model) {
        assertEquals(0, run("predict", "--model", model, "--data", csv, "--threads", 1), err);
        return out;
    }

    @Test
    void aRunIsTrainedJudgedAndAsked() throws IOException {
        assertEquals(0, train(run, 3, "--balance", "uncertainty"), err);
        String table =
                out.lines().filter(line -> line.startsWith("| two")).findFirst().orElseThrow();
        for (String file :
                List.of(
                        "run.json",
                        "index.html",
                        "results.csv",
                        "history.csv",
                        "training.html",
                        "model/model.json")) {
            assertTrue(Files.exists(run.resolve(file)), file);
        }
        assertEquals(0, run("evaluate", run, "--threads", 1), err);
        String again =
                out.lines().filter(line -> line.startsWith("| two")).findFirst().orElseThrow();
        // the time of the training is in the table
        assertEquals(
                table.substring(0, table.lastIndexOf('|', table.length() - 3)),
                again.substring(0, again.lastIndexOf('|', again.length() - 3)));
        String answers = predict(run.resolve("model"));
        assertEquals(
                "example,predicted(kind),probability(kind),entropy(kind),mutualInformation(kind),mean(size),standardDeviation(size)",
                answers.lines().findFirst().orElseThrow());
        try (TrainedTasks trained = harness(2).load(run.resolve("model"))) {
            TaskAnswers kinds = trained.predict(DATA).get("kind");
            TaskAnswers sizes = trained.predict(DATA).get("size");
            List<String> lines = answers.lines().skip(1).toList();
            assertEquals(DATA.size(), lines.size());
            for (int i : new int[] {0, 57, 119}) {
                String[] fields = lines.get(i).split(",");
                assertEquals(kinds.toPredictions().getPredicted()[i], Integer.parseInt(fields[1]));
                assertEquals(
                        sizes.toNumbers().getMeans()[i][0], Double.parseDouble(fields[5]), 1e-6);
            }
        }
        Path description = run.resolve("model/model.json");
        String named =
                Files.readString(description)
                        .replaceFirst("(\"outputNames\": \\[\\s*)\"0\"", "$1\"no, none\"");
        Files.writeString(description, named);
        assertTrue(predict(run.resolve("model")).contains(",\"no, none\","), out);
        assertEquals(2, train(run, 3), "the folder is taken");
        assertTrue(err.contains("has a run: go on with it by 'resume"), err);
        assertEquals(0, train(run, 1, "--overwrite"), err);
    }

    @Test
    void aRunGoesOnAsIfItHadNotStopped() {
        assertEquals(0, train(run, 2, "--balance", "gradnorm", "--surgery", "pcgrad"), err);
        assertEquals(0, run("resume", run, "--epochs", 4, "--quiet"), err);
        Path whole = folder.resolve("whole");
        assertEquals(0, train(whole, 4, "--balance", "gradnorm", "--surgery", "pcgrad"), err);
        assertEquals(predict(whole.resolve("model")), predict(run.resolve("model")));
    }

    @Test
    void otherFilesMayHaveTheirColumnsInAnotherOrder() throws IOException {
        assertEquals(0, train(run, 1), err);
        List<String> turned = new ArrayList<>();
        for (String line : lines()) {
            List<String> fields = new ArrayList<>(Arrays.asList(line.split(",", -1)));
            Collections.reverse(fields);
            turned.add(String.join(",", fields));
        }
        Path other = Files.write(folder.resolve("turned.csv"), turned);
        assertEquals(0, run("evaluate", run, "--data", csv), err);
        String straight = out;
        assertEquals(
                0, run("evaluate", run, "--data", other, "--out", folder.resolve("judged")), err);
        assertTrue(out.startsWith(straight), out);
        assertTrue(Files.exists(folder.resolve("judged/index.html")));
    }

    @Test
    void inputsAreNamedInTheOrderOfTheModel() throws IOException {
        assertEquals(
                0,
                train(run, 1, "--input", "left=4", "--input", "right", "--scale", "left=0.5"),
                err);
        List<String> named =
                TasksFolder.describe(run.resolve("model")).getDescription().inputs().stream()
                        .map(input -> input.name() + " " + input.format().shape())
                        .toList();
        assertEquals(List.of("left (4)", "right (2)"), named);
        Path turned = folder.resolve("b");
        assertEquals(0, train(turned, 1, "--input", "right", "--input", "left"), err);
        assertEquals(
                "right",
                TasksFolder.describe(turned.resolve("model"))
                        .getDescription()
                        .inputs()
                        .get(0)
                        .name());
        assertEquals(1, train(folder.resolve("c"), 1, "--input", "up"), out);
        assertTrue(
                err.contains(
                        "has no columns of the input 'up', named 'up' or 'up.0', 'up.1', ...: it has left.0"),
                err);
        assertEquals(1, train(folder.resolve("d"), 1, "--input", "left=2,3", "--input", "right"));
        assertTrue(
                err.contains("has 4 columns of the input 'left', but its shape (2, 3) needs 6"),
                err);
    }

    @Test
    void wrongCallsAreToldApartFromFailures() {
        assertEquals(2, train(run, 1, "--balance", "even"));
        assertTrue(err.contains("'even' is none of: fixed, uncertainty, gradnorm"), err);
        assertEquals(2, train(run, 1, "--turns", "focus=20:5"));
        assertEquals(2, train(run, 1, "--curriculum", "linear=2:1"));
        assertTrue(err.contains("first share of the data must be above 0, at most 1"), err);
        assertEquals(2, train(run, 1, "--scale", "up=3", "--input", "left"));
        assertEquals(2, run("train"));
        assertEquals(2, run("describe", "--set", "members=2", "--input", "left"));
        assertTrue(err.contains("The shape of the input 'left' is missing"), err);
        assertEquals(1, train(run, 1, "--task-weight", "kinds=2"));
        assertTrue(err.contains("There is no task 'kinds'"), err);
        assertEquals(2, train(run, 1, "--keep-best"));
        assertTrue(err.contains("--keep-best"), err);
        assertFalse(err.contains("\tat "), err);
        assertEquals(2, run("resume", folder.resolve("none")));
    }

    @Test
    void helpShowsWhatThereIs() {
        assertEquals(0, run("train", "--help"));
        for (String option :
                List.of(
                        "--input",
                        "--balance",
                        "--turns",
                        "--surgery",
                        "--curriculum",
                        "--checkpoint-every",
                        "--epochs",
                        "--validation",
                        "--set")) {
            assertTrue(out.contains(option), option);
        }
        assertTrue(out.contains("This model takes with --set: members."), out);
        assertEquals(0, run("--help"));
        assertTrue(out.contains("Trains an ensemble in several tasks"), out);
    }

    @Test
    void describesWithoutData() {
        assertEquals(
                0,
                run("describe", "--set", "members=2", "--input", "left=4", "--input", "right=2"),
                err);
        assertTrue(out.contains("deep ensemble of 2"), out);
    }
}
