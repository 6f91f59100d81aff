// makes new $(true, 5)
// takes (1, 3, 8, 8)
package acme;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import dev.polyphony.Packed;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Builders in variables, parameters, ternaries and parentheses. */
@Packed
public final class HeldBuilders extends SequentialBlock {

    private static final Map<Boolean, UnaryOperator<Conv2d.Builder>> PADDING =
            Map.of(true, b -> b.optPadding(new Shape(1, 1)), false, UnaryOperator.identity());

    public HeldBuilders(boolean norm, int classes) {
        Conv2d.Builder conv = Conv2d.builder();
        conv.setFilters(12);
        if (norm) {
            conv.optBias(false);
        }
        add(kernel(conv, 3).build());
        add(norm ? BatchNorm.builder().optMomentum(0.8f).build() : Blocks.identityBlock());
        add(((Conv2d.builder())).setFilters(14).setKernelShape((new Shape(3, 3))).build());
        add(Activation::relu);
        add((norm ? Conv2d.builder().optBias(false) : Conv2d.builder()).setFilters(12).setKernelShape(new Shape(1, 1)).build());
        final var wide = PADDING.get(norm).apply(kernel(Conv2d.builder(), 3));
        add(wide.setFilters(12).optStride(new Shape(2, 2)).build());
        BatchNorm.BaseBuilder<?> bn = BatchNorm.builder().optEpsilon(1e-4f);
        Block batchNorm = bn.build();
        add(batchNorm);
        add(Blocks.batchFlattenBlock());
        Linear.Builder[] builders = {Linear.builder(), Linear.builder()};
        (builders[0]).setUnits(13);
        Consumer<Linear.Builder> last = b -> b.setUnits(classes);
        last.accept(builders[1]);
        for (Linear.Builder b : builders) add(b.build());
    }

    private static Conv2d.Builder kernel(Conv2d.Builder builder, int size) {
        return builder.setKernelShape(new Shape(size, size));
    }
}
