/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Mimo;
import java.util.List;

/** Sees the raw input behind its first layer. */
@Mimo(m = 2)
public final class InputSkip extends SequentialBlock {

    public InputSkip(int classes) {
        add(
                new ParallelBlock(
                        lists ->
                                new NDList(
                                        NDArrays.concat(
                                                new NDList(
                                                        lists.get(0).head(), lists.get(1).head()),
                                                1)),
                        List.of(Blocks.identityBlock(), Linear.builder().setUnits(8).build())));
        add(Linear.builder().setUnits(classes).build());
    }
}
