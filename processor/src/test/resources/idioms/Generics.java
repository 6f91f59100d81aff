// makes new $(5)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Generic methods and generic nested classes. */
@Packed
public final class Generics extends SequentialBlock {

    private final Map<String, ? extends Supplier<? extends Block>> sources;

    @SuppressWarnings("serial")
    public <N extends Number & Comparable<N>> Generics(N classes) {
        int units = classes.intValue();
        Linear first = named("first", Linear.builder().setUnits(12).build());
        add(first);
        Residual<Linear> residual = new Residual<>(Linear.builder().setUnits(12).build(), Activation::relu);
        add(residual);
        Linear inner = residual.inner();
        sources = Map.of("a", (Supplier<Linear> & Serializable) () -> Linear.builder().setUnits(14).build());
        this.<Block>all(List.of(sources.get("a").get(), Generics.<Block, Integer>made(15, n -> Linear.builder().setUnits(n).build())));
        Pair<Linear, Integer> pair = new Pair<Linear, Integer>(inner, units);
        if (!pair.<Object>same(inner)) throw new AssertionError();
        Linear last = made(pair.right(), n -> Linear.builder().setUnits(n).build());
        add(last);
    }

    private static <B extends Block> B named(String name, B block) {
        return block;
    }

    private static <B extends Block, A> B made(A argument, Function<? super A, ? extends B> maker) {
        return maker.apply(argument);
    }

    private <B extends Block> void all(Collection<? extends B> blocks) {
        for (B block : blocks) {
            add(block);
        }
    }

    private record Pair<L, R extends Comparable<R>>(L left, R right) {
        <T> boolean same(T other) {
            return left == other;
        }
    }

    /** A block around another. */
    private static class Residual<B extends Block> extends AbstractBlock {
        private final B inner;
        private final Block after;

        Residual(B inner, Function<NDArray, NDArray> after) {
            this.inner = addChildBlock("inner", inner);
            this.after = addChildBlock("after", LambdaBlock.singleton(after));
        }

        B inner() {
            return inner;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList x, boolean training, PairList<String, Object> params) {
            NDArray y = inner.forward(store, x, training).singletonOrThrow();
            return after.forward(store, new NDList(x.singletonOrThrow().add(y)), training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... shapes) {
            inner.initialize(manager, dataType, shapes);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] shapes) {
            return shapes;
        }
    }
}
