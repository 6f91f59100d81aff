// makes new $<>(List.of(12, 14), 5)
// takes (1, 12)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A generic model.
 *
 * @param <N> the numbers that give widths
 * @param <C> a collection of them
 */
@Packed
public final class GenericModel<N extends Number & Comparable<N>, C extends Collection<? extends N>>
        extends SequentialBlock implements Supplier<C> {

    private final List<N> widths = new ArrayList<>();
    private final C all;

    public GenericModel(C widths, int classes) {
        this(widths, classes, N::intValue);
    }

    GenericModel(C widths, int classes, Function<N, Integer> units) {
        all = widths;
        Wide<C> wide = new Wide<>();
        for (N width : widths) {
            this.widths.add(width);
            add(wide.unit(units.apply(width)));
        }
        add(Linear.builder().setUnits(classes).build());
        GenericModel<?, ? extends Collection<?>> self = this;
        if (self.get().size() != widths.size()) {
            throw new IllegalStateException();
        }
    }

    @Override
    public C get() {
        return all;
    }

    private class Wide<T> {
        N last;
        T none;

        Block unit(int units) {
            return new SequentialBlock().add(Linear.builder().setUnits(units).build()).add(Activation::relu);
        }
    }
}
