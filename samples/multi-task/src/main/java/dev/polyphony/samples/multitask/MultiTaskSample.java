/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import dev.polyphony.data.IdxFiles;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.Standardizer;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.compare.MultiTaskComparison;
import dev.polyphony.multitask.compare.TaskReport;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.Pacing;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.multitask.train.Distillation;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Trains models with several inputs and outputs: ways to balance their losses, ways to fuse their
 * inputs, and ensembles with an uncertainty for each task.
 */
public final class MultiTaskSample {

    private static final int[] SEEDS = {0, 1, 2};

    /** How often ensembles go through the data while a plain model does once. */
    private static final int LONGER = 3;

    private static final String AS_LONG = "uncertainty weighting, as long as ensembles";

    private static final String ENSEMBLES =
            "three times as many epochs as the other rows, with uncertainty weighting; packed at the learning rate 0.01; MIMO's members see the same example in half of the cases";

    private MultiTaskSample() {}

    /**
     * Runs the sample.
     *
     * @param args {@code true} for the pages, or a command of the command line: {@code train},
     *     {@code resume}, {@code evaluate}, {@code predict}, {@code describe}; where to write; and
     *     possibly the folder of Fashion-MNIST
     * @throws IOException if data cannot be read, or a page cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path out = Path.of(args[1]);
        if (!args[0].equals("true")) {
            try {
                PlantCommand.run(args[0], out);
            } catch (IllegalArgumentException e) {
                System.err.println("Error: " + e.getMessage());
                System.exit(2);
            }
            return;
        }
        PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TaskReport digits = digits(15, SEEDS);
        digits.print(console);
        console.println("\nThe page: " + digits.writeTo(out.resolve("digits")));
        TaskReport plant = plant(900, 10, SEEDS);
        plant.print(console);
        console.println("\nThe page: " + plant.writeTo(out.resolve("plant")));
        if (args.length > 2 && !args[2].isBlank()) {
            TaskReport garments = garments(Path.of(args[2]), 3000, 4, SEEDS);
            garments.print(console);
            console.println("\nThe page: " + garments.writeTo(out.resolve("garments")));
        }
    }

    /** Digits and their ink: losses of very different size, in every way to balance them. */
    static TaskReport digits(int epochs, int... seeds) throws IOException {
        MultiExamples[] parts = Digits.read().split(1, 0.6, 0.4);
        // a teacher for the row of distillation
        MultiTaskHarness packed = PackedDigitAndMassHarness.of(12);
        setDigits(packed, epochs);
        setEnsemble(packed, epochs);
        try (TrainedTasks teacher = packed.fit(parts[0])) {
            MultiTaskComparison comparison =
                    DigitAndMassComparison.of(12)
                            .optSettings(harness -> setDigits(harness, epochs))
                            .optFormSettings(harness -> setEnsemble(harness, epochs))
                            .addVariant(
                                    "uncertainty weighting",
                                    harness -> harness.optBalance(Balance.uncertainty()))
                            .addVariant(
                                    AS_LONG,
                                    harness ->
                                            harness.optBalance(Balance.uncertainty())
                                                    .optEpochs(LONGER * epochs))
                            .addVariant(
                                    "GradNorm", harness -> harness.optBalance(Balance.gradNorm()))
                            .addVariant(
                                    "dynamic weights",
                                    harness -> harness.optBalance(Balance.dynamicWeightAverage()))
                            .addVariant(
                                    "PCGrad",
                                    harness -> harness.optSurgery(GradientSurgery.pcGrad()))
                            .addVariant(
                                    "uncertainty weighting, distilled",
                                    harness ->
                                            harness.optBalance(Balance.uncertainty())
                                                    .optTeacher(Distillation.of(teacher)))
                            .optSeeds(seeds);
            return comparison
                    .run(parts[0], parts[1])
                    .addFact("Ensembles", ENSEMBLES)
                    .addFact("Data", "1,797 handwritten digits of 8x8 pixels, and the ink of each");
        }
    }

    private static void setDigits(MultiTaskHarness harness, int epochs) {
        harness.optEpochs(epochs)
                .optBatchSize(64)
                .optLearningRate(4e-3)
                .optSchedule(Schedule.cosine(0.01))
                .optProgress(Progress.none());
    }

    /**
     * Members have half of the model's width, or all of it for two: they take longer, and narrow
     * ones a larger learning rate.
     */
    private static void setEnsemble(MultiTaskHarness harness, int epochs) {
        harness.optEpochs(LONGER * epochs).optBalance(Balance.uncertainty());
        if (harness.getRecipe().form() instanceof PackedForm) {
            harness.optLearningRate(0.01);
        }
    }

    /** A made-up machine and its three senses: ways to fuse them, and to take turns. */
    static TaskReport plant(int size, int epochs, int... seeds) {
        MultiExamples train = PlantData.make(size, 1);
        MultiExamples test = PlantData.make(size, 2);
        Standardizer vibrations = Standardizer.of(train, "vibrations");
        MultiTaskComparison comparison =
                PlantComparison.of(Fusion.CONCAT, 16)
                        .optSettings(
                                harness ->
                                        harness.optEpochs(epochs)
                                                .optBatchSize(48)
                                                .optLearningRate(6e-3)
                                                .optSchedule(Schedule.cosine(0.01))
                                                .optProgress(Progress.none()));
        for (Fusion fusion : Fusion.values()) {
            if (fusion != Fusion.CONCAT) {
                comparison.addModel("fusion " + fusion, () -> new Plant(fusion, 16), harness -> {});
            }
        }
        addWays(comparison, train);
        return comparison
                .optFormSettings(harness -> setEnsemble(harness, epochs))
                .optSeeds(seeds)
                .run(vibrations.apply(train), vibrations.apply(test))
                .addFact("Ensembles", ENSEMBLES)
                .addFact("Data", "made up: a thermal image, vibrations and the log of a machine");
    }

    /** Ways to train the plain model: turns, curricula, a rate for one task, small batches. */
    private static void addWays(MultiTaskComparison comparison, MultiExamples train) {
        comparison
                .addVariant(
                        "tasks take turns",
                        harness -> harness.optTaskSchedule(TaskSchedule.alternating(1)))
                .addVariant(
                        "weakest task in focus",
                        harness -> harness.optTaskSchedule(TaskSchedule.focus(20, 5, 3)))
                .addVariant(
                        "easiest first",
                        harness -> harness.optCurriculum(Curriculum.byLoss(Pacing.root(0.5, 0.5))))
                .addVariant(
                        "loudest first",
                        harness ->
                                harness.optCurriculum(
                                        Curriculum.byScore(
                                                PlantData.difficulty(train),
                                                Pacing.root(0.5, 0.5))))
                .addVariant(
                        "faults learn faster", harness -> harness.optTaskLearningRate("faults", 3))
                .addVariant(
                        "two half batches an update",
                        harness -> harness.optBatchSize(24).optAccumulation(2));
    }

    /** Garments with attributes, as many of the set as asked for. */
    static TaskReport garments(Path folder, int size, int epochs, int... seeds) throws IOException {
        IdxFiles files = IdxFiles.in(folder).optLimit(size);
        MultiExamples train = GarmentData.of(files.readTrain(), 1);
        MultiExamples test = GarmentData.of(files.readTest(), 2);
        return GarmentComparison.of(6)
                .optSettings(
                        harness ->
                                harness.optEpochs(epochs)
                                        .optBatchSize(48)
                                        .optLearningRate(4e-3)
                                        .optSchedule(Schedule.cosine(0.01))
                                        .optProgress(Progress.none()))
                .addVariant(
                        "uncertainty weighting",
                        harness -> harness.optBalance(Balance.uncertainty()))
                .addVariant(
                        AS_LONG,
                        harness ->
                                harness.optBalance(Balance.uncertainty())
                                        .optEpochs(LONGER * epochs))
                .addVariant("GradNorm", harness -> harness.optBalance(Balance.gradNorm()))
                .optFormSettings(harness -> setEnsemble(harness, epochs))
                .optSeeds(seeds)
                .run(train, test)
                .addFact("Ensembles", ENSEMBLES)
                .addFact(
                        "Data", "Fashion-MNIST, the first %,d images of each part".formatted(size));
    }
}
