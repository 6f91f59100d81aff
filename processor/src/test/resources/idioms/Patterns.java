// makes new $(5, 12, "x", 14L)
// takes (1, 12)
package acme;

import ai.djl.ndarray.*;
import ai.djl.ndarray.types.*;
import ai.djl.nn.*;
import ai.djl.nn.core.*;
import ai.djl.nn.norm.*;
import ai.djl.training.ParameterStore;
import ai.djl.util.*;
import dev.polyphony.Packed;
import java.util.*;
import java.util.function.*;

/** Patterns, casts, class literals and layers as fields. */
@Packed
public class Patterns extends AbstractBlock {

    private static final Set<Class<? extends Block>> KINDS = Set.of(Linear.class, SequentialBlock.class);

    private final Linear first;
    private final Linear[] rest = new Linear[1];
    protected final LayerNorm norm;

    @SuppressWarnings("this-escape")
    public Patterns(int classes, Object... widths) {
        SequentialBlock stack = new SequentialBlock();
        for (Object width : widths) {
            if (width instanceof Integer units && units > 1) {
                stack.add(Linear.builder().setUnits(units).build());
            } else if (!(width instanceof Long count)) {
                continue;
            } else {
                stack.add(Linear.builder().setUnits(count).build());
            }
        }
        Block child = stack.getChildren().get(0).getValue();
        first = (Linear) child;
        addChildBlock("first", first);
        Object last = stack.getChildren().values().get(stack.getChildren().size() - 1);
        if (last instanceof Linear linear) rest[0] = linear;
        addChildBlock("rest", (Block) rest[0]);
        norm = addChildBlock("norm", (LayerNorm) (Object) LayerNorm.builder().build());
        addChildBlock("head", Linear.builder().setUnits(classes).build());
        if (!KINDS.contains(first.getClass()) || Linear[].class != rest.getClass()) {
            throw new IllegalStateException(first.getClass().getName());
        }
    }

    public Linear getFirst() {
        return first;
    }

    /** The head. */
    public Linear getHead() {
        Predicate<Block> isLinear = Linear.class::isInstance;
        Block head = getChildren().get("head");
        return isLinear.test(head) ? Linear.class.cast(head) : null;
    }

    @Override
    protected NDList forwardInternal(ParameterStore store, NDList x, boolean training, PairList<String, Object> params) {
        for (Pair<String, Block> child : getChildren()) {
            Block block = child.getValue();
            x = block.forward(store, x, training);
            if (block instanceof Linear && block != getHead()) {
                x = Activation.relu(x);
            }
        }
        return x;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... shapes) {
        for (Block block : getChildren().values()) {
            block.initialize(manager, dataType, shapes);
            shapes = block instanceof Linear ? ((Linear) block).getOutputShapes(shapes) : shapes;
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return getHead().getOutputShapes(shapes);
    }
}
