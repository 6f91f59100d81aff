// makes new $(5)
// takes (1, 3, 8, 8)
package acme;

import ai.djl.ndarray.*;
import ai.djl.ndarray.types.*;
import ai.djl.nn.*;
import ai.djl.nn.convolutional.*;
import ai.djl.nn.core.*;
import ai.djl.nn.norm.*;
import ai.djl.nn.pooling.*;
import dev.polyphony.*;
import java.util.*;
import java.util.function.*;

/** Helpers with state, fluent wrappers, varargs of blocks and recursion. */
@Packed
public final class Helpers extends SequentialBlock {

    /** A fluent wrapper. */
    private static final class Stack {
        private final SequentialBlock blocks = new SequentialBlock();
        private Shape kernel = new Shape(3, 3), padding = new Shape(1, 1);

        static Stack of(Block... first) {
            Stack stack = new Stack();
            for (Block block : first) stack.blocks.add(block);
            return stack;
        }

        Stack conv(int filters) {
            blocks.add(Conv2d.builder().setKernelShape(kernel).optPadding(padding).setFilters(filters).build());
            return this;
        }

        Stack norm() { blocks.add(BatchNorm.builder().optCenter(true).optScale(true).build()); return this; }

        Stack then(UnaryOperator<NDArray> function) {
            blocks.add(LambdaBlock.singleton(function));
            return this;
        }

        <T extends Stack> T as(Class<T> type) {
            return type.cast(this);
        }

        SequentialBlock end() {
            return blocks;
        }
    }

    public Helpers(int classes) {
        add(Stack.of(Blocks.identityBlock(), Dropout.builder().build()).conv(12).norm().then(Activation::relu).as(Stack.class).end());
        addAll(pair(12, 14));
        add(nested(2));
        add(new ParallelBlock(lists -> new NDList(NDArrays.concat(new NDList(lists.get(0).head(), lists.get(1).head()), 1)), List.of(pool(true), pool(false))));
        add(Blocks.batchFlattenBlock());
        add(mlp(new int[] {16}, classes, x -> x.tanh()));
    }

    private static Block[] pair(int... filters) {
        Block[] pair = new Block[filters.length];
        for (int i = 0; i < filters.length; ++i) {
            pair[i] = new Stack().conv(filters[i]).end();
        }
        return pair;
    }

    private static Block nested(int depth) {
        return depth == 0 ? Blocks.identityBlock() : new SequentialBlock().add(new Stack().conv(12).then(NDArray::tanh).end()).add(nested(depth - 1));
    }

    private static Block pool(boolean max) {
        Block pool;
        if (max) pool = Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
        else pool = Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2));
        return pool;
    }

    static SequentialBlock mlp(int[] hidden, int units, Function<NDArray, NDArray> activation) {
        SequentialBlock mlp = new SequentialBlock();
        Arrays.stream(hidden).forEach(n -> {
            mlp.add(Linear.builder().setUnits(n).build());
            mlp.addSingleton(activation);
        });
        return mlp.add(Linear.builder().setUnits(units).build());
    }
}
