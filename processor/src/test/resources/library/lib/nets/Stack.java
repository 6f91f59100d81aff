/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package lib.nets;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/** Makes perceptrons by a builder, as DJL's own models are made. */
public final class Stack {

    private Stack() {}

    /** Starts a perceptron. */
    public static Builder builder() {
        return new Builder();
    }

    static Block layer(int units) {
        return Linear.builder().setUnits(units).build();
    }

    /** The settings of a perceptron. */
    public static final class Builder {

        private int depth = 1;
        private int classes;

        Builder() {}

        /** Sets the number of hidden layers. */
        public Builder optDepth(int depth) {
            this.depth = depth;
            return this;
        }

        /** Sets the number of classes. */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /** Makes the perceptron. */
        public Block build() {
            SequentialBlock block = new SequentialBlock();
            for (int i = 0; i < depth; i++) {
                block.add(layer(16)).add(Activation::relu);
            }
            return block.add(layer(classes));
        }
    }
}
