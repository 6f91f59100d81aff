/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.layer.ConvertibleLayer;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.List;

/** Heads of a sub-ensemble, one behind the other along the first axis of their parameters. */
final class Heads {

    private Heads() {}

    /**
     * Sets the parameters of the first head, and leaves the others as they are drawn.
     *
     * @param layer a layer of the heads, initialised
     * @param members the number of heads
     * @param start sets the parameters of all heads
     */
    static void keepDrawn(EnsembleLayer layer, int members, Runnable start) {
        List<Parameter> parameters = layer.getParameters().values();
        if (members == 1 || parameters.isEmpty()) {
            start.run();
            return;
        }
        try (NDManager scope = parameters.get(0).getArray().getManager().newSubManager()) {
            NDList drawn = new NDList();
            for (Parameter parameter : parameters) {
                drawn.add(ConvertibleLayer.array(parameter, scope).duplicate());
            }
            drawn.attach(scope);
            start.run();
            for (int i = 0; i < parameters.size(); i++) {
                NDArray heads = ConvertibleLayer.array(parameters.get(i), scope);
                NDArray first = heads.reshape(members, -1).get(new NDIndex("0:1"));
                NDArray others = drawn.get(i).reshape(members, -1).get(new NDIndex("1:"));
                ConvertibleLayer.set(parameters.get(i), first.concat(others));
            }
        }
    }
}
