/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import java.util.function.BiFunction;

/** Blocks without parameters. */
enum PlainKind {
    RELU("Activation.reluBlock()", "Activation::relu"),
    TANH("Activation.tanhBlock()", "Activation::tanh"),
    SIGMOID("Activation.sigmoidBlock()", "list -> Activation.sigmoid(list)"),
    GELU("Activation.geluBlock()", "Activation::gelu"),
    SWISH("Activation.swishBlock(1.5f)", "list -> Activation.swish(list, 1.5f)"),
    LEAKY("Activation.leakyReluBlock(0.1f)", "list -> Activation.leakyRelu(list, 0.1f)"),
    DROPOUT("Dropout.builder().optRate(0.3f).build()", ""),
    IDENTITY("Blocks.identityBlock()", "list -> list"),
    /** Two uses of one array, and no faster growth than it has. */
    TWICE(
            "LambdaBlock.singleton(x -> x.mul(x.tanh()))",
            "list -> new NDList(list.singletonOrThrow().tanh().mul(list.head()))"),
    MAX_POOL("Pool.maxPool%ddBlock(%s, %s)", "", PlainKind::halve),
    AVG_POOL("Pool.avgPool%ddBlock(%s, %s)", "", PlainKind::halve),
    GLOBAL_AVG("Pool.globalAvgPool%ddBlock()", "", (size, n) -> pooled(size)),
    GLOBAL_MAX("Pool.globalMaxPool%ddBlock()", "", (size, n) -> pooled(size)),
    FLATTEN("Blocks.batchFlattenBlock()", "", (size, n) -> Size.vector(size.total())),
    RESHAPE(
            "LambdaBlock.singleton(x -> x.reshape(x.getShape().get(0), -1))",
            "list -> new NDList(list.head().reshape(list.head().getShape().get(0), -1))",
            (size, n) -> Size.vector(size.total())),
    /** Flattens to a constant, which a narrower member does not have. */
    FIXED_RESHAPE(
            "LambdaBlock.singleton(x -> x.reshape(-1, %d))",
            "",
            (size, n) -> {
                Invalid.unless(size.total() == n, "another number of features");
                return Size.vector(n);
            }),
    SOFTMAX(
            "LambdaBlock.singleton(x -> x.softmax(-1))",
            "list -> new NDList(list.singletonOrThrow().softmax(-1))"),
    TO_TOKENS(
            "LambdaBlock.singleton(x -> x.reshape(x.getShape().get(0), x.getShape().get(1), -1)"
                    + ".transpose(0, 2, 1))",
            "",
            (size, n) -> {
                Invalid.unless(size.isSpatial(), "no maps");
                return Size.tokens(size.total() / size.width(), size.width());
            }),
    TOKEN_MEAN(
            "LambdaBlock.singleton(x -> x.mean(new int[] {1}))",
            "list -> new NDList(list.head().mean(new int[] {1}))",
            (size, n) -> {
                Invalid.unless(size.tokens(), "no tokens");
                return Size.vector(size.width());
            });

    private final String block;
    private final String function;
    private final BiFunction<Size, Integer, Size> resize;

    PlainKind(String block, String function) {
        this(block, function, (size, n) -> size);
    }

    PlainKind(String block, String function, BiFunction<Size, Integer, Size> resize) {
        this.block = block;
        this.function = function;
        this.resize = resize;
    }

    Size resize(Size size, int number) {
        return resize.apply(size, number);
    }

    /** The expression of a block; pools have as many axes as the number says. */
    String block(int number) {
        return switch (this) {
            case MAX_POOL, AVG_POOL -> block.formatted(number, shape(number), shape(number));
            case GLOBAL_AVG, GLOBAL_MAX, FIXED_RESHAPE -> block.formatted(number);
            default -> block;
        };
    }

    /** A function of lists that does the same; empty if there is none. */
    String function() {
        return function;
    }

    private static String shape(int axes) {
        return "new Shape(" + "2, ".repeat(axes - 1) + "2)";
    }

    private static Size halve(Size size, int axes) {
        Invalid.unless(size.isSpatial() && size.axes() == axes, "no maps of these axes");
        return size.eachAxis(side -> side / 2);
    }

    private static Size pooled(Size size) {
        Invalid.unless(size.isSpatial(), "no maps");
        return Size.vector(size.width());
    }
}
