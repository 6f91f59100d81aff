/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.nn.form.Scalars;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongUnaryOperator;

/** What the vectors over inputs and over outputs start from. */
final class FastWeights {

    private FastWeights() {}

    /**
     * Returns vectors that change the shared weight little or not at all: ones with noise, which
     * multiply, or vectors of which a small part is added.
     *
     * @param form the form
     * @param spread the standard deviation around 1, or the part; empty to leave them as they are
     * @param like an array on the device, of the data type
     * @param r the vectors over the inputs
     * @param s the vectors over the outputs
     * @return the values of both; null for those that stay as they are
     */
    static List<NDArray> near(
            BatchEnsembleForm form, OptionalDouble spread, NDArray like, Parameter r, Parameter s) {
        if (spread.isEmpty()) {
            return Arrays.asList(null, null);
        }
        double distance = spread.getAsDouble();
        if (form.getForm() == FastWeightForm.ADDITIVE) {
            NDArray drawn = r.getArray().stopGradient();
            drawn.attach(like.getManager());
            return Arrays.asList(Scalars.mul(drawn, distance), null);
        }
        return List.of(ones(distance, like, r), ones(distance, like, s));
    }

    private static NDArray ones(double distance, NDArray like, Parameter vectors) {
        return like.getManager()
                .randomNormal(1f, (float) distance, vectors.getShape(), like.getDataType());
    }

    /**
     * Returns the weight of a member.
     *
     * @param form the form
     * @param weight the shared weight
     * @param columns the member's vector over the inputs, shaped to broadcast
     * @param rows the member's vector over the outputs, shaped to broadcast
     * @return the weight
     */
    static NDArray fold(BatchEnsembleForm form, NDArray weight, NDArray columns, NDArray rows) {
        return form.getForm() == FastWeightForm.MULTIPLICATIVE
                ? weight.mul(columns).mul(rows)
                : weight.add(columns.mul(rows));
    }

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
