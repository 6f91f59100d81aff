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
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fields, initialisers and constants. */
@Packed
public final class Initialisers extends AbstractBlock {

    private static final byte VERSION = 2;

    /** Widths for callers. */
    public static final int BASE = 6, WIDE = 2 * BASE;

    private static final int[] WIDTHS = {WIDE, WIDE + 2};
    private static final Map<String, Integer> NAMED = Map.of("last", WIDTHS[1]);
    static final List<String> KINDS;
    private static final int COUNT;

    static {
        List<String> kinds = new ArrayList<>();
        for (int width : WIDTHS) {
            kinds.add("w" + width);
        }
        KINDS = List.copyOf(kinds);
        COUNT = WIDTHS.length;
    }

    private final Linear first = Linear.builder().setUnits(WIDE).build();
    private final Block hidden = addChildBlock("hidden", hidden(COUNT));
    private Linear head;
    private final int width;

    {
        addChildBlock("first", first);
        width = NAMED.get("last");
    }

    public Initialisers(int classes) {
        super(VERSION);
        head = Linear.builder().setUnits(classes).build();
        addChildBlock("head", head);
    }

    {
        head = null;
    }

    private static Block hidden(int count) {
        SequentialBlock blocks = new SequentialBlock();
        for (int i = 0; i < Initialisers.COUNT && i < count; i++) {
            blocks.add(Linear.builder().setUnits(WIDTHS[i] + Initialisers.BASE * 0).build());
        }
        return blocks;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = first.forward(store, inputs, training).singletonOrThrow();
        x = Activation.relu(x);
        NDList y = hidden.forward(store, new NDList(x), training);
        return head.forward(store, y, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... shapes) {
        first.initialize(manager, dataType, shapes);
        hidden.initialize(manager, dataType, new Shape(1, WIDE));
        head.initialize(manager, dataType, new Shape(1, width));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return head.getOutputShapes(hidden.getOutputShapes(first.getOutputShapes(shapes)));
    }
}
