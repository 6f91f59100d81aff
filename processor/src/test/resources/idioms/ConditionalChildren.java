// makes new $(5, 2, false, true)
// makes new $(5, 3, true, false)
// makes new $(5, 1, false, false)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;

/** Children that only some configurations have. */
@Packed
public final class ConditionalChildren extends AbstractBlock {

    private Block stem;
    private BatchNorm norm;
    private LayerNorm layerNorm;
    private Dropout dropout;
    private final Linear[] hidden;
    private final Linear head;

    public ConditionalChildren(int classes, int depth, boolean batchNorm, boolean layerNorm) {
        if (depth > 1) {
            stem = addChildBlock("stem", new SequentialBlock().add(Linear.builder().setUnits(12).build()).add(Activation::relu));
        }
        if (batchNorm) norm = addChildBlock("norm", BatchNorm.builder().build());
        if (layerNorm) {
            this.layerNorm = addChildBlock("norm", LayerNorm.builder().build());
        } else {
            dropout = addChildBlock("dropout", Dropout.builder().build());
        }
        hidden = new Linear[depth];
        for (int i = 0; i < depth; i++) {
            hidden[i] = addChildBlock("hidden" + i, Linear.builder().setUnits(12).build());
        }
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList x = stem == null ? inputs : stem.forward(store, inputs, training);
        x = norm != null ? norm.forward(store, x, training) : layerNorm != null ? layerNorm.forward(store, x, training) : dropout.forward(store, x, training);
        for (final Linear layer : hidden) {
            x = Activation.relu(layer.forward(store, x, training));
        }
        return head.forward(store, x, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        for (Block child : getChildren().values()) {
            child.initialize(manager, type, shapes);
            shapes = child.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        for (Block child : getChildren().values()) {
            shapes = child.getOutputShapes(shapes);
        }
        return shapes;
    }
}
