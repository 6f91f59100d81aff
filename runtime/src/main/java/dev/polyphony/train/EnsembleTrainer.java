/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.JoinedUpdates;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * DJL's trainer, with its parameter store in reach: the gradients of several devices can be bounded
 * together before the update.
 */
final class EnsembleTrainer extends Trainer {

    private final ParameterStore store;
    private JoinedUpdates joined;
    private boolean checked;

    EnsembleTrainer(Model model, TrainingConfig config) {
        super(model, config);
        NDManager manager = getManager();
        store = new ParameterStore(manager, false);
        store.setParameterServer(
                manager.getEngine().newParameterServer(config.getOptimizer()), getDevices());
    }

    /** {@inheritDoc} */
    @Override
    public void initialize(Shape... shapes) {
        getModel()
                .getBlock()
                .initialize(getModel().getNDManager(), getModel().getDataType(), shapes);
        for (Parameter parameter : getModel().getBlock().getParameters().values()) {
            for (Device device : getDevices()) {
                Device there = store.getValue(parameter, device, true).getDevice();
                if (!there.equals(device)) {
                    throw new IllegalStateException(
                            "DJL's parameter store has the parameters of %s on %s"
                                    .formatted(device, there));
                }
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public NDList forward(NDList input) {
        long begin = System.nanoTime();
        NDList output = getModel().getBlock().forward(store, input, true);
        addMetric("forward", begin);
        return output;
    }

    /** {@inheritDoc} */
    @Override
    public NDList forward(NDList data, NDList labels) {
        long begin = System.nanoTime();
        NDList output = getModel().getBlock().forward(store, data, labels, null);
        addMetric("forward", begin);
        return output;
    }

    /** {@inheritDoc} */
    @Override
    public NDList evaluate(NDList input) {
        return getModel().getBlock().forward(store, input, false, null);
    }

    /**
     * Scales the gradients down if the norm of all of them together exceeds a bound.
     *
     * @param bound the bound
     * @param manager the manager for intermediate arrays
     */
    void clip(double bound, NDManager manager) {
        Gradients.clip(gradients(manager), bound, manager);
    }

    /** The gradients on the first device, to which those of the others are moved. */
    private NDList gradients(NDManager manager) {
        Device first = getDevices()[0];
        NDList gradients = new NDList();
        for (Parameter parameter : trained()) {
            NDArray sum = gradient(parameter, first, manager);
            for (int i = 1; i < getDevices().length; i++) {
                NDArray part = gradient(parameter, getDevices()[i], manager);
                sum.addi(part.toDevice(first, true));
                part.subi(part);
            }
            gradients.add(sum);
        }
        return gradients;
    }

    private Collection<Parameter> trained() {
        // a layer that two blocks share is listed by both
        Collection<Parameter> trained = new LinkedHashSet<>();
        for (Parameter parameter : getModel().getBlock().getParameters().values()) {
            if (parameter.requiresGradient()
                    && store.getValue(parameter, getDevices()[0], true).hasGradient()) {
                trained.add(parameter);
            }
        }
        return trained;
    }

    private NDArray gradient(Parameter parameter, Device device, NDManager manager) {
        NDArray gradient = store.getValue(parameter, device, true).getGradient();
        gradient.attach(manager);
        return gradient;
    }

    /** {@inheritDoc} */
    @Override
    public void step() {
        if (!checked) {
            requireGradients();
            checked = true;
        }
        long begin = System.nanoTime();
        if (joined == null) {
            store.updateAllParameters();
        } else {
            joined.update();
        }
        addMetric("step", begin);
    }

    /** Updates small parameters together from here on, if there is one device. */
    void joinUpdates(GroupedOptimizer optimizer) {
        if (getDevices().length == 1) {
            Device device = getDevices()[0];
            joined = new JoinedUpdates(optimizer, List.copyOf(trained()), device);
        }
    }

    /** Requires that parameters still are where updates reach them. */
    void requireJoined() {
        if (joined != null) {
            joined.requireJoined();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        if (joined != null) {
            joined.close();
        }
        super.close();
    }

    /** A run that goes on has been looked at, and its gradients may vanish as they may later. */
    void goOn() {
        checked = true;
    }

    /** Before the first update alone: it waits for the device. */
    private void requireGradients() {
        try (NDManager scope = getManager().newSubManager()) {
            double norm = Gradients.norm(gradients(scope), scope).getFloat();
            if (norm == 0) {
                throw new IllegalStateException(
                        "All gradients are zero: the loss does not depend on the parameters");
            }
        }
    }
}
