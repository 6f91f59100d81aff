/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Model;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.progress.History;

/**
 * What training leaves: the model, to be closed, and how it went.
 *
 * @param model the model that owns the parameters
 * @param ensemble its network; parameters are frozen, so that predictions keep no graph
 * @param classes the number of classes that it tells apart
 * @param parameters the number of trained numbers
 * @param history how training went
 * @param recipe what training meant, with the loss that the settings asked for
 */
public record Trained(
        Model model,
        Ensemble ensemble,
        int classes,
        long parameters,
        History history,
        Recipe recipe)
        implements AutoCloseable {

    /** Frees the parameters. */
    @Override
    public void close() {
        model.close();
    }
}
