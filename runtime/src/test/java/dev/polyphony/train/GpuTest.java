/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.polyphony.BatchSplit;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trainings on a GPU, and on two, end where they end on the CPU, but for rounding. They run where
 * the engine reports GPUs, {@code mvn -Pgpu test -Dgroups=gpu}, and say so elsewhere.
 */
@Tag("gpu")
class GpuTest {

    private static final LabeledData DATA = TestData.moons(90, 0.15, 1);
    private static final float TOLERANCE = 2e-4f;

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(2),
                MimoForm.of(2).batchRepetitions(2),
                MixMoForm.of(2).method(MixMethod.LINEAR).batchRepetitions(2),
                BatchEnsembleForm.of(2).split(BatchSplit.SUB_BATCH),
                MasksemblesForm.of(2),
                SubEnsembleForm.of(2),
                DeepEnsembleForm.of(2));
    }

    private record Outcome(float[] logits, History history) {}

    /** The parameters are drawn by the device that has them, so all start with those of the CPU. */
    private static Outcome train(Form form, String devices, Snapshot start) {
        Training training =
                Training.builder()
                        .optBatchSize(16)
                        .optEpochs(2)
                        .optLearningRate(0.02)
                        .optOptimizer(OptimizerType.SGD)
                        .optWeightDecay(1e-3)
                        .optClipNorm(1)
                        .optLabelSmoothing(0.1)
                        .optClassWeights(1, 2)
                        .optSeed(3)
                        .optDevice(devices)
                        .build();
        RunHook hook =
                new RunHook() {

                    @Override
                    public void onStart(TrainingRun run) {
                        start.restore(run.getEnsemble());
                    }
                };
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), training, Progress.none(), hook);
        try (Trained trained = loop.train("test", () -> EnsembleMlp.of(form, 16, 2), DATA, DATA)) {
            NDManager manager = trained.model().getNDManager();
            return new Outcome(
                    MemberPrediction.logits(trained.ensemble(), manager, DATA), trained.history());
        }
    }

    private static Snapshot start(Form form) {
        Snapshot[] start = new Snapshot[1];
        Training training =
                Training.builder().optEpochs(1).optBatchSize(90).optDevice("cpu").build();
        RunHook hook =
                new RunHook() {

                    @Override
                    public void onStart(TrainingRun run) {
                        start[0] = Snapshot.of(run.getEnsemble());
                    }
                };
        new TrainingLoop(Recipe.of(form), training, Progress.none(), hook)
                .train("test", () -> EnsembleMlp.of(form, 16, 2), DATA, null)
                .close();
        return start[0];
    }

    private static void requireGpus(int count) {
        int gpus =
                Engine.getInstance().hasCapability("CUDA") ? Engine.getInstance().getGpuCount() : 0;
        if (gpus < count) {
            System.out.printf("Skipped on %d GPUs: the test takes %d%n", gpus, count);
        }
        Assumptions.assumeTrue(gpus >= count, gpus + " GPUs");
    }

    private static void check(Form form, String devices) {
        Snapshot start = start(form);
        Outcome cpu = train(form, "cpu", start);
        Outcome gpu = train(form, devices, start);
        assertArrayEquals(cpu.logits(), gpu.logits(), TOLERANCE);
        for (int i = 0; i < 2; i++) {
            History.Epoch one = cpu.history().epochs().get(i);
            History.Epoch other = gpu.history().epochs().get(i);
            assertEquals(one.trainingLoss(), other.trainingLoss(), TOLERANCE);
            assertEquals(one.validationLoss(), other.validationLoss(), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aGpuEndsWhereTheCpuEnds(Form form) {
        requireGpus(1);
        check(form, "gpu0");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void twoGpusEndWhereTheCpuEnds(Form form) {
        requireGpus(2);
        check(form, "gpu0,gpu1");
    }
}
