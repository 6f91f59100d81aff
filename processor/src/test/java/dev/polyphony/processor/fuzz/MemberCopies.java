/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.Ensemble;
import java.util.ArrayList;
import java.util.List;

/** Takes members out of an ensemble that stacks them, by the layout of its parameters. */
final class MemberCopies {

    private MemberCopies() {}

    /** Gives a plain network the parameters of a packed member. */
    static void take(Ensemble packed, int member, Block plain) {
        List<Block> from = leaves(packed);
        List<Block> to = leaves(plain);
        for (int i = 0; i < to.size(); i++) {
            for (Parameter target : to.get(i).getDirectParameters().values()) {
                NDArray all = from.get(i).getDirectParameters().get(target.getName()).getArray();
                Shape each = new Shape(packed.getMembers()).addAll(target.getShape());
                all.reshape(each).get(member).copyTo(target.getArray());
            }
        }
    }

    private static List<Block> leaves(Block block) {
        List<Block> leaves = new ArrayList<>();
        if (!block.getDirectParameters().isEmpty()) {
            leaves.add(block);
        }
        block.getChildren().values().forEach(child -> leaves.addAll(leaves(child)));
        return leaves;
    }
}
