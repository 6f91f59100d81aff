/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Ramp;
import java.util.ArrayList;
import java.util.List;

/**
 * A forward pass without normalisation, which in training mixes the examples of a batch by its
 * nature: what mixes rows here is the user's own code.
 */
final class TrialPass extends Run {

    private final boolean sharing;
    private final List<View> views = new ArrayList<>();

    /**
     * Creates the pass.
     *
     * @param examples the number of examples
     * @param training whether the user's code trains
     * @param sharing whether the channels of an answer may be views of one, for less memory
     */
    TrialPass(long examples, boolean training, boolean sharing) {
        super(examples, null, training);
        this.sharing = sharing;
    }

    /**
     * A channel that all others of an answer are views of.
     *
     * @param channel the channel
     * @param poisoned where it had NaN
     */
    private record View(NDArray channel, NDArray poisoned) {}

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        if (layer.mixesExamples()) {
            return inputs;
        }
        NDList answers = layer.spread(inputs, parameterStore, this);
        if (layer.computesInTrials() || !layer.mixesFeatures()) {
            return answers;
        }
        NDArray y = answers.singletonOrThrow();
        if (!sharing) {
            return new NDList(Ramp.of(y.getManager(), y.getShape()).addi(y.sub(y)));
        }
        int axis = layer.getFeatureAxis(y.getShape());
        NDIndex first = new NDIndex().addAllDim(axis).addSliceDim(0, 1);
        NDArray channel = y.get(first);
        views.add(new View(channel, channel.isNaN()));
        return answers;
    }

    /**
     * Requires that no code has written to views: what it writes to one channel stands in all,
     * where it may hide NaN.
     */
    void requireUnchanged() {
        for (View view : views) {
            if (!view.channel().isNaN().eq(view.poisoned()).all().getBoolean()) {
                throw new IllegalStateException("views were changed");
            }
        }
    }
}
