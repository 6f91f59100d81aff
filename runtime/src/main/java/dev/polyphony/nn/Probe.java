/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Runs the user's network on the smallest input, to find the roles and widths of its layers. */
final class Probe {

    /** Enough that an axis of examples is not mistaken for one of size one. */
    static final int EXAMPLES = 2;

    private final Block network;
    private final Form form;
    private final List<EnsembleLayer> registered;
    private final Shape[] inputs;
    private final NDManager manager;
    private Shape[] outputs;

    Probe(
            Block network,
            Form form,
            List<EnsembleLayer> registered,
            Shape[] inputs,
            NDManager manager) {
        this.network = network;
        this.form = form;
        this.registered = registered;
        this.inputs = inputs;
        this.manager = manager;
    }

    /**
     * Finds the roles and fits the layers.
     *
     * @return the layers in the order of their calls
     * @throws UnsupportedModelException if the form cannot transform the network
     */
    List<EnsembleLayer> fitLayers() {
        TaintPass plain = new TaintPass(Set.of());
        NDList answers = plain.run(() -> run(false, 1));
        if (TaintPass.isTainted(answers)) {
            throw new UnsupportedModelException(
                    "The model gives NaN for positive features, so that its first and last layers"
                            + " cannot be found: look for divisions and roots between the layers,"
                            + " or use @DeepEnsemble");
        }
        outputs = answers.stream().map(NDArray::getShape).toArray(Shape[]::new);
        requireSame(plain.getOrder());
        Roles roles = form.getMembers() == 1 ? Roles.none() : Roles.find(this, form, plain);
        int rows = form.repeatsInputs() ? form.getMembers() : 1;
        Function<EnsembleLayer, Shape> bases = layer -> plain.getReadings(layer).get(0).input();
        Pass fit = new FitPass(form, roles::get, bases);
        try {
            requireBaseShapes(fit.run(() -> run(false, rows)));
        } catch (UnsupportedModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnsupportedModelException(
                    form
                            + ": the model's own code fails on the features of members: "
                            + e.getMessage()
                            + ". Code between the layers must not count on a width, as a reshape"
                            + " to a constant does; with @Packed, alpha = m keeps the model's"
                            + " widths",
                    e);
        }
        List<EnsembleLayer> layers = List.copyOf(plain.getOrder());
        new Widths(form, layers, bases).check(roles.getReaders(), this::readsOutput);
        return layers;
    }

    private boolean readsOutput(EnsembleLayer layer) {
        Set<EnsembleLayer> heads = Collections.newSetFromMap(new IdentityHashMap<>());
        registered.stream()
                .filter(head -> head.mixesFeatures() && head.getRole().writesOutput())
                .forEach(heads::add);
        return trace(false, heads).pass().sawTaint(layer);
    }

    /**
     * Returns the base model's output shapes.
     *
     * @return the shapes
     */
    Shape[] getOutputShapes() {
        return outputs;
    }

    /**
     * Runs the network in a pass of its own.
     *
     * @param poison whether the input is NaN
     * @param poisoned the layers that answer with NaN
     * @return the pass and whether its result had NaN
     */
    Trace trace(boolean poison, Set<EnsembleLayer> poisoned) {
        TaintPass pass = new TaintPass(poisoned);
        try {
            return new Trace(pass, TaintPass.isTainted(pass.run(() -> run(poison, 1))));
        } catch (RuntimeException e) {
            if (!poison) {
                throw e;
            }
            throw new UnsupportedModelException(
                    "The model's own code fails on an input of NaN, which shows what reads the"
                            + " input: "
                            + e.getMessage()
                            + ". Whole numbers such as ids cannot be NaN: give them to the model as"
                            + " features, or to a layer that takes ids, or use @DeepEnsemble",
                    e);
        }
    }

    /**
     * What a pass showed.
     *
     * @param pass what each layer read
     * @param tainted whether there were NaN in the result
     */
    record Trace(TaintPass pass, boolean tainted) {}

    private NDList run(boolean poison, int rowsPerExample) {
        NDList rows = new NDList();
        for (Shape input : inputs) {
            Shape shape = Members.with(input, 0, (long) EXAMPLES * rowsPerExample);
            rows.add(poison ? manager.full(shape, Float.NaN) : TaintPass.ramp(manager, shape));
        }
        return network.forward(new ParameterStore(manager, false), rows, false);
    }

    /**
     * The layers that run are those that are registered: others would never be trained or saved.
     */
    private void requireSame(List<EnsembleLayer> called) {
        for (EnsembleLayer layer : called) {
            if (registered.stream().noneMatch(other -> other == layer)) {
                throw new UnsupportedModelException(
                        layer.getBaseName()
                                + " is used, but is not a child of the network: register it with"
                                + " addChildBlock, so that it is trained and saved");
            }
        }
        for (EnsembleLayer layer : registered) {
            if (called.stream().noneMatch(other -> other == layer)) {
                throw new UnsupportedModelException(
                        layer.getBaseName()
                                + " is a child of the network, but its forward pass in prediction"
                                + " does not use it: leave it out, or use @DeepEnsemble");
            }
        }
    }

    private void requireBaseShapes(NDList answers) {
        Shape[] expected =
                Arrays.stream(outputs)
                        .map(y -> Members.with(y, 0, (long) EXAMPLES * form.getMembers()))
                        .toArray(Shape[]::new);
        Shape[] given = answers.stream().map(NDArray::getShape).toArray(Shape[]::new);
        if (!Arrays.equals(expected, given)) {
            throw new UnsupportedModelException(
                    form
                            + ": for "
                            + EXAMPLES
                            + " examples the members' outputs should have the shapes "
                            + Arrays.toString(expected)
                            + ", but they have "
                            + Arrays.toString(given)
                            + ". Code between the layers must keep examples in the first axis and"
                            + " must not count on a width, as a reshape to a constant does; with"
                            + " @Packed, alpha = m keeps the model's widths");
        }
    }
}
