// makes new $(5)
// takes (1, 12)
package acme;

import static acme.Widths.*;

import ai.djl.nn.*;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;
import java.util.function.*;

/** Interfaces with defaults, constants and static methods; the model implements some. */
@Packed
public final class Interfaces extends SequentialBlock implements Widths, Supplier<String> {

    private interface Layers extends IntFunction<Block> {
        Layers DENSE = units -> Linear.builder().setUnits(units).build();

        static Layers active() {
            return units -> new SequentialBlock().add(DENSE.apply(units)).add(Activation.reluBlock());
        }

        default Layers twice() {
            return units -> new SequentialBlock().add(apply(units)).add(apply(units));
        }
    }

    @FunctionalInterface
    private interface Maker<A, B extends Block> {
        B make(A first, int... more) throws IllegalStateException;
    }

    public Interfaces(int classes) {
        add(Layers.DENSE.apply(FIRST));
        add(Layers.active().twice().apply(SECOND));
        add(Layers.active().apply(limit(third())));
        add(Layers.DENSE.twice().apply(Widths.limit(Widths.SECOND)));
        Maker<Integer, Linear> maker = (first, more) -> Linear.builder().setUnits(first + more.length).build();
        add(maker.make(classes - 1, classes));
    }

    @Override
    public String get() {
        return "widths " + FIRST + third() + Widths.super.third();
    }
}
