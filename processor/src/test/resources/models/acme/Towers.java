/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;
import java.util.Arrays;

/** Networks from factory methods: overloads, a helper on an instance, and a builder. */
@Packed(m = 3)
@Mimo(m = 3)
@BatchEnsemble(m = 3)
@DeepEnsemble(m = 3)
@Packed(m = 1, name = "OneTowers")
public class Towers {

    private static final int WIDTH = 24;

    private final int width;

    private Towers(int width) {
        this.width = width;
    }

    /** Two towers of the usual width. */
    public static Block towers(int classes) {
        return towers(classes, WIDTH);
    }

    /** Two towers of a given width. */
    public static Block towers(int classes, int width) {
        if (width < 2) {
            return (flat(classes));
        }
        Towers towers = new Towers(width);
        return new SequentialBlock()
                .add(towers.unit())
                .add(
                        new ParallelBlock(
                                list -> {
                                    var first = list.get(0).singletonOrThrow();
                                    return new ai.djl.ndarray.NDList(
                                            first.add(list.get(1).singletonOrThrow()));
                                },
                                Arrays.asList(towers.unit(), Towers.linear(width))))
                .add(Activation::relu)
                .add(linear(classes));
    }

    static SequentialBlock flat(int classes) {
        SequentialBlock block = new SequentialBlock();
        block.add(linear(classes));
        return block;
    }

    private static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private Block unit() {
        return new SequentialBlock().add(linear(width)).add(Activation::relu);
    }

    /** Starts a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings. */
    public static class Builder {

        private int width = WIDTH;
        private int classes;

        /** Sets the classes. */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /** Sets the width. */
        public Builder optWidth(int width) {
            this.width = width;
            return this;
        }

        /** Builds two towers. */
        public Block build() {
            return towers(classes, width);
        }

        /** Builds one tower. */
        public SequentialBlock buildOne() {
            var one = new SequentialBlock();
            one.add(new Towers(width).unit()).add(linear(classes));
            return one;
        }
    }
}
