// makes new $(Switches.Mode.WIDE, "relu", 5)
// takes (1, 12)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import dev.polyphony.Packed;

/** Branches of every kind; labels have names that are fields as well. */
@Packed
public final class Switches extends SequentialBlock {

    /** Not the mode. */
    static final int WIDE = 24;

    /** Not the mode either. */
    public static final int NARROW = 12;

    static final String RELU = "relu";

    /** How wide. */
    public enum Mode {
        NARROW,
        WIDE,
        WIDEST
    }

    public Switches(Mode mode, String activation, int classes) {
        switch (mode) {
            case NARROW:
                add(Linear.builder().setUnits(NARROW).build());
                break;
            case WIDE:
            case WIDEST:
                add(Linear.builder().setUnits(WIDE).build());
                break;
            default:
                throw new AssertionError();
        }
        add(
                switch (activation) {
                    case RELU -> Activation.reluBlock();
                    case "gelu", "silu" -> Activation.geluBlock();
                    default -> throw new IllegalArgumentException(activation);
                });
        int units = switch (mode) {
            case NARROW: yield NARROW;
            case WIDE: {
                int half = WIDE / 2;
                yield half;
            }
            default: yield 2 * WIDE;
        };
        switch (mode) {
            case WIDE -> add(Linear.builder().setUnits(units).build());
            case NARROW, WIDEST -> {
                Block narrow = Linear.builder().setUnits(units).build();
                add(narrow);
            }
        }
        Block norm = mode == Mode.WIDE ? BatchNorm.builder().build()
                : mode == Mode.NARROW ? LayerNorm.builder().build()
                : new SequentialBlock();
        add(norm);
        if (classes > 1) add(Linear.builder().setUnits(classes).build());
        else if (classes == 1)
            add(Linear.builder().setUnits(1).optBias(false).build());
        else {
            throw new IllegalArgumentException();
        }
    }
}
