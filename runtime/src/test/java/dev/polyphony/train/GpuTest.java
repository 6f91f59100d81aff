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
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.data.augment.RandomCrop;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trainings on a GPU, and on two, end where they end on the CPU, but for rounding. They run where
 * the engine reports GPUs, {@code mvn -Pgpu test -Dgroups=gpu}, and say so elsewhere.
 */
@Tag("gpu")
class GpuTest {

    private static final float TOLERANCE = 2e-4f;

    /** What is learnt. */
    private enum Work {
        /** Numbers that lie on the device. */
        NUMBERS(TestData.moons(90, 0.15, 1)) {

            @Override
            Ensemble newNetwork(Form form) {
                return EnsembleMlp.of(form, 16, 2);
            }

            @Override
            Training.Builder settings() {
                return Training.builder()
                        .optWeightDecay(1e-3)
                        .optClipNorm(1)
                        .optLabelSmoothing(0.1)
                        .optClassWeights(1, 2);
            }
        },
        /** Images that are changed, and go to the device batch by batch, in two parts. */
        IMAGES(TestData.stripes(96, 3)) {

            @Override
            Ensemble newNetwork(Form form) {
                return new EnsembleCnn(form, 3);
            }

            @Override
            Training.Builder settings() {
                return Training.builder()
                        .optAugmentation(
                                Augmentation.of(
                                        RandomCrop.of(1),
                                        HorizontalFlip.of(0.5),
                                        PixelMix.cutMix(1).probability(0.5)))
                        .optResidentLimit(0)
                        .optAccumulation(2);
            }
        };

        private final LabeledData data;

        Work(LabeledData data) {
            this.data = data;
        }

        abstract Ensemble newNetwork(Form form);

        abstract Training.Builder settings();
    }

    static Stream<Arguments> cases() {
        // the network for images has no copies
        return Stream.concat(
                forms().map(form -> Arguments.of(Work.NUMBERS, form)),
                forms().filter(form -> !(form instanceof DeepEnsembleForm))
                        .map(form -> Arguments.of(Work.IMAGES, form)));
    }

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
    private static Outcome train(Work work, Form form, String devices, Snapshot start) {
        Training training =
                work.settings()
                        .optBatchSize(16)
                        .optEpochs(2)
                        .optLearningRate(0.02)
                        .optOptimizer(OptimizerType.SGD)
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
        try (Trained trained =
                loop.train("test", () -> work.newNetwork(form), work.data, work.data)) {
            NDManager manager = trained.model().getNDManager();
            return new Outcome(
                    MemberPrediction.logits(trained.ensemble(), manager, work.data),
                    trained.history());
        }
    }

    private static Snapshot start(Work work, Form form) {
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
                .train("test", () -> work.newNetwork(form), work.data, null)
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

    private static void check(Work work, Form form, String devices) {
        Snapshot start = start(work, form);
        Outcome cpu = train(work, form, "cpu", start);
        Outcome gpu = train(work, form, devices, start);
        assertArrayEquals(cpu.logits(), gpu.logits(), TOLERANCE);
        for (int i = 0; i < 2; i++) {
            History.Epoch one = cpu.history().epochs().get(i);
            History.Epoch other = gpu.history().epochs().get(i);
            assertEquals(one.trainingLoss(), other.trainingLoss(), TOLERANCE);
            assertEquals(one.validationLoss(), other.validationLoss(), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aGpuEndsWhereTheCpuEnds(Work work, Form form) {
        requireGpus(1);
        check(work, form, "gpu0");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void twoGpusEndWhereTheCpuEnds(Form form) {
        requireGpus(2);
        // batch normalisation has the statistics of a device's own share
        check(Work.NUMBERS, form, "gpu0,gpu1");
    }
}
