/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.Ramp;

/** Holds a model that was taken out of an ensemble against the member that it was. */
final class Extraction {

    private static final int EXAMPLES = 2;

    /** What sums in another order, and folded factors, may differ by, of the largest answer. */
    private static final float ROUNDING = 1e-3f;

    private Extraction() {}

    /**
     * Requires that a model answers as a member.
     *
     * @param ensemble the ensemble
     * @param member the member
     * @param model the model
     * @throws IllegalArgumentException if it gives other answers for some examples
     */
    static void require(Ensemble ensemble, int member, Block model) {
        Parameter any = ensemble.getParameters().valueAt(0);
        try (NDManager scope = any.getArray().getManager().newSubManager()) {
            NDList x = new NDList();
            for (Shape input : ensemble.getInputShapes()) {
                x.add(Ramp.of(scope, Members.with(input, 0, EXAMPLES)));
            }
            compare(ensemble, member, model, x);
        }
    }

    private static void compare(Ensemble ensemble, int member, Block model, NDList x) {
        NDList expected = forward(ensemble, x);
        NDList given = forward(model, x);
        for (int i = 0; i < expected.size(); i++) {
            NDArray own = expected.get(i).get(new NDIndex(":, {}", member));
            NDArray other = given.get(i);
            float scale = own.abs().max().getFloat();
            boolean same =
                    own.getShape().equals(other.getShape())
                            && !(own.sub(other).abs().max().getFloat() > ROUNDING * scale);
            if (!same) {
                throw new IllegalArgumentException(
                        "Member %d of %s is no %s: with the member's parameters that gives other answers. Where members are narrower than the model, code that changes features by one another, as a softmax over them, counts those that the member does not have"
                                .formatted(
                                        member,
                                        ensemble.getClass().getSimpleName(),
                                        model.getClass().getSimpleName()));
            }
        }
    }

    private static NDList forward(Block block, NDList x) {
        NDManager manager = x.getManager();
        return block.forward(new ParameterStore(manager, false), new NDList(x), false);
    }
}
