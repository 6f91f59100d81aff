// makes new $(5, 1, 2)
// takes (1, 3, 8, 8)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import dev.polyphony.Packed;
import java.util.List;

/** Names that are ours, DJL's or java.lang's, and here somebody else's. */
@Packed
public final class Clash extends SequentialBlock {

    private static final int FORM = 3;
    private final Network Network = new Network(14);
    private int form = 1, members = 2, network;

    public Clash(int classes, int form, int members) {
        Block Linear = new Block(12);
        Shape shape = new Shape(Linear.size());
        add(new Conv2d(shape.size()).made());
        add(Activation::relu);
        int Conv2d = 12, Ensemble = 2;
        add(ai.djl.nn.convolutional.Conv2d.builder().setFilters(Network.width).setKernelShape(new ai.djl.ndarray.types.Shape(FORM, FORM)).build());
        ai.djl.nn.Block flatten = ai.djl.nn.Blocks.batchFlattenBlock();
        add(flatten);
        Object Object = new Object(), PackedClash = Object;
        String String = "a" + new Copy().name() + Math.abs(-1) + List.of(new Factory(), new Ensemble());
        add(ai.djl.nn.core.Linear.builder().setUnits(classes + 0 * (Conv2d + Ensemble + String.length() + this.form + form + members + this.members + network)).build());
        if (Linear instanceof Block && PackedClash instanceof Object) {
            network = new acme.Linear().size();
        }
    }

    private static final class Network {
        final int width;

        Network(int width) {
            this.width = width;
        }
    }

    private static final class Conv2d {
        private final int filters;

        Conv2d(int filters) {
            this.filters = filters;
        }

        ai.djl.nn.convolutional.Conv2d made() {
            return ai.djl.nn.convolutional.Conv2d.builder().setFilters(filters).setKernelShape(new ai.djl.ndarray.types.Shape(3, 3)).build();
        }
    }

    private static class Copy {
        String name() {
            return "";
        }
    }

    static class Factory {}

    public static class Ensemble {}

    private static class Math {
        static int abs(int x) {
            return x;
        }
    }

    private static class PackedForm {}

    private static class Override extends PackedForm {}

    private static class Object {}

    private static class Arguments {}

    private static class EnsembleFactory {}
}
