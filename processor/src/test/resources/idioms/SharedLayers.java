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
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;

/** A layer that is used twice, and one that two parents share. */
@Packed
public final class SharedLayers extends AbstractBlock {

    private final Linear first = Linear.builder().setUnits(12).build();
    private final Linear twice = Linear.builder().setUnits(12).build();
    private final SequentialBlock left = new SequentialBlock();
    private final SequentialBlock right = new SequentialBlock();
    private final Linear head;

    public SharedLayers(int classes) {
        Linear shared = Linear.builder().setUnits(14).build();
        addChildBlock("first", first);
        addChildBlock("twice", twice);
        addChildBlock("left", left.add(shared).add(Activation::relu));
        addChildBlock("right", right.add(Activation::tanh).add(shared));
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
        NDList x = first.forward(store, in, training);
        for (int i = 0; i < 2; i++) {
            x = Activation.relu(twice.forward(store, x, training));
        }
        NDArray l = left.forward(store, x, training).singletonOrThrow();
        NDArray r = right.forward(store, x, training).singletonOrThrow();
        return head.forward(store, new NDList(l.add(r)), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... in) {
        Shape[] shapes = in;
        for (var block : getChildren().values()) {
            boolean isRight = block == right;
            block.initialize(manager, type, isRight ? new Shape[] {new Shape(1, 12)} : shapes);
            shapes = isRight ? shapes : block.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] in) {
        return new Shape[] {new Shape(in[0].get(0), head.getOutputShapes(new Shape[] {new Shape(1, 14)})[0].get(1))};
    }
}
