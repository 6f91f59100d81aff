/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.nn.Block;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import java.util.Objects;

/**
 * A member of a deep ensemble as an ensemble of one, to be trained by itself. It starts from the
 * parameters, and draws the dropout, that the member has among the others.
 */
public final class LoneMember extends Ensemble {

    private LoneMember(Copies copies) {
        super(DeepEnsembleForm.of(1), copies, copies.getMembers());
    }

    /**
     * Takes a member of an ensemble that is not initialised; its block is shared with it.
     *
     * @param ensemble a deep ensemble of copies
     * @param member the member, from 0
     * @return the member
     * @throws IllegalArgumentException if the ensemble is another one
     */
    public static LoneMember of(Ensemble ensemble, int member) {
        Objects.checkIndex(member, ensemble.getMembers());
        if (ensemble.body instanceof Copies copies) {
            return new LoneMember(copies.alone(member));
        }
        throw new IllegalArgumentException(
                "The members of %s, a %s, cannot be trained one by one: only a deep ensemble that is not vectorized has a model for each"
                        .formatted(ensemble.getClass().getSimpleName(), ensemble.getForm()));
    }

    /**
     * Returns the member's model.
     *
     * @return the block of the user's
     */
    public Block getModel() {
        return getChildren().valueAt(0);
    }
}
