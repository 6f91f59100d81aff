/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.polyphony.engine.EngineCheck;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.Adam;
import dev.polyphony.train.optimize.JoinedUpdates;
import java.util.List;

/** A network with a batch, on which it is trained or asked again and again. */
public final class Learner implements AutoCloseable {

    private final Model model = Model.newInstance("benchmark", Device.cpu());
    private final Loss loss = new MemberLoss(Reduction.MEAN);
    private final Adam adam = Adam.builder().optLearningRate(1e-4).build();
    private final Block block;
    private final Trainer trainer;
    private final NDArray examples;
    private final NDArray labels;

    /** Mixing ratios, or null. */
    private NDArray ratios;

    /** As in the harness, whatever the network; null if it is not trained. */
    private final JoinedUpdates updates;

    /**
     * Makes a network ready.
     *
     * @param block gives scores {@code [B, M, classes]}
     * @param initial the shape that it is initialised for
     * @param input the shape of the batch, {@code [B, x...]} or {@code [B, M, x...]}
     * @param labels the shape of the labels, {@code [B]} or {@code [B, M]}
     * @param trained whether it is trained; else it is frozen, so that predictions record nothing
     */
    public Learner(Block block, Shape initial, Shape input, Shape labels, boolean trained) {
        // networks by hand run on the same engine as generated ones, which check it themselves
        EngineCheck.run(model.getNDManager());
        this.block = block;
        model.setBlock(block);
        trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(adam));
        trainer.initialize(initial);
        NDManager manager = model.getNDManager();
        examples = manager.randomUniform(0, 1, input);
        // two classes are in all data
        this.labels = manager.randomInteger(0, 2, labels, DataType.INT64);
        if (trained) {
            List<Parameter> parameters =
                    block.getParameters().values().stream()
                            .filter(Parameter::requiresGradient)
                            .distinct()
                            .toList();
            updates = new JoinedUpdates(adam, parameters, Device.cpu());
        } else {
            block.freezeParameters(true);
            updates = null;
        }
    }

    /**
     * Mixes the members' inputs in training, evenly, as a harness of MixMo does by what it draws.
     *
     * @param rows the rows of the batch
     * @param members the number of members
     * @return this
     */
    public Learner mixed(int rows, int members) {
        NDManager manager = model.getNDManager();
        ratios = manager.create(new Shape(rows, members)).addi(1.0 / members);
        return this;
    }

    /** Makes a step: forward pass, loss, backward pass, optimizer. */
    public void train() {
        try (NDManager step = model.getNDManager().newSubManager()) {
            NDList x = new NDList(in(step, examples));
            NDList y = new NDList(in(step, labels));
            if (ratios != null) {
                x.add(in(step, ratios));
                y.add(in(step, ratios)); // weights of the losses
            }
            try (GradientCollector collector = trainer.newGradientCollector()) {
                collector.backward(loss.evaluate(y, trainer.forward(x)));
            }
            updates.update();
        }
    }

    /** Predicts. */
    public void infer() {
        try (NDManager step = model.getNDManager().newSubManager()) {
            ParameterStore store = new ParameterStore(step, false);
            block.forward(store, new NDList(in(step, examples)), false);
        }
    }

    /** What is computed belongs to the manager of what it is computed from. */
    private static NDArray in(NDManager step, NDArray array) {
        NDArray view = array.reshape(array.getShape());
        view.attach(step);
        return view;
    }

    /**
     * Returns the network.
     *
     * @return the network
     */
    public Block getBlock() {
        return block;
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        if (updates != null) {
            updates.close();
        }
        trainer.close();
        adam.close();
        model.close();
    }
}
