// makes new $(12, 14, 5, "a name", java.util.List.of())
// takes (1, 3, 8, 8)
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;
import java.util.Collection;
import java.util.Map;

/** Lines that are long, or get long. */
@Packed
public final class LongLines extends AbstractBlock {

    private final SequentialBlock branchOne = new SequentialBlock().add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(12).build()).add(BatchNorm.builder().build()).add(Activation::relu);
    private final SequentialBlock branchTwo = new SequentialBlock();
    private final Linear head;

    /**
     * Creates it.
     *
     * @throws IllegalArgumentException if a width is not positive
     * @throws IllegalStateException never
     */
    public LongLines(int widthOfTheFirstBranch, int widthOfTheSecondBranch, int numberOfClasses, String nameOfTheNetwork, Collection<? extends Map<String, ? super Integer>> manyMoreThings)
            throws IllegalArgumentException, IllegalStateException, UnsupportedOperationException {
        if (widthOfTheFirstBranch <= 0) throw new IllegalArgumentException("width");
        branchTwo.add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(12).build());
        branchTwo
            .add(Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(widthOfTheSecondBranch).build())
            .add(Activation::relu);
        addChildBlock("one", branchOne);
        addChildBlock("two", branchTwo);
        head = addChildBlock("head", Linear.builder().setUnits(numberOfClasses).optBias(true).build());
    }

    @Override
    protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray one = branchOne.forward(store, inputs, training).singletonOrThrow(), two = branchTwo.forward(store, inputs, training).singletonOrThrow();
        NDArray both = NDArrays.concat(new NDList(one.mean(new int[] {2}).mean(new int[] {2}), two.mean(new int[] {2}).mean(new int[] {2})), 1);
        return head.forward(store, new NDList(both), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... shapes) {
        branchOne.initialize(manager, dataType, shapes);
        branchTwo.initialize(manager, dataType, shapes);
        head.initialize(manager, dataType, new Shape(1, branchOne.getOutputShapes(shapes)[0].get(1) + branchTwo.getOutputShapes(shapes)[0].get(1)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return head.getOutputShapes(new Shape[] {new Shape(shapes[0].get(0), branchOne.getOutputShapes(shapes)[0].get(1) + branchTwo.getOutputShapes(shapes)[0].get(1))});
    }
}
