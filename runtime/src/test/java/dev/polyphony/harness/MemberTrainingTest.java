/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.Mlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Selection;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to train the members of a deep ensemble, and the choice among them. */
class MemberTrainingTest {

    private static final int M = 2;
    private static final LabeledData TRAIN = TestData.moons(60, 0.2, 1);
    private static final LabeledData VALIDATION = TestData.moons(40, 0.2, 2);
    private static final DeepEnsembleForm COPIES = DeepEnsembleForm.of(M);
    private static final DeepEnsembleForm VECTORIZED = COPIES.vectorized(true);

    @TempDir private Path folder;

    private final List<String> notes = new ArrayList<>();

    @AfterEach
    void forgetMemory() {
        System.clearProperty("polyphony.memory");
    }

    /** As if the machine had so much memory left. */
    private static void setFree(long mebibytes) {
        System.setProperty("polyphony.memory", Long.toString(mebibytes));
    }

    /** A harness as the processor writes it. */
    private Harness harness(DeepEnsembleForm form) {
        boolean isVectorized = form.isVectorized();
        NetworkSupplier<Ensemble> network =
                () -> EnsembleMlp.of(COPIES.vectorized(isVectorized), 12, 2);
        NetworkSupplier<Mlp> model = () -> new Mlp(12, 2);
        return new Harness("Mlp, deep", network, Recipe.of(form), model, null) {}.optProgress(
                        new Notes())
                .optBatchSize(16)
                .optEpochs(2)
                .optThreads(1)
                .optOptimizer(OptimizerType.SGD)
                .optLearningRate(0.05);
    }

    private final class Notes implements Progress {

        @Override
        public void onNote(String name, String note) {
            notes.add(name + ": " + note);
        }

        @Override
        public void onBegin(Run run) {}

        @Override
        public void onStep(int epoch, int step, double loss) {}

        @Override
        public void onEpoch(History.Epoch epoch) {}

        @Override
        public void onEnd() {}
    }

    /** The parameters of each member, as a plain model has them. */
    private static float[][] members(TrainedEnsemble trained) {
        float[][] all = new float[M][];
        for (int m = 0; m < M; m++) {
            try (Model member = trained.extractMember(m, new Mlp(12, 2))) {
                all[m] =
                        member.getBlock().getParameters().values().stream()
                                .map(parameter -> parameter.getArray().toFloatArray())
                                .reduce(new float[0], MemberTrainingTest::concat);
            }
        }
        return all;
    }

    private static float[] concat(float[] first, float[] second) {
        float[] all = new float[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static void assertMembers(float[][] expected, float[][] actual, float tolerance) {
        for (int m = 0; m < M; m++) {
            assertArrayEquals(expected[m], actual[m], tolerance, "member " + m);
        }
    }

    /** Members of processes and of copies fill a vectorized network bit for bit. */
    @Test
    void allWaysGiveTheSameMembers() {
        float[][] copies;
        try (TrainedEnsemble trained = harness(COPIES).fit(TRAIN)) {
            copies = members(trained);
            assertEquals(M * 2 * 4, trained.getForwardCalls());
        }
        try (TrainedEnsemble trained = harness(VECTORIZED).fit(TRAIN)) {
            assertMembers(copies, members(trained), 1e-4f);
            assertEquals(2 * 4, trained.getForwardCalls());
        }
        Harness apart = harness(VECTORIZED).optMembers(MemberTraining.COPIES);
        try (TrainedEnsemble trained = apart.fit(TRAIN)) {
            assertMembers(copies, members(trained), 0);
            assertTrue(trained.getEnsemble().getForm().toString().contains("vectorized"));
            assertEquals(M * 2 * 4, trained.getForwardCalls());
        }
        Harness processes = harness(VECTORIZED).optProcesses(M, folder);
        try (TrainedEnsemble trained = processes.fit(TRAIN)) {
            assertMembers(copies, members(trained), 0);
            assertEquals(M * 2 * 4, trained.getForwardCalls());
        }
    }

    /** As on several machines. */
    @Test
    void membersOfHarnessesOfTheirOwnFillAVectorizedNetwork() {
        Harness harness = harness(VECTORIZED);
        List<Checkpoints> places = new ArrayList<>();
        for (int m = 0; m < M; m++) {
            places.add(Checkpoints.in(folder.resolve("member-" + m)));
            harness.getMember(m).optCheckpoints(places.get(m)).fit(TRAIN).close();
        }
        try (TrainedEnsemble copies = harness(COPIES).fit(TRAIN);
                TrainedEnsemble assembled = harness.assemble(places, TRAIN)) {
            assertMembers(members(copies), members(assembled), 0);
            assertEquals(copies.getForwardCalls(), assembled.getForwardCalls());
        }
        Harness selects = harness(COPIES).optSelection(Selection.leastLoss());
        String message =
                assertThrows(IllegalArgumentException.class, () -> selects.getMember(0))
                        .getMessage();
        assertTrue(message.contains("leave selection, patience"), message);
    }

    @Test
    void isChosenByMemoryAndGoesOnAsItBegan() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder.resolve("run"));
        Harness harness = harness(VECTORIZED).optCheckpoints(checkpoints);
        setFree(100_000);
        float[][] together;
        try (TrainedEnsemble trained = harness(VECTORIZED).fit(TRAIN)) {
            together = members(trained);
        }
        assertNote(
                "trained together in this process: all 2 take about ",
                " GiB are free; optMembers, or");

        setFree(0);
        try (TrainedEnsemble trained = harness.fit(TRAIN)) {
            assertMembers(together, members(trained), 1e-4f);
        }
        assertNote("trained in processes, 1 at a time: all 2 take about ", "optMembers");
        Path kept = folder.resolve("run/members");
        assertTrue(Files.exists(kept.resolve("member-1.bin")));

        // whatever memory there is now
        setFree(100_000);
        Files.delete(kept.resolve("member-1.bin"));
        Files.delete(kept.resolve("member-0.log"));
        try (TrainedEnsemble trained = harness.resume(TRAIN)) {
            assertMembers(together, members(trained), 1e-4f);
        }
        assertNote("trained in processes, ", kept + " has what was begun so");
        assertFalse(Files.exists(kept.resolve("member-0.log")), "member 0 was trained again");
    }

    /** Members that are there were drawn: they are not those of a start. */
    @Test
    void whatWasBegunIsNotAStart() throws IOException {
        setFree(0);
        harness(COPIES).optMembers(MemberTraining.AUTO, folder).fit(TRAIN).close();
        try (Model model = Model.newInstance("start")) {
            Mlp start = new Mlp(12, 2);
            model.setBlock(start);
            start.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 2));
            Harness warm =
                    harness(COPIES).optMembers(MemberTraining.AUTO, folder).optWarmStart(start);
            String message =
                    assertThrows(IllegalArgumentException.class, () -> warm.fit(TRAIN))
                            .getMessage();
            assertTrue(message.contains("start from parameters that are drawn"), message);
        }
    }

    /** Where no process could be started, training is not refused. */
    @Test
    void staysTogetherWhereProcessesDoNotFindTheClasses() throws Exception {
        setFree(0);
        Class<?> hidden = new HiddenClasses().define(HiddenModel.class);
        NetworkSupplier<Ensemble> network = () -> EnsembleMlp.of(VECTORIZED, 12, 2);
        NetworkSupplier<?> model = (NetworkSupplier<?>) hidden.getConstructor().newInstance();
        new Harness("Mlp, deep", network, Recipe.of(VECTORIZED), model, null) {}.optProgress(
                        new Notes())
                .optEpochs(1)
                .fit(TRAIN)
                .close();
        assertNote(
                "trained together in this process, which may fail: ",
                "the classes come from " + HiddenClasses.class.getName());
    }

    /** A model's maker whose class a process would not find. */
    public static final class HiddenModel implements NetworkSupplier<Mlp> {

        private static final long serialVersionUID = 1L;

        /** Creates it. */
        public HiddenModel() {}

        @Override
        public Mlp get() {
            return new Mlp(12, 2);
        }
    }

    /** Classes from memory. */
    private static final class HiddenClasses extends ClassLoader {

        HiddenClasses() {
            super(MemberTrainingTest.class.getClassLoader());
        }

        Class<?> define(Class<?> type) throws IOException {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream in = getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(type.getName(), bytes, 0, bytes.length);
            }
        }
    }

    private void assertNote(String begin, String end) {
        assertEquals(1, notes.size(), notes.toString());
        String note = notes.remove(0);
        assertTrue(note.startsWith("Mlp, deep: members are " + begin), note);
        assertTrue(note.contains(end), note);
    }

    /** Together, and said why: what is selected is the ensemble's. */
    @Test
    void staysTogetherWhereProcessesWouldGiveAnother() throws IOException {
        setFree(0);
        Harness harness = harness(COPIES).optSelection(Selection.leastLoss());
        harness.optMembers(MemberTraining.AUTO, folder).fit(TRAIN, VALIDATION).close();
        assertNote(
                "trained together in this process, which may fail: ",
                "each would be judged, watched and kept by itself");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    /** Each member keeps the epoch that is best for it, as it would by hand. */
    @Test
    void aSelectionIsEachMembers() {
        Harness harness =
                harness(COPIES)
                        .optEpochs(6)
                        .optLearningRate(0.6)
                        .optSelection(Selection.leastLoss())
                        .optPatience(2)
                        .optProcesses(M, folder);
        try (TrainedEnsemble trained = harness.fit(TRAIN, VALIDATION)) {
            float[][] members = members(trained);
            List<History> own = new ArrayList<>();
            for (int m = 0; m < M; m++) {
                own.add(read(m));
            }
            for (History history : own) {
                int best = History.getBestEpoch(history.epochs());
                assertEquals(best, history.kept());
                assertEquals(Math.min(6, best + 2), history.epochs().size());
            }
            assertEquals(
                    own.stream().mapToLong(History::forwardCalls).sum(), trained.getForwardCalls());
            History both = trained.getHistory();
            assertEquals(
                    (own.get(0).epochs().get(0).validationLoss()
                                    + own.get(1).epochs().get(0).validationLoss())
                            / 2,
                    both.epochs().get(0).validationLoss(),
                    1e-12);
            // the parameters are those of the epochs: judged again they come to the same
            for (int m = 0; m < M; m++) {
                double loss = own.get(m).epochs().get(own.get(m).kept() - 1).validationLoss();
                assertEquals(loss, loss(trained, m), 1e-5);
            }
            assertEquals(M, members.length);
        }
    }

    private History read(int member) {
        try {
            return MemberResult.read(MemberProcess.result(folder, member)).history();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double loss(TrainedEnsemble trained, int member) {
        double[][][] answers = trained.predict(VALIDATION).getMemberProbabilities();
        double sum = 0;
        for (int i = 0; i < VALIDATION.size(); i++) {
            sum -= Math.log(answers[i][member][VALIDATION.getLabels()[i]]);
        }
        return sum / VALIDATION.size();
    }

    @Test
    void waysThatCannotBeAreRefused() {
        assertRefused(harness(COPIES), MemberTraining.VECTORIZED, "vectorized = true");
        Harness packed = TestHarness.of("packed", PackedForm.of(2), 8, 2);
        assertRefused(packed, MemberTraining.COPIES, "as one network");
        Harness unknown =
                new Harness(
                        "unknown",
                        () -> EnsembleMlp.of(VECTORIZED, 12, 2),
                        Recipe.of(VECTORIZED)) {};
        assertRefused(unknown, MemberTraining.COPIES, "optPlainModel");
    }

    private static void assertRefused(Harness harness, MemberTraining way, String why) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> harness.optMembers(way))
                        .getMessage();
        assertTrue(message.contains(why), message);
    }
}
