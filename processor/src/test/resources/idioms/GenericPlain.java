// makes new $<Integer>(12, 5)
// takes (1, 12)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;
import java.util.ArrayList;
import java.util.List;

/** A generic model that is made from plain values. */
@Packed
public final class GenericPlain<T extends Comparable<? super T>> extends SequentialBlock {

    private final transient List<T> labels = new ArrayList<>();

    public GenericPlain(int width, int classes) {
        add(Linear.builder().setUnits(width).build()).add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }

    /** Two networks, one after the other. */
    @SafeVarargs
    public GenericPlain(int width, int classes, T... labels) {
        this(width, classes);
        for (T label : labels) {
            this.labels.add(label);
        }
    }

    /** The largest label. */
    public T last() {
        GenericPlain<T> self = GenericPlain.this;
        return self.labels.stream().max(Comparable::compareTo).orElseThrow();
    }
}
