/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package lib.nets;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.function.Function;

/** A multilayer perceptron, as libraries have it. */
public class Mlp extends SequentialBlock {

    static final int SMALLEST = 2;

    public static final int LARGEST = 1024;

    /**
     * Creates a perceptron with ReLU.
     *
     * @param input the size of the input
     * @param output the number of classes
     * @param hidden the sizes of the hidden layers
     */
    public Mlp(int input, int output, int[] hidden) {
        this(input, output, hidden, Activation::relu);
    }

    /** Creates a perceptron with {@code activation}. */
    @SuppressWarnings("this-escape")
    public Mlp(int input, int output, int[] hidden, Function<NDList, NDList> activation) {
        add(Blocks.batchFlattenBlock(input));
        for (int size : hidden) {
            // never too small
            Range range = new Range(SMALLEST, LARGEST);
            add(Linear.builder().setUnits(range.clip(size)).build());
            add(activation);
        }
        add(Linear.builder().setUnits(output).build());
    }

    /** Package access: the copy needs its own. */
    static final class Range {

        private final int from;
        private final int to;

        Range(int from, int to) {
            this.from = from;
            this.to = to;
        }

        int clip(int size) {
            return Math.max(from, Math.min(size, to));
        }
    }
}
