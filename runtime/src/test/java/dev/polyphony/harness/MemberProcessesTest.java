/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static dev.polyphony.harness.MemberParent.TRAIN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.training.evaluator.Accuracy;
import dev.polyphony.models.PlainCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.History;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberProcessesTest {

    private static final int M = 2;

    @TempDir private Path folder;

    private static byte[] parameters(Ensemble ensemble) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ensemble.saveParameters(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** With dropout, batch normalisation and momentum; what is there is not trained again. */
    @Test
    void processesGiveTheBitsOfOneProcess() throws IOException {
        byte[] expected;
        History history;
        try (TrainedEnsemble here = MemberParent.harness(M, 3).fit(TRAIN)) {
            expected = parameters(here.getEnsemble());
            history = here.getHistory();
        }
        Harness harness = MemberParent.harness(M, 3).optProcesses(2, folder);
        check(expected, history, harness);

        Path first = MemberProcess.result(folder, 0);
        Path second = MemberProcess.result(folder, 1);
        byte[] kept = Files.readAllBytes(first);
        Files.delete(second);
        Files.delete(MemberProcess.log(folder, 0));
        check(expected, history, harness);
        assertArrayEquals(kept, Files.readAllBytes(first));
        assertFalse(Files.exists(MemberProcess.log(folder, 0)), "was trained again");
        assertTrue(Files.exists(second));

        String other =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> harness.fit(TestData.stripes(48, 4)))
                        .getMessage();
        assertEquals(
                first
                        + " is of another training, with another model, other data or settings:"
                        + " give another folder, or empty this one",
                other);

        Files.write(second, new byte[] {1, 2, 3});
        String damaged =
                assertThrows(RuntimeException.class, () -> harness.fit(TRAIN)).getMessage();
        assertTrue(damaged.contains(second + " is no member"), damaged);
        assertTrue(damaged.contains("delete it"), damaged);
    }

    private static void check(byte[] expected, History history, Harness harness)
            throws IOException {
        try (TrainedEnsemble trained = harness.fit(TRAIN)) {
            assertArrayEquals(expected, parameters(trained.getEnsemble()));
            assertEquals(history.steps(), trained.getHistory().steps());
            for (int i = 0; i < history.epochs().size(); i++) {
                assertEquals(
                        history.epochs().get(i).trainingLoss(),
                        trained.getHistory().epochs().get(i).trainingLoss(),
                        1e-5);
            }
        }
    }

    @Test
    void aFailureNamesTheMember() {
        // two classes for data of three
        Harness harness = MemberParent.harness(2, 2).optProcesses(1, folder);
        String message =
                assertThrows(IllegalStateException.class, () -> harness.fit(TRAIN)).getMessage();
        assertEquals(
                "Member 0 of 2 of Cnn, deep failed in its process: The data have 3 classes, but"
                        + " the model has 2 outputs. All that it said is in "
                        + MemberProcess.log(folder, 0),
                message);
    }

    @Test
    void whatCannotBeHandedOverIsRefused() {
        DeepEnsembleForm form = DeepEnsembleForm.of(2);
        Supplier<Ensemble> plain = () -> PlainCnn.of(form, 3);
        Harness harness = new Harness("plain lambda", plain, Recipe.of(form)) {};
        assertRefused(harness, "NetworkSupplier");
        Harness captures = MemberParent.harness(() -> PlainCnn.of(form, 3), 2);
        assertRefused(captures, "a dev.polyphony.nn.deepensemble.DeepEnsembleForm");
        assertRefused(MemberParent.harness(2, 3).optClipNorm(1), "norm of the gradient");
        assertRefused(
                MemberParent.harness(2, 3).optEvaluator(new Accuracy()),
                "the ai.djl.training.evaluator.Accuracy is not Serializable");
        assertRefused(
                MemberParent.harness(2, 3).optRecipe(Recipe.snapshots(form)),
                "another one: one run");
        Recipe vectorized = Recipe.of(form.vectorized(true));
        assertRefused(MemberParent.harness(2, 3).optRecipe(vectorized), "vectorized");
    }

    private void assertRefused(Harness harness, String why) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> harness.optProcesses(1, folder).fit(TRAIN))
                        .getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("processes"), message);
    }

    /** As kill -9 does: members end when they read the end of their standard input. */
    @Test
    void membersEndWithTheirParent() throws Exception {
        Process parent =
                ChildProcess.of(MemberParent.class, MemberParent.class, List.of(folder.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("parent.log").toFile())
                        .start();
        List<ProcessHandle> members = new ArrayList<>();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (parent.descendants().count() < 2 && parent.isAlive()) {
                assertTrue(System.nanoTime() < end, "no members after a minute");
                Thread.sleep(20);
            }
            assertTrue(parent.isAlive(), () -> read(folder.resolve("parent.log")));
            members.addAll(parent.descendants().toList());
            parent.destroyForcibly();
            for (ProcessHandle member : members) {
                member.onExit().get(60, TimeUnit.SECONDS);
            }
            assertEquals(2, members.size());
        } finally {
            parent.descendants().forEach(members::add);
            members.forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Whoever can write to the folder cannot make a process read objects of theirs. */
    @Test
    void readsNoJobButItsOwn() throws Exception {
        Files.write(MemberProcess.job(folder), ObjectFile.write("a job of someone else"));
        Path log = folder.resolve("log");
        Process process =
                ChildProcess.of(
                                MemberProcess.class,
                                MemberProcessesTest.class,
                                List.of(folder.toString(), "0", "another fingerprint"))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertEquals(1, process.waitFor());
        String said = Files.readString(log);
        assertTrue(said.contains("is not the job that this process was started for"), said);
    }
}
