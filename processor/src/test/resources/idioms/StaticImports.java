// makes new $(5)
// takes (1, 3, 8, 8)
package acme;

import static ai.djl.nn.Activation.reluBlock;
import static ai.djl.nn.Blocks.*;
import static ai.djl.nn.convolutional.Conv2d.builder;
import static ai.djl.nn.pooling.Pool.globalAvgPool2dBlock;
import static java.lang.Math.max;
import static java.lang.Integer.MAX_VALUE;
import static java.util.Map.Entry;
import static java.util.Map.entry;
import static java.util.stream.Collectors.*;

import ai.djl.ndarray.types.*;
import ai.djl.nn.*;
import ai.djl.nn.core.*;
import dev.polyphony.*;
import java.util.*;
import java.util.stream.*;

/** Names from static imports, imports on demand and in full. */
@Packed
public final class StaticImports extends ai.djl.nn.SequentialBlock {

    private final java.util.List<ai.djl.nn.convolutional.Conv2d> convolutions;

    public StaticImports(int classes) {
        convolutions = IntStream.of(12, 14).mapToObj(n -> builder().setKernelShape(new Shape(3, 3)).setFilters(max(n, 1)).build()).collect(toList());
        convolutions.forEach(this::add);
        add(reluBlock()).add(globalAvgPool2dBlock()).add(batchFlattenBlock());
        Entry<String, Integer> last = entry("last", java.lang.Math.min(classes, MAX_VALUE));
        Map.Entry<String, Block> other = Map.entry("other", identityBlock());
        add(other.getValue()).add(ai.djl.nn.core.Linear.builder().setUnits(last.getValue()).build());
        java.util.function.Supplier<ai.djl.nn.norm.LayerNorm.Builder> norm = ai.djl.nn.norm.LayerNorm::builder;
        if (norm.get() == null || !(this instanceof ai.djl.nn.Block)) {
            throw new java.lang.IllegalStateException(String.valueOf(java.time.DayOfWeek.MONDAY));
        }
    }
}
