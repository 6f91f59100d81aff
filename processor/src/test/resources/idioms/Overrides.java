// makes new $(5)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;

/** Overrides that call what they override, overloads of inherited methods, shadowed names. */
@Packed
public final class Overrides extends SequentialBlock implements Comparable<Overrides.Rank> {

    private int calls;
    private int units = 12;

    public Overrides(int classes) {
        add(units);
        add(units, true);
        add(classes);
        int units = 3;
        this.units += units;
        if (this.units != 15 || Overrides.this.units != 15) {
            throw new IllegalStateException();
        }
        Runnable run = () -> {
            int calls = 2;
            this.calls = calls;
        };
        run.run();
    }

    private void add(int units) {
        add(Linear.builder().setUnits(units).build());
    }

    private void add(int units, boolean active) {
        super.add(Linear.builder().setUnits(units).build());
        if (active) super.add(Activation::relu);
    }

    @Override
    public SequentialBlock add(Block block) {
        calls++;
        return super.add(block);
    }

    @Override
    protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        NDList scaled = new NDList(x.add(x));
        return super.forwardInternal(store, scaled, training, params);
    }

    @Override
    public void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        super.initializeChildBlocks(manager, dataType, inputShapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] shapes = super.getOutputShapes(inputShapes);
        return shapes;
    }

    @Override
    public int compareTo(Rank o) {
        return Integer.compare(o.value, calls);
    }

    @Override
    public final String toString() {
        return "Overrides " + calls + " " + super.toString();
    }

    /** A rank. */
    public static class Rank {
        final int value;

        public Rank(int value) {
            this.value = value;
        }
    }
}
