/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.optimize.GroupedOptimizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parameters that are trained, by whom they belong to: several tasks, or one.
 *
 * <p>Gradients of a task are laid out as one long row: first the last weights that tasks share, in
 * each member that has a network of its own, then all other shared parameters, then those of single
 * tasks.
 */
final class TaskParameters {

    private static final double EPSILON = 1e-6;

    private final List<Parameter> trained = new ArrayList<>();
    private final List<Parameter> others = new ArrayList<>();
    private final int[] owners;
    private final long last;
    private final long shared;

    /** Without owners: all parameters count as shared. */
    static TaskParameters of(Ensemble ensemble) {
        return new TaskParameters(ensemble, parameter -> -1);
    }

    /** Tells whose a parameter is. */
    @FunctionalInterface
    interface Owner {

        /** The only task that reaches a parameter, or -1. */
        int of(Parameter parameter);
    }

    TaskParameters(Ensemble ensemble, Owner owner) {
        List<Parameter> lasts = new ArrayList<>();
        for (Block network : ensemble.getChildren().values()) {
            Parameter found = null;
            for (Parameter parameter : network.getParameters().values()) {
                boolean isWeight = parameter.getType() == Parameter.Type.WEIGHT;
                if (parameter.requiresGradient() && isWeight && owner.of(parameter) < 0) {
                    found = parameter;
                }
            }
            if (found != null) {
                lasts.add(found);
            }
        }
        List<Parameter> own = new ArrayList<>();
        List<Parameter> common = new ArrayList<>();
        Set<Parameter> seen = new HashSet<>(lasts);
        for (Parameter parameter : ensemble.getParameters().values()) {
            if (!parameter.requiresGradient()) {
                others.add(parameter);
            } else if (seen.add(parameter)) {
                (owner.of(parameter) < 0 ? common : own).add(parameter);
            }
        }
        trained.addAll(lasts);
        trained.addAll(common);
        trained.addAll(own);
        owners = trained.stream().mapToInt(owner::of).toArray();
        last = size(lasts);
        shared = last + size(common);
        trained.forEach(parameter -> parameter.getArray().setRequiresGradient(true));
    }

    private static long size(List<Parameter> parameters) {
        return parameters.stream().mapToLong(parameter -> parameter.getShape().size()).sum();
    }

    /** The parameters that receive gradients. */
    List<Parameter> trained() {
        return trained;
    }

    /** The task of a trained parameter, or -1. */
    int owner(int at) {
        return owners[at];
    }

    /** How many numbers the last shared weights have. */
    long last() {
        return last;
    }

    /** How many numbers tasks share, the last weights included. */
    long shared() {
        return shared;
    }

    /** The gradients as one row, and then zero. */
    NDArray takeGradients(NDManager manager) {
        NDList rows = new NDList();
        for (Parameter parameter : trained) {
            NDArray gradient = gradient(parameter, manager);
            NDArray row = gradient.reshape(-1).duplicate();
            row.attach(manager);
            rows.add(row);
            gradient.subi(gradient);
        }
        NDArray all = NDArrays.concat(rows);
        all.attach(manager);
        return all;
    }

    /** Adds a row to the gradients. */
    void addGradients(NDArray row, NDManager manager) {
        long from = 0;
        for (Parameter parameter : trained) {
            long to = from + parameter.getShape().size();
            NDArray part = row.get(manager, new NDIndex().addSliceDim(from, to));
            gradient(parameter, manager).addi(part.reshape(parameter.getShape()));
            from = to;
        }
    }

    private static NDArray gradient(Parameter parameter, NDManager manager) {
        NDArray gradient = parameter.getArray().getGradient();
        gradient.attach(manager);
        return gradient;
    }

    /** Scales the gradients down if the norm of all of them together exceeds a bound. */
    void clip(double bound, NDManager manager) {
        NDList squares = new NDList();
        for (Parameter parameter : trained) {
            NDArray square = gradient(parameter, manager).square().sum();
            square.attach(manager);
            squares.add(square);
        }
        NDArray norm = NDArrays.stack(squares).sum().sqrt();
        NDArray limit = manager.create((float) bound);
        NDArray factor = limit.div(norm.add(EPSILON).maximum(limit));
        trained.forEach(parameter -> gradient(parameter, manager).muli(factor));
    }

    /** Updates all parameters, whose gradients then are zero. */
    void update(GroupedOptimizer optimizer, NDManager manager) {
        for (Parameter parameter : trained) {
            optimizer.update(parameter.getId(), parameter.getArray(), gradient(parameter, manager));
        }
    }

    /** Copies what a forward pass changes without a gradient, such as running statistics. */
    NDList copyOthers(NDManager manager) {
        NDList copies = new NDList();
        for (Parameter parameter : others) {
            NDArray copy = parameter.getArray().duplicate();
            copy.attach(manager);
            copies.add(copy);
        }
        return copies;
    }

    /** Sets what {@link #copyOthers} copied. */
    void restoreOthers(NDList copies) {
        for (int i = 0; i < others.size(); i++) {
            Snapshot.copy(copies.get(i), others.get(i).getArray());
        }
    }
}
