/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import java.util.List;
import java.util.Set;

/** One network for all members: members ride in the rows, {@code [B*M, ...]}. */
final class SharedBody implements Body {

    private final Form form;
    private final Block network;
    private List<EnsembleLayer> layers = List.of();
    private Shape[] outputs;
    private Shape[] inputs;

    SharedBody(Form form, Block network) {
        this.form = form;
        this.network = network;
    }

    List<EnsembleLayer> getLayers() {
        return layers;
    }

    List<Parameter> getFastWeights() {
        return layers.stream().flatMap(layer -> layer.getFastWeights().stream()).toList();
    }

    Shape getMixingShape() {
        EnsembleLayer encoder = encoder();
        Shape features = encoder.getMemberOutputShape();
        return encoder.isSpatial() ? features.slice(2) : new Shape();
    }

    int getMixingChannels() {
        EnsembleLayer encoder = encoder();
        Shape features = encoder.getMemberOutputShape();
        int axis = encoder.isSpatial() ? 1 : features.dimension() - 1;
        return Math.toIntExact(features.get(axis));
    }

    private EnsembleLayer encoder() {
        return layers.stream()
                .filter(layer -> layer.mixesFeatures() && layer.getRole().readsInput())
                .findFirst()
                .orElseThrow();
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(NDManager manager, DataType dataType, Shape[] inputs) {
        this.inputs = inputs;
        layers = Layers.of(network, form);
        // the user's own initialisation, in the base model's shapes; the layers wait for their
        // roles
        new TaintPass(Set.of())
                .run(
                        () -> {
                            network.initialize(manager, dataType, inputs);
                            return network;
                        });
        try (NDManager probes = manager.newSubManager()) {
            Probe probe = new Probe(network, form, layers, inputs, probes);
            layers = probe.fitLayers();
            outputs = probe.getOutputShapes();
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return outputs;
    }

    /** {@inheritDoc} */
    @Override
    public void allocate(NDManager manager, DataType dataType) {
        boolean fresh = layers.stream().anyMatch(layer -> !layer.isInitialized());
        layers.forEach(layer -> layer.allocate(manager, dataType));
        if (fresh) {
            try (NDManager trials = manager.newSubManager()) {
                new Trial(this, form, inputs, trials).run();
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public NDList forward(
            ParameterStore parameterStore,
            NDList inputs,
            boolean distinct,
            NDList rest,
            boolean training) {
        NDArray mixing = rest.isEmpty() ? null : rest.head();
        long examples = inputs.head().getShape().get(0);
        NDList rows = new NDList();
        for (NDArray x : inputs) {
            rows.add(distinct ? Members.rows(x) : tile(x));
        }
        return forward(parameterStore, rows, new Run(examples, mixing, training), training);
    }

    /** A trial, in which each member has its own examples. */
    NDList forward(ParameterStore parameterStore, NDList inputs, TrialPass pass) {
        NDList rows = new NDList();
        inputs.forEach(x -> rows.add(Members.rows(x)));
        return forward(parameterStore, rows, pass, pass.isTraining());
    }

    private NDList forward(ParameterStore store, NDList rows, Pass pass, boolean training) {
        NDList answers = pass.run(() -> network.forward(store, rows, training));
        NDList apart = new NDList();
        for (NDArray y : answers) {
            apart.add(Members.apart(y, form.getMembers()));
        }
        return apart;
    }

    /** A row of each example for each member; in a shared trunk the first layers need only one. */
    private NDArray tile(NDArray x) {
        return form.repeatsInputs() ? x.repeat(0, form.getMembers()) : x;
    }

    /** {@inheritDoc} */
    @Override
    public int getForwardCalls() {
        return 1;
    }
}
