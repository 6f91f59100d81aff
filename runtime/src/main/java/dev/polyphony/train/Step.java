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
import dev.polyphony.data.Seeds;
import dev.polyphony.data.mixmo.Mix;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.form.Scalars;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.source.BatchSource;
import java.util.Arrays;
import java.util.List;

/** One update: a batch, its loss, the gradients. */
final class Step {

    /** Keeps the stream of mixing apart from that of the batches. */
    private static final long MIXING = 0x6d6978;

    /** Keeps the stream of the engine's own generator, which draws dropout, apart from all. */
    private static final long ENGINE = 0x656e67;

    private final EnsembleTrainer trainer;
    private final Recipe recipe;
    private final Training training;
    private final Listeners listeners;
    private final int classes;
    private final int forwardCalls;
    private final Mixer mixer;
    private final Augmenter augmenter;
    private final Forms forms;

    Step(
            EnsembleTrainer trainer,
            Ensemble ensemble,
            Recipe recipe,
            Training training,
            Listeners listeners,
            Augmenter augmenter,
            int classes) {
        this.trainer = trainer;
        this.recipe = recipe;
        this.training = training;
        this.listeners = listeners;
        this.augmenter = augmenter;
        forms = Forms.of(training, recipe);
        this.classes = classes;
        forwardCalls = ensemble.getForwardCalls();
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
     *
     * @return how often a network of the base model's kind ran forward
     */
    int run(int epoch, int step, int steps, BatchSource data, NDArray sum) {
        int seed = Seeds.random(training.getSeed(), ENGINE, epoch, step).nextInt();
        Engine.getInstance().setRandomSeed(seed);
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList batch = data.getBatch(step, manager);
            int rows = Math.toIntExact(batch.get(0).getShape().get(0));
            Mix mix = mixer == null ? null : draw(rows, epoch, step);
            if (augmenter != null) {
                batch = augmenter.apply(batch, mix, epoch, step);
            }
            NDList inputs = new NDList(batch.get(0));
            NDList labels = new NDList(batch.get(1));
            if (mix != null) {
                addMix(mix, rows, inputs, labels, manager);
            }
            Listeners.Seen seen =
                    listeners.isEmpty()
                            ? null
                            : new Listeners.Seen(manager, inputs, labels, step, steps);
            int parts = backward(inputs, labels, sum, seen, manager);
            if (seen != null) {
                listeners.onTrainingBatch(seen);
            }
            if (training.getClipNorm() > 0) {
                trainer.clip(training.getClipNorm(), manager);
            }
            trainer.step();
            return parts * forwardCalls;
        }
    }

    /** Requires that updates have reached all parameters. */
    void requireUpdated() {
        trainer.requireJoined();
    }

    private Mix draw(int rows, int epoch, int step) {
        double progress = (epoch + 1.0) / training.getEpochs();
        return mixer.draw(rows, progress, Seeds.random(training.getSeed(), MIXING, epoch, step));
    }

    private void addMix(Mix mix, int rows, NDList inputs, NDList labels, NDManager manager) {
        Shape each = new Shape(rows, recipe.form().getMembers());
        long[] shape = Arrays.stream(mix.shape()).asLongStream().toArray();
        inputs.add(manager.create(mix.masks(), each.addAll(new Shape(shape))));
        labels.add(manager.create(mix.weights(), each));
    }

    /** Adds the gradient of a batch's loss to the parameters' gradients, and counts its parts. */
    private int backward(
            NDList inputs, NDList labels, NDArray sum, Listeners.Seen seen, NDManager manager) {
        int rows = Math.toIntExact(inputs.head().getShape().get(0));
        List<Part> parts = Part.of(rows, training.getAccumulation(), trainer.getDevices());
        try (GradientCollector collector = trainer.newGradientCollector()) {
            if (parts.size() == 1) {
                Forms.Answers answers = forms.forward(trainer, inputs, labels);
                NDList predictions = answers.predictions();
                NDArray loss = forms.add(recipe.loss().evaluate(labels, predictions), answers);
                backward(collector, loss);
                sum.addi(loss.stopGradient());
                if (seen != null) {
                    seen.add(labels, predictions);
                }
                return 1;
            }
            NDList targets = targets(labels, rows);
            for (Part part : parts) {
                try (NDManager scope = manager.newSubManager(part.device())) {
                    NDList partLabels = part.of(labels, scope);
                    Forms.Answers answers =
                            forms.forward(trainer, part.of(inputs, scope), partLabels);
                    NDList predictions = answers.predictions();
                    NDList partTargets = targets == labels ? partLabels : part.of(targets, scope);
                    NDArray own = forms.add(loss(partTargets, predictions), answers);
                    NDArray loss = Scalars.mul(own, part.share());
                    backward(collector, loss);
                    sum.addi(loss.stopGradient().toDevice(sum.getDevice(), false));
                    if (seen != null) {
                        seen.add(partLabels, predictions);
                    }
                }
            }
            return parts.size();
        }
    }

    private void backward(GradientCollector collector, NDArray loss) {
        long begin = System.nanoTime();
        collector.backward(loss);
        trainer.addMetric("backward", begin);
    }

    /** Labels with all that the loss takes from the whole batch. */
    private NDList targets(NDList labels, int rows) {
        Shape logits = new Shape(rows, recipe.form().getMembers(), classes);
        return recipe.loss() instanceof MemberLoss loss ? loss.normalise(labels, logits) : labels;
    }

    private NDArray loss(NDList targets, NDList predictions) {
        return recipe.loss() instanceof MemberLoss loss
                ? loss.evaluatePart(targets, predictions)
                : recipe.loss().evaluate(targets, predictions);
    }
}
