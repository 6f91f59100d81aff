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
import dev.polyphony.multitask.train.TrainedTasks;
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

    private MultiTaskSample() {}

    /**
     * Runs the sample.
     *
     * @param args where to write the pages, and possibly the folder of Fashion-MNIST
     * @throws IOException if data cannot be read, or a page cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path out = Path.of(args[0]);
        PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TaskReport digits = digits(15, SEEDS);
        digits.print(console);
        console.println("\nThe page: " + digits.writeTo(out.resolve("digits")));
        TaskReport plant = plant(900, 10, SEEDS);
        plant.print(console);
        console.println("\nThe page: " + plant.writeTo(out.resolve("plant")));
        if (args.length > 1 && !args[1].isBlank()) {
            TaskReport garments = garments(Path.of(args[1]), 3000, 4, SEEDS);
            garments.print(console);
            console.println("\nThe page: " + garments.writeTo(out.resolve("garments")));
        }
    }

    /** Digits and their ink: losses of very different size, in every way to balance them. */
    static TaskReport digits(int epochs, int... seeds) throws IOException {
        MultiExamples[] parts = Digits.read().split(1, 0.6, 0.4);
        // a teacher for the row of distillation
        try (TrainedTasks teacher =
                PackedDigitAndMassHarness.of(12)
                        .optEpochs(epochs)
                        .optBatchSize(64)
                        .optLearningRate(4e-3)
                        .optSchedule(Schedule.cosine(0.01))
                        .optBalance(Balance.uncertainty())
                        .optProgress(Progress.none())
                        .fit(parts[0])) {
            MultiTaskComparison comparison =
                    DigitAndMassComparison.of(12)
                            .optSettings(
                                    harness ->
                                            harness.optEpochs(epochs)
                                                    .optBatchSize(64)
                                                    .optLearningRate(4e-3)
                                                    .optSchedule(Schedule.cosine(0.01))
                                                    .optProgress(Progress.none()))
                            .optFormSettings(harness -> harness.optBalance(Balance.uncertainty()))
                            .addVariant(
                                    "uncertainty weighting",
                                    harness -> harness.optBalance(Balance.uncertainty()))
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
                    .addFact("Data", "1,797 handwritten digits of 8x8 pixels, and the ink of each");
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
                .optSeeds(seeds);
        return comparison
                .run(vibrations.apply(train), vibrations.apply(test))
                .addFact("Data", "made up: a thermal image, vibrations and the log of a machine");
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
                .addVariant("GradNorm", harness -> harness.optBalance(Balance.gradNorm()))
                .optFormSettings(harness -> harness.optBalance(Balance.uncertainty()))
                .optSeeds(seeds)
                .run(train, test)
                .addFact(
                        "Data", "Fashion-MNIST, the first %,d images of each part".formatted(size));
    }
}
