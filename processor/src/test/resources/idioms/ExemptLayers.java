// makes new $(4)
// takes (1, 6)
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.Exempt;
import dev.polyphony.Masksembles;
import dev.polyphony.Packed;
import java.util.List;
import java.util.function.Supplier;

/** Layers that are exempt from what forms add, written in several ways. */
@Packed
@BatchEnsemble
@Masksembles
public final class ExemptLayers extends SequentialBlock {

    public ExemptLayers(int classes) {
        add(wide(24)).add(Activation::relu);
        add(new ParallelBlock(ExemptLayers::sum, List.of(wide(24), narrow(24), new Branch())));
        add(Activation::relu).add(head(classes));
    }

    @Exempt({Packed.class, BatchEnsemble.class, dev.polyphony.Masksembles.class})
    private static Block wide(int units) {
        Supplier<Linear.Builder> builders = Linear::builder;
        return builders.get().setUnits(units).build();
    }

    private static Linear narrow(int units) {
        return linear(Linear.builder(), units);
    }

    /** The last layer. */
    @Deprecated
    @dev.polyphony.Exempt(value = Packed.class) // not the others
    static Linear head(int classes) {
        return linear(Linear.builder(), classes);
    }

    private static Linear linear(Linear.Builder builder, int units) {
        return builder.setUnits(units).build();
    }

    private static final class Branch extends SequentialBlock {

        Branch() {
            add(linear()).add(Linear.builder().setUnits(24).build());
        }

        @Exempt(Masksembles.class) private Block linear() { return Linear.builder().setUnits(24).build(); }
    }

    private static NDList sum(List<NDList> branches) {
        NDList sum = branches.get(0);
        for (NDList branch : branches.subList(1, branches.size())) {
            sum = new NDList(sum.head().add(branch.head()));
        }
        return sum;
    }
}
