// makes new $(5)
// takes (1, 12)
import ai.djl.nn.*;
import ai.djl.nn.core.*;

/** In the unnamed package. */
@dev.polyphony.Packed
public final class Unpackaged extends SequentialBlock {
    static int width = 12;
    enum Mode { A, B }
    public Unpackaged(int classes) {
        add(Linear.builder().setUnits(Unpackaged.width + Mode.A.ordinal()).build()).add(new Unit(classes));
    }
    static class Unit extends SequentialBlock {
        Unit(int n) { add(Activation::relu); add(Linear.builder().setUnits(n).build()); }
    }
}
