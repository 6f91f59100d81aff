// makes new $(5, 16, 12)
// takes (1, 12)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;

/** Constructors that call each other, and helpers on objects that are thrown away. */
@Packed
public final class ConstructorChains extends SequentialBlock {

    private static final int[] DEFAULT_WIDTHS = {16, 12};

    private int made;

    /** A network of usual widths. */
    public ConstructorChains(final int classes) {
        this(classes, DEFAULT_WIDTHS);
    }

    /**
     * A network of given widths.
     *
     * @param classes the number of classes
     * @param widths the widths of the hidden layers, see {@link Maker#dense(int)}
     */
    public ConstructorChains(final int classes, final int... widths) {
        this(new Maker(true), classes, widths.clone());
    }

    private ConstructorChains(Maker maker, int classes, int[] widths) {
        super();
        for (final int width : widths) {
            add(maker.dense(width));
            this.made++;
        }
        add(new Maker(false).dense(classes));
        made += new Maker(false) .count();
        ConstructorChains.this.made = made + 1;
        log(made);
    }

    private void log(Object... all) {
        if (all.length == 0) {
            throw new IllegalStateException("no layers");
        }
    }

    /** Makes layers. */
    private static final class Maker {
        private final boolean active;

        private Maker(boolean active) {
            this.active = active;
        }

        Block dense(int units) {
            Block linear = Linear.builder().setUnits(units).build();
            return active ? new SequentialBlock().add(linear).add(Activation::relu) : linear;
        }

        int count() {
            return 0;
        }
    }
}
