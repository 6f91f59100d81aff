/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import dev.polyphony.data.Seeds;
import dev.polyphony.data.mixmo.Mix;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.Arrays;

/** One update: a batch, its loss, the gradients. */
final class Step {

    /** Keeps the stream of mixing apart from that of the batches. */
    private static final long MIXING = 0x6d6978;

    /** Keeps the stream of the engine's own generator, which draws dropout, apart from all. */
    private static final long ENGINE = 0x656e67;

    private final Trainer trainer;
    private final Recipe recipe;
    private final Training training;
    private final Mixer mixer;

    Step(Trainer trainer, Ensemble ensemble, Recipe recipe, Training training) {
        this.trainer = trainer;
        this.recipe = recipe;
        this.training = training;
        mixer = recipe.mixes() ? mixer(ensemble, recipe) : null;
    }

    /**
     * Makes what draws mixing ratios.
     *
     * @throws IllegalArgumentException if the features have no axes that the method could cut
     */
    static Mixer mixer(Ensemble ensemble, Recipe recipe) {
        long[] places = ensemble.getMixingShape().getShape();
        return new Mixer(
                (MixMoForm) recipe.form(),
                ensemble.getMixingChannels(),
                Arrays.stream(places).mapToInt(Math::toIntExact).toArray());
    }

    /**
     * Runs a step of an epoch, from 0, and adds its loss to the sum. Whatever is drawn depends on
     * the seed, the epoch and the step alone, so a run may begin with any step.
     */
    void run(int epoch, int step, ResidentData data, NDArray sum) {
        int seed = Seeds.random(training.getSeed(), ENGINE, epoch, step).nextInt();
        Engine.getInstance().setRandomSeed(seed);
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList batch = data.getBatch(step, manager);
            NDList inputs = new NDList(batch.get(0));
            NDList labels = new NDList(batch.get(1));
            if (mixer != null) {
                double progress = (epoch + 1.0) / training.getEpochs();
                int rows = Math.toIntExact(batch.get(0).getShape().get(0));
                Mix mix =
                        mixer.draw(
                                rows,
                                progress,
                                Seeds.random(training.getSeed(), MIXING, epoch, step));
                addMix(mix, rows, inputs, labels, manager);
            }
            update(inputs, labels, sum, manager);
        }
    }

    private void addMix(Mix mix, int rows, NDList inputs, NDList labels, NDManager manager) {
        Shape each = new Shape(rows, recipe.form().getMembers());
        long[] shape = Arrays.stream(mix.shape()).asLongStream().toArray();
        inputs.add(manager.create(mix.masks(), each.addAll(new Shape(shape))));
        labels.add(manager.create(mix.weights(), each));
    }

    /** Updates the parameters by the gradient of a batch's loss. */
    private void update(NDList inputs, NDList labels, NDArray sum, NDManager manager) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDArray loss = recipe.loss().evaluate(labels, trainer.forward(inputs, labels));
            collector.backward(loss);
            sum.addi(loss.stopGradient());
        }
        if (training.getClipNorm() > 0) {
            Gradients.clip(
                    trainer.getModel().getBlock().getParameters().values(),
                    training.getClipNorm(),
                    manager);
        }
        trainer.step();
    }
}
