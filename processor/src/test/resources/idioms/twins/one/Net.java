// makes new $(5, two.Net.Size.SMALL)
// takes (1, 12)
package one;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/** A class with a twin in another package. */
@dev.polyphony.Packed
public final class Net extends SequentialBlock {
    public enum Size {
        SMALL
    }

    public Net(int classes, two.Net.Size size) {
        two.Net other = new two.Net(size == two.Net.Size.SMALL ? 12 : 14);
        add(Linear.builder().setUnits(other.width() + Size.SMALL.ordinal()).build());
        add(Linear.builder().setUnits(classes).build());
    }
}
