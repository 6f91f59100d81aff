/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.PairList;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a plain model stands for what of a network that was made from it: both are trees of the
 * same shape, in which each layer that serves members stands where the model has its own.
 */
final class Counterparts {

    private final Map<EnsembleLayer, Block> layers = new LinkedHashMap<>();
    private final Map<Parameter, Parameter> own = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    private Counterparts() {}

    /**
     * Finds the counterparts.
     *
     * @param name what the network is called in messages
     * @param network the network, initialised
     * @param model the plain model, initialised
     * @return the counterparts
     * @throws IllegalArgumentException if the model is not initialised, or is not the one that the
     *     network was made from; names all differences
     */
    static Counterparts of(String name, Block network, Block model) {
        Block plain = plain(model);
        for (Parameter parameter : plain.getParameters().values()) {
            if (!parameter.isInitialized()) {
                throw new IllegalArgumentException(
                        "%s is not initialised: initialise it for the input shapes of %s, or load it"
                                .formatted(plain.getClass().getSimpleName(), name));
            }
        }
        Counterparts counterparts = new Counterparts();
        counterparts.compare(network, plain, plain.getClass().getSimpleName());
        if (!counterparts.differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is not made from this %s, for the same arguments and input shapes: %s"
                            .formatted(
                                    name,
                                    plain.getClass().getSimpleName(),
                                    String.join("\n    ", counterparts.differences)));
        }
        return counterparts;
    }

    /** An ensemble of one member is the model. */
    private static Block plain(Block model) {
        if (!(model instanceof Ensemble ensemble)) {
            return model;
        }
        if (ensemble.getMembers() > 1) {
            throw new IllegalArgumentException(
                    "%s is an ensemble of %d members and no plain model: take a member out of it with extractMember"
                            .formatted(model.getClass().getSimpleName(), ensemble.getMembers()));
        }
        return model.getChildren().valueAt(0);
    }

    /** The model's layer for each layer of the network, in the order of the tree. */
    Map<EnsembleLayer, Block> getLayers() {
        return layers;
    }

    /** The model's parameter for each of those that are no layer's. */
    Map<Parameter, Parameter> getOwn() {
        return own;
    }

    private void compare(Block network, Block model, String path) {
        if (network instanceof Ensemble part) {
            compare(part.getChildren().valueAt(0), model, path);
            return;
        }
        if (network instanceof EnsembleLayer layer) {
            Block known = layers.putIfAbsent(layer, model);
            String difference = layer.findDifference(model);
            if (known == null && !difference.isEmpty()) {
                differences.add(path + ": " + layer.getDescription() + " " + difference);
            } else if (known != null && known != model) {
                differences.add(
                        "%s: %s stands at several places and is one layer, of which the model has several"
                                .formatted(path, layer.getDescription()));
            }
            return;
        }
        compareOwn(network, model, path);
        PairList<String, Block> ours = network.getChildren();
        PairList<String, Block> theirs = model.getChildren();
        if (ours.size() != theirs.size()) {
            differences.add(
                    "%s: has the children %s, but the model has %s"
                            .formatted(path, ours.keys(), theirs.keys()));
            return;
        }
        for (int i = 0; i < ours.size(); i++) {
            compare(ours.valueAt(i), theirs.valueAt(i), path + " > " + theirs.get(i).getKey());
        }
    }

    private void compareOwn(Block network, Block model, String path) {
        PairList<String, Parameter> ours = network.getDirectParameters();
        PairList<String, Parameter> theirs = model.getDirectParameters();
        String wanted = describe(ours);
        String given = describe(theirs);
        if (!wanted.equals(given)) {
            differences.add(
                    "%s: has the parameters %s, but the model has %s"
                            .formatted(path, wanted, given));
            return;
        }
        for (int i = 0; i < ours.size(); i++) {
            own.put(ours.valueAt(i), theirs.valueAt(i));
        }
    }

    private static String describe(PairList<String, Parameter> parameters) {
        Map<String, Object> shapes = new LinkedHashMap<>();
        parameters.forEach(one -> shapes.put(one.getKey(), one.getValue().getShape()));
        return shapes.toString();
    }
}
