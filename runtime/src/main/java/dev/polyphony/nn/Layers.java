/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The ensemble layers of a network. Beside them only blocks of the user's own may hold parameters,
 * which all members share.
 */
final class Layers {

    private final Form form;
    private final Class<?> host;
    private final List<Parameter> own = new ArrayList<>();
    private final Set<EnsembleLayer> found = Collections.newSetFromMap(new IdentityHashMap<>());

    private Layers(Block network, Form form) {
        this.form = form;
        host = network.getClass().getNestHost();
    }

    /**
     * Finds the layers of a network.
     *
     * @param network the network
     * @param form the form, for messages
     * @return its layers, one that two parents share only once
     * @throws UnsupportedModelException if another block holds parameters, or there are no layers
     */
    static Layers of(Block network, Form form) {
        Layers layers = new Layers(network, form);
        layers.collect(network, network.getClass().getSimpleName());
        if (layers.found.isEmpty()) {
            throw new UnsupportedModelException(
                    Refusal.NO_LAYERS,
                    "The network has no layers that " + form.getName() + " could transform");
        }
        return layers;
    }

    /**
     * Describes layers, a line for each: its role and the shapes of one row of its input and
     * output.
     *
     * @param layers the layers, fitted
     * @return the lines, each behind a line break
     */
    static String describe(List<EnsembleLayer> layers) {
        StringBuilder text = new StringBuilder();
        for (EnsembleLayer layer : layers) {
            text.append("\n    ")
                    .append(
                            "%-16s %-7s %s -> %s"
                                    .formatted(
                                            layer.getBaseName(),
                                            layer.getRole(),
                                            layer.getMemberInputShape().slice(1),
                                            layer.getMemberOutputShape().slice(1)));
        }
        return text.toString();
    }

    /** The ensemble layers, in no particular order. */
    List<EnsembleLayer> getLayers() {
        return List.copyOf(found);
    }

    /** The parameters of the user's own blocks, which all members share. */
    List<Parameter> getOwnParameters() {
        return List.copyOf(own);
    }

    /** A block of a class that stands with the network in the user's file. */
    private boolean isOwn(Block block) {
        Class<?> other = block.getClass().getNestHost();
        return other == host || Ensemble.class.isAssignableFrom(other);
    }

    private void requireShared(Block block, String path) {
        if (form.repeatsOwnParameters()) {
            throw new UnsupportedModelException(
                    Refusal.OWN_PARAMETERS,
                    path
                            + " has parameters of its own ("
                            + String.join(", ", block.getDirectParameters().keys())
                            + "), of which "
                            + form.getName()
                            + " needs one set for each member");
        }
    }

    private void collect(Block block, String path) {
        if (block instanceof EnsembleLayer layer) {
            found.add(layer);
            return;
        }
        if (block instanceof Ensemble ensemble) {
            ensemble.becomePart(form, path);
        }
        if (!block.getDirectParameters().isEmpty() && isOwn(block)) {
            requireShared(block, path);
            own.addAll(block.getDirectParameters().values());
        } else if (!block.getDirectParameters().isEmpty()) {
            throw new UnsupportedModelException(
                    Refusal.FOREIGN_PARAMETERS,
                    path
                            + " holds parameters ("
                            + String.join(", ", block.getDirectParameters().keys())
                            + ") that "
                            + form.getName()
                            + " cannot transform");
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(child.getValue(), path + " > " + child.getKey());
        }
    }
}
