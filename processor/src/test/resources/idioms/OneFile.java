// makes new $(12, OneFile.plan(12, 11))
// takes (1, 12)
package acme;

import static java.lang.Math.max;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;

/* Helpers beside the model, before and behind it. */

/** Builds hidden layers. */
interface Layers {

    default Block hidden(int units) {
        return Linear.builder().setUnits(units).build();
    }
}

@SuppressWarnings("unused")
@Deprecated(since = "never") final class Unused extends SequentialBlock {}

/** A model whose blocks are classes of its own file. */
@Packed
public final class OneFile extends SequentialBlock implements Layers {

    static final int EXTRA = 1;

    public OneFile(int width, int[] plan) {
        add(hidden(width));
        add(Activation::relu);
        for (int units : new Plan(plan).units()) {
            add(units == plan[plan.length - 1] ? acme.Unit.of(units) : new Unit(units).build());
        }
        add(Stage.LAST.layer(new Clash().clash + new acme.Clash().units()));
    }

    /** Of a name that a class of the file has as well. */
    static class Clash {
        int clash = scaled(2) + EXTRA;
    }

    private static class Unit extends SequentialBlock {
        Unit(int units) {
            add(Linear.builder().setUnits(units).build());
        }

        Block build() {
            return add(new Residual(this));
        }
    }

    static int scaled(int units) {
        return 2 * units;
    }

    static int[] plan(int... units) {
        return units;
    }
}

/** Adds what a block makes of its input to it. */
class Residual extends AbstractBlock {

    private final Block inner;
    private final Block again;

    Residual(Block before) {
        super((byte) 1);
        int children = before.getChildren().size();
        inner = addChildBlock("inner", Linear.builder().setUnits(12 * max(1, children)).build());
        again = addChildBlock("again", acme.Unit.of(OneFile.scaled(6)));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList first = inner.forward(parameters, inputs, training, params);
        NDList second = again.forward(parameters, first, training, params);
        return new NDList(inputs.singletonOrThrow().add(second.singletonOrThrow()));
    }

    @Override
    protected void initializeChildBlocks(
            ai.djl.ndarray.NDManager manager,
            ai.djl.ndarray.types.DataType type,
            Shape... shapes) {
        inner.initialize(manager, type, shapes);
        again.initialize(manager, type, inner.getOutputShapes(shapes));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return shapes;
    }
}

final class Unit {

    private Unit() {}

    static Block of(int units) {
        return Linear.builder().setUnits(max(units, OneFile.EXTRA)).build();
    }
}

final class Clash extends Sized {

    @Override
    int units() {
        return 3 + OneFile.EXTRA - OneFile.EXTRA;
    }
}

abstract class Sized {

    abstract int units();
}

/** Holds no layers. */
record Plan(int[] units) {

    @Override
    public int[] units() {
        return units.clone();
    }
}

enum Stage {
    LAST {
        @Override
        Block layer(int units) {
            return Linear.builder().setUnits(units).build();
        }
    };

    static final String TEXT =
            """
            A text
              block.""";

    abstract Block layer(int units);
}
