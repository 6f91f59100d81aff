// makes new $(TwoInputs.Fusion.of("sum"), 5)
// takes (1, 12), (1, 8)
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;

/** Two inputs, two outputs, and an enum that holds functions. */
@Packed
public final class TwoInputs extends AbstractBlock {

    /** How features are put together. */
    public enum Fusion implements BinaryOperator<NDArray> {
        SUM("sum") {
            @Override public NDArray apply(NDArray a, NDArray b) { return a.add(b); }
        },
        PRODUCT("product") {
            @Override public NDArray apply(NDArray a, NDArray b) { return a.mul(b); }
        };

        private static final Map<String, Fusion> BY_NAME = new java.util.HashMap<>();

        static {
            for (Fusion fusion : values()) BY_NAME.put(fusion.title, fusion);
        }

        private final String title;

        Fusion(String title) {
            this.title = title;
        }

        /** The fusion of a name. */
        public static Fusion of(String title) {
            return Objects.requireNonNull(BY_NAME.get(title));
        }
    }

    private enum Side { LEFT, RIGHT; Side other() { return this == LEFT ? RIGHT : LEFT; } }

    private final Map<Side, Block> towers = new EnumMap<>(Side.class);
    private final Fusion fusion;
    private final Linear mean, spread;

    public TwoInputs(Fusion fusion, int classes) {
        this.fusion = fusion;
        for (Side side : Side.values()) {
            towers.put(side, addChildBlock(side.name().toLowerCase(java.util.Locale.ROOT), tower(side)));
        }
        mean = addChildBlock("mean", Linear.builder().setUnits(classes).build());
        spread = addChildBlock("spread", Linear.builder().setUnits(1).build());
    }

    private static Block tower(Side side) {
        int units = switch (side) { case LEFT -> 14; case RIGHT -> 14 + 0 * side.other().ordinal(); };
        return new SequentialBlock().add(Linear.builder().setUnits(units).build()).add(Activation::relu).add(Linear.builder().setUnits(12).build());
    }

    @Override
    protected NDList forwardInternal(ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray left = towers.get(Side.LEFT).forward(ps, new NDList(inputs.get(0)), training).singletonOrThrow();
        NDArray right = towers.get(Side.LEFT.other()).forward(ps, new NDList(inputs.get(1)), training).singletonOrThrow();
        NDList both = new NDList(fusion.apply(left, right));
        return new NDList(mean.forward(ps, both, training).head(), spread.forward(ps, both, training).head());
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... shapes) {
        int[] i = {0};
        towers.forEach((side, tower) -> tower.initialize(manager, dataType, shapes[i[0]++]));
        Arrays.asList(mean, spread).forEach(head -> head.initialize(manager, dataType, new Shape(1, 12)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        long batch = shapes[0].get(0);
        return new Shape[] {new Shape(batch, mean.getOutputShapes(new Shape[] {new Shape(batch, 12)})[0].get(1)), new Shape(batch, 1)};
    }
}
