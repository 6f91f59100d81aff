// makes new $(5)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import dev.polyphony.Packed;

import java.util.List;
import java.util.function.Function;

/** Anonymous classes. */
@Packed
public final class AnonymousBlocks extends SequentialBlock {

    private final int skipped = 12;

    public AnonymousBlocks(final int classes) {
        add(Linear.builder().setUnits(skipped).build());
        add(new AbstractBlock() {
            private final Linear inner = addChildBlock("inner", Linear.builder().setUnits(skipped).build());

            {
                setInitializer(inner.getDirectParameters().isEmpty() ? null : new ai.djl.training.initializer.XavierInitializer(), ai.djl.nn.Parameter.Type.OTHER);
            }

            @Override
            protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
                NDList y = inner.forward(store, inputs, training);
                return new NDList(y.head().add(inputs.head()));
            }

            @Override
            protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... shapes) {
                inner.initialize(manager, dataType, shapes);
            }

            @Override
            public Shape[] getOutputShapes(Shape[] shapes) {
                return shapes;
            }
        });
        add(new LambdaBlock(new Function<NDList, NDList>() {
            @Override
            public NDList apply(NDList list) {
                return new NDList(list.head().tanh());
            }
        }));
        add(new SequentialBlock() {{
            add(Linear.builder().setUnits(14).build());
            add(linear());
        }

            private Block linear() {
                return Linear.builder().setUnits(10).build();
            }
        });
        add(new ParallelBlock(new Function<List<NDList>, NDList>() {
            @Override public NDList apply(List<NDList> lists) {
                NDList sum = new NDList(lists.get(0).head());
                for (NDList list : lists.subList(1, lists.size())) {
                    sum = new NDList(sum.head().add(list.head()));
                }
                return sum;
            }
        }) {
            ParallelBlock fill() {
                for (int i = 0; i < 2; i++) add(Linear.builder().setUnits(classes).build());
                return this;
            }
        }.fill());
    }
}
