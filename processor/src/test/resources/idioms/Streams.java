// makes new $(List.of(12, 16), 5)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import dev.polyphony.Packed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Streams, lambdas and method references that build blocks. */
@Packed
public final class Streams extends SequentialBlock {

    private static final Supplier<Block> NORM = () -> LayerNorm.builder().build();
    private static final Supplier<Linear.Builder> DENSE = Linear::builder;

    private final IntFunction<Block> dense = units -> Linear.builder().setUnits(units).build();

    public Streams(List<Integer> widths, int classes) {
        widths.stream().map(this::unit).forEach(this::add);
        IntStream.rangeClosed(1, 2)
                .map(i -> 12 * i)
                .mapToObj(dense)
                .map(Streams::active)
                .collect(Collectors.toList())
                .forEach(block -> add(block));
        Supplier<LayerNorm.Builder> norm = LayerNorm::builder;
        Stream.<Supplier<Block>>of(() -> norm.get().build(), NORM).map(Supplier::get).forEach(this::add);
        BiFunction<Integer, Boolean, Block> both = (units, bias) -> {
            Linear.Builder builder = DENSE.get();
            return builder.setUnits(units).optBias(bias).build();
        };
        add(both.apply(14, true));
        Function<NDList, NDList> function = Activation::relu;
        add(new LambdaBlock(function, "relu"));
        addAll(Stream.generate(Unit::new).limit(2).toArray(Unit[]::new));
        UnaryOperator<Block> same = UnaryOperator.identity();
        List<Block> rest = IntStream.of(classes).mapToObj(n -> same.apply(dense.apply(n))).collect(Collectors.toCollection(ArrayList::new));
        rest.forEach(super::add);
    }

    private Block unit(int units) {
        return new SequentialBlock().add(dense.apply(units)).add(Activation::relu);
    }

    private static Block active(Block block) {
        return new SequentialBlock().add(block).add(new LambdaBlock(Activation::tanh));
    }

    private static final class Unit extends SequentialBlock {
        Unit() {
            Stream.of(13, 12).map(n -> Linear.builder().setUnits(n)).map(Linear.Builder::build).forEach(this::add);
        }
    }
}
