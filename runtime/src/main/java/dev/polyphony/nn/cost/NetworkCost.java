/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.DropoutEnsemble;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.cost.LayerCost.Width;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an ensemble costs, layer by layer, beside its base model. The layers are counted in a
 * forward pass of the ensemble and one of the base model, so that one that is used twice counts
 * twice; those of a deep ensemble by the shapes that they were initialised for.
 */
public final class NetworkCost {

    /** Enough that an axis of examples is not mistaken for one of size one. */
    private static final int EXAMPLES = 2;

    private static final String OWN = "the model's own";

    private final int members;
    private final List<LayerCost> layers;

    private NetworkCost(int members, List<LayerCost> layers) {
        this.members = members;
        this.layers = List.copyOf(layers);
    }

    /**
     * Counts an ensemble.
     *
     * @param ensemble the ensemble, initialised and not yet trained
     * @param manager the manager of the arrays that are needed on the way
     * @return its cost
     */
    public static NetworkCost of(Ensemble ensemble, NDManager manager) {
        int members = ensemble.getMembers();
        if (ensemble.getLayers().isEmpty()) {
            long examples = ensemble.getInputShapes()[0].get(0);
            return new NetworkCost(members, ofModel(ensemble, examples));
        }
        PlainPass plain = new PlainPass();
        run(plain, ensemble, EXAMPLES, manager);
        MemberPass own = new MemberPass(EXAMPLES);
        int rows = EXAMPLES * (ensemble.getForm().repeatsInputs() ? members : 1);
        run(own, ensemble, rows, manager);
        List<LayerCost> layers = new ArrayList<>();
        for (EnsembleLayer layer : ensemble.getLayers()) {
            layers.add(cost(layer, plain.getTally(layer), own.getTally(layer)));
        }
        long rest = ownParameters(ensemble);
        if (rest > 0) {
            Count shared = new Count(rest, 0, 0);
            Width none = new Width(0, 0);
            layers.add(new LayerCost(OWN, Optional.empty(), none, none, shared, shared, false));
        }
        return new NetworkCost(members, layers);
    }

    /** Of copies of the model, or of one that is run several times. */
    private static List<LayerCost> ofModel(Ensemble ensemble, long examples) {
        int members = ensemble.getMembers();
        if (ensemble instanceof DropoutEnsemble dropout) {
            List<LayerCost> layers = new ArrayList<>();
            for (Block block : dropout.getSharedBlocks()) {
                layers.addAll(PlainLayers.of(block, examples, 1, 1));
            }
            for (Block block : dropout.getRepeatedBlocks()) {
                layers.addAll(PlainLayers.of(block, examples, 1, members));
            }
            return layers;
        }
        Block member = ensemble.getChildren().valueAt(0);
        return PlainLayers.of(member, examples, members, members);
    }

    /** In a pass, an ensemble is its network, which takes rows. */
    private static void run(CountingPass pass, Ensemble ensemble, int rows, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            NDList inputs = new NDList();
            for (Shape input : ensemble.getInputShapes()) {
                inputs.add(arrays.zeros(Members.with(input, 0, rows)));
            }
            ParameterStore parameters = new ParameterStore(arrays, false);
            pass.run(() -> ensemble.forward(parameters, inputs, false));
        }
    }

    private static LayerCost cost(
            EnsembleLayer layer, CountingPass.Tally plain, CountingPass.Tally own) {
        return new LayerCost(
                layer.getBaseName(),
                Optional.of(layer.getRole()),
                width(layer, plain),
                width(layer, own),
                new Count(
                        layer.getBaseParameterCount(plain.input()),
                        plain.multiplyAdds() / EXAMPLES,
                        plain.activations() / EXAMPLES),
                new Count(
                        trained(layer.getParameters().values()),
                        own.multiplyAdds() / EXAMPLES,
                        own.activations() / EXAMPLES),
                layer.isCountable());
    }

    private static Width width(EnsembleLayer layer, CountingPass.Tally tally) {
        Shape input = tally.input();
        Shape output = tally.output();
        boolean hasFeatures = layer.hasFeatureAxis() && input.dimension() > 1;
        return new Width(
                hasFeatures ? input.get(layer.getFeatureAxis(input)) : 0,
                output.dimension() > 1 ? output.get(layer.getFeatureAxis(output)) : 1);
    }

    private static long trained(List<Parameter> parameters) {
        return parameters.stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    /** The parameters of the user's own blocks, which all members share. */
    private static long ownParameters(Ensemble ensemble) {
        Set<Parameter> rest = Collections.newSetFromMap(new IdentityHashMap<>());
        rest.addAll(ensemble.getParameters().values());
        ensemble.getLayers().forEach(layer -> layer.getParameters().values().forEach(rest::remove));
        return trained(List.copyOf(rest));
    }

    /**
     * Returns the number of members.
     *
     * @return the number of members
     */
    public int getMembers() {
        return members;
    }

    /**
     * Returns the layers.
     *
     * @return the layers in the order of the network
     */
    public List<LayerCost> getLayers() {
        return layers;
    }

    /**
     * Returns what the base model costs.
     *
     * @return the sum over its layers
     */
    public Count getPlain() {
        return sum(LayerCost::plain);
    }

    /**
     * Returns what the ensemble costs.
     *
     * @return the sum over its layers
     */
    public Count getEnsemble() {
        return sum(LayerCost::ensemble);
    }

    /**
     * Returns what a deep ensemble of as many members costs.
     *
     * @return the base model's cost, once for each member
     */
    public Count getDeepEnsemble() {
        return getPlain().times(members);
    }

    /**
     * Returns the layers whose multiply-adds are not known.
     *
     * @return their names, each once
     */
    public Set<String> getUncounted() {
        return layers.stream()
                .filter(layer -> !layer.isCountable())
                .map(LayerCost::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Count sum(Function<LayerCost, Count> side) {
        return layers.stream().map(side).reduce(Count.NONE, Count::plus);
    }
}
