/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Members;
import java.util.Random;

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
        if (ensemble.getForm() instanceof DeepEnsembleForm) {
            return; // the member is the model
        }
        Parameter any = ensemble.getParameters().valueAt(0);
        Shape[] shapes = ensemble.getInputShapes();
        EngineException failure = null;
        // which inputs are ids shows in whether the model takes them
        for (int ids = 0; ids < 1 << shapes.length; ids++) {
            try (NDManager scope = any.getArray().getManager().newSubManager()) {
                compare(ensemble, member, model, examples(shapes, ids, scope));
                return;
            } catch (EngineException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static NDList examples(Shape[] shapes, int ids, NDManager manager) {
        Random random = new Random(1);
        NDList examples = new NDList();
        for (int i = 0; i < shapes.length; i++) {
            Shape shape = Members.with(shapes[i], 0, EXAMPLES);
            boolean isIds = (ids >> i & 1) == 1;
            float[] numbers = new float[Math.toIntExact(shape.size())];
            for (int j = 0; j < numbers.length; j++) {
                numbers[j] = isIds ? random.nextInt(2) : (float) random.nextGaussian();
            }
            NDArray x = manager.create(numbers, shape);
            examples.add(isIds ? x.toType(DataType.INT64, false) : x);
        }
        return examples;
    }

    private static void compare(Ensemble ensemble, int member, Block model, NDList x) {
        NDList given = forward(model, x);
        NDList expected = forward(ensemble, x);
        for (int i = 0; i < expected.size(); i++) {
            NDArray own = expected.get(i).get(new NDIndex(":, {}", member));
            NDArray other = given.get(i);
            float scale = own.abs().max().getFloat();
            boolean same =
                    own.getShape().equals(other.getShape())
                            && !(own.sub(other).abs().max().getFloat() > ROUNDING * scale);
            if (!same) {
                throw new IllegalArgumentException(
                        "Member %d of %s is no %s: with the member's parameters that gives other answers. Where members are narrower than the model, code that changes features by one another or counts them, as a softmax over them or the scale of attention, counts those that the member does not have"
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
