/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.nn.form.Scalars;
import java.util.function.LongUnaryOperator;

/** What the vectors over inputs and over outputs start from. */
final class FastWeights {

    private FastWeights() {}

    /**
     * Sets how the vectors of a layer start. Those over the inputs are initialised first.
     *
     * @param form the form
     * @param r the vectors over the inputs {@code [M, in]}
     * @param s the vectors over the outputs {@code [M, out]}
     * @param groups the groups of the layer
     * @param fanIn the numbers that each output is made of, by the number of inputs
     */
    static void start(
            BatchEnsembleForm form, Parameter r, Parameter s, int groups, LongUnaryOperator fanIn) {
        boolean multiplicative = form.getForm() == FastWeightForm.MULTIPLICATIVE;
        if (form.getInit() == FastWeightInit.RANDOM_SIGN) {
            SignPairs.set(r, s, groups);
        } else {
            Initializer normal =
                    multiplicative
                            ? (manager, shape, type) -> manager.randomNormal(1f, 0.5f, shape, type)
                            : (manager, shape, type) -> manager.randomNormal(shape, type);
            r.setInitializer(normal);
            s.setInitializer(normal);
        }
        if (!multiplicative) {
            Initializer inputs = r.getInitializer();
            // so that the member's own term starts as large as the shared one
            r.setInitializer(
                    (manager, shape, type) ->
                            Scalars.div(
                                    inputs.initialize(manager, shape, type),
                                    Math.sqrt(fanIn.applyAsLong(shape.get(1)))));
        }
    }
}
