/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.nn.Block;
import ai.djl.util.Pair;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The ensemble layers of a network; nothing else in it may hold parameters. */
final class Layers {

    private final Form form;
    private final Set<EnsembleLayer> found = Collections.newSetFromMap(new IdentityHashMap<>());

    private Layers(Form form) {
        this.form = form;
    }

    /**
     * Finds the layers of a network.
     *
     * @param network the network
     * @param form the form, for messages
     * @return its layers, in no particular order, one that two parents share only once
     * @throws UnsupportedModelException if another block holds parameters, or there are no layers
     */
    static List<EnsembleLayer> of(Block network, Form form) {
        Layers layers = new Layers(form);
        layers.collect(network, network.getClass().getSimpleName());
        if (layers.found.isEmpty()) {
            throw new UnsupportedModelException(
                    "The network has no layers that "
                            + form.getName()
                            + " could transform: add them as children in the constructor, before"
                            + " the ensemble is initialised");
        }
        return List.copyOf(layers.found);
    }

    private void collect(Block block, String path) {
        if (block instanceof EnsembleLayer layer) {
            found.add(layer);
            return;
        }
        if (block instanceof Ensemble ensemble) {
            ensemble.becomePart(form, path);
        }
        if (!block.getDirectParameters().isEmpty()) {
            throw new UnsupportedModelException(
                    path
                            + " holds parameters ("
                            + String.join(", ", block.getDirectParameters().keys())
                            + ") that "
                            + form.getName()
                            + " cannot transform. Build it from layers inside the annotated class,"
                            + " or use @DeepEnsemble");
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(child.getValue(), path + " > " + child.getKey());
        }
    }
}
