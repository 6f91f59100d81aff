/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.training.initializer.Initializer;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;

/** What the vectors over inputs and over outputs start from. */
final class FastWeights {

    private FastWeights() {}

    /** The initialiser of vectors over the outputs. */
    static Initializer outputs(BatchEnsembleForm form) {
        if (form.getInit() == FastWeightInit.RANDOM_SIGN) {
            return new DistinctSigns();
        }
        return form.getForm() == FastWeightForm.MULTIPLICATIVE
                ? (manager, shape, dataType) -> manager.randomNormal(1f, 0.5f, shape, dataType)
                : (manager, shape, dataType) -> manager.randomNormal(shape, dataType);
    }

    /** The initialiser of vectors over the inputs. */
    static Initializer inputs(BatchEnsembleForm form) {
        Initializer initializer = outputs(form);
        if (form.getForm() == FastWeightForm.MULTIPLICATIVE) {
            return initializer;
        }
        // so that the member's own term starts as large as the shared one
        return (manager, shape, dataType) ->
                initializer.initialize(manager, shape, dataType).div(Math.sqrt(shape.get(1)));
    }
}
