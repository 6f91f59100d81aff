/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.Net.Style;
import dev.polyphony.processor.fuzz.Node.Branches;
import dev.polyphony.processor.fuzz.Node.Chain;
import dev.polyphony.processor.fuzz.Node.Conv;
import dev.polyphony.processor.fuzz.Node.Dense;
import dev.polyphony.processor.fuzz.Node.Join;
import dev.polyphony.processor.fuzz.Node.Norm;
import dev.polyphony.processor.fuzz.Node.Plain;
import dev.polyphony.processor.fuzz.Node.Repeat;
import dev.polyphony.processor.fuzz.Node.Reuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws networks. The same seed gives the same network. */
final class NetDraw {

    private static final List<Integer> WIDTHS = List.of(3, 4, 6, 8, 10, 12, 12, 16, 20);
    private static final List<PlainKind> ACTIVATIONS =
            List.of(
                    PlainKind.RELU,
                    PlainKind.RELU,
                    PlainKind.TANH,
                    PlainKind.SIGMOID,
                    PlainKind.GELU,
                    PlainKind.SWISH,
                    PlainKind.LEAKY,
                    PlainKind.DROPOUT,
                    PlainKind.IDENTITY,
                    PlainKind.TWICE);

    private final Random random;
    private final long seed;

    private NetDraw(long seed) {
        this.seed = seed;
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        random.nextInt();
    }

    /**
     * Draws a network.
     *
     * @param seed the number that decides everything
     * @param forms how many annotations it gets
     * @return the network
     */
    static Net draw(long seed, int forms) {
        NetDraw draw = new NetDraw(seed);
        Net net;
        do {
            net = draw.net(forms);
        } while (!net.isValid());
        return net;
    }

    private Net net(int forms) {
        int inputs = chance(5) ? 2 : 1;
        int heads = chance(5) ? 2 + random.nextInt(2) : 1;
        List<Size> sizes = new ArrayList<>(List.of(input()));
        List<Node> stems = new ArrayList<>();
        Size width;
        if (inputs == 1) {
            Node stem = chain(sizes.get(0), 1 + random.nextInt(3), 1);
            stems.add(stem);
            width = after(stem, sizes.get(0));
        } else {
            boolean siamese = chance(3);
            sizes.add(siamese ? sizes.get(0) : input());
            int total = 0;
            for (Size size : siamese ? sizes.subList(0, 1) : sizes) {
                Node stem = toVector(chain(size, 1 + random.nextInt(2), 1), size);
                stems.add(stem);
                total += after(stem, size).width() * (siamese ? 2 : 1);
            }
            width = Size.vector(total);
        }
        Node trunk = chain(width, random.nextInt(4), 2);
        width = after(trunk, width);
        List<Node> ends = new ArrayList<>();
        for (int i = 0; i < heads; i++) {
            ends.add(head(width));
        }
        Style[] styles = Style.values();
        boolean chains = inputs == 1 && heads == 1;
        Style style = chains ? styles[random.nextInt(styles.length)] : Style.COMPOSED;
        Net net = new Net(seed, sizes, stems, trunk, ends, style, List.of());
        boolean mayCut = net.toString().contains("Conv[");
        List<FormSpec> specs = new ArrayList<>();
        for (int i = 0; i < forms; i++) {
            specs.add(FormSpec.draw(random, "Form" + i, mayCut));
        }
        return net.with(specs);
    }

    private Size input() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Size.vector(4 + random.nextInt(9));
            case 2 -> Size.tokens(2 + random.nextInt(4), 4 + random.nextInt(8));
            case 3 -> Size.maps(1 + random.nextInt(4), 8 + random.nextInt(6), 1);
            case 4 -> Size.maps(1 + random.nextInt(2), 4 + random.nextInt(2), 3);
            default -> Size.maps(1 + random.nextInt(4), 5 + random.nextInt(6), 2);
        };
    }

    private Size after(Node node, Size size) {
        return node.pass(Value.input(size), new Walk(), "").size();
    }

    private Chain chain(Size size, int length, int depth) {
        List<Node> parts = new ArrayList<>();
        Size at = size;
        for (int i = 0; i < length; i++) {
            Node part = part(at, depth);
            at = after(part, at);
            parts.add(part);
        }
        return new Chain(List.copyOf(parts), style());
    }

    private Node part(Size size, int depth) {
        int pick = random.nextInt(depth > 0 ? 20 : 12);
        if (pick < 6) {
            return map(size, width());
        } else if (pick < 8) {
            return norm(size);
        } else if (pick < 10) {
            return plain(ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size())));
        } else if (pick < 12) {
            return reshaping(size);
        } else if (pick < 15) {
            return branches(size, depth - 1);
        } else if (pick < 17) {
            return chain(size, 1 + random.nextInt(3), depth - 1);
        } else if (pick < 19) {
            return new Repeat(2 + random.nextInt(2), keeping(size, depth - 1), style());
        }
        return reuse(size, depth - 1);
    }

    /** On the last axis only where that is the axis of the features. */
    private Norm norm(Size size) {
        boolean last = size.tokens() && chance(2);
        return new Norm(!chance(3), last, !chance(6), !chance(6), style());
    }

    private Node reshaping(Size size) {
        if (size.isSpatial()) {
            boolean halves = size.dims().get(1) >= 4;
            PlainKind[] kinds = {PlainKind.MAX_POOL, PlainKind.AVG_POOL, PlainKind.TO_TOKENS};
            PlainKind kind = kinds[random.nextInt(chance(4) ? 3 : 2)];
            return kind == PlainKind.TO_TOKENS || halves
                    ? new Plain(kind, size.axes(), style())
                    : plain(PlainKind.RELU);
        }
        if (size.tokens()) {
            return plain(chance(2) ? PlainKind.TOKEN_MEAN : PlainKind.SOFTMAX);
        }
        return plain(PlainKind.TANH);
    }

    private Node map(Size size, int units) {
        return size.isSpatial()
                ? conv(size, units, chance(3) && size.dims().get(1) >= 5)
                : new Dense(units, !chance(5), style());
    }

    /** A convolution, of which the sides of the maps stay as they are unless it shrinks them. */
    private Conv conv(Size size, int units, boolean shrinks) {
        int width = size.width();
        int groups = 1;
        int filters = units;
        if (chance(6) && width > 1) {
            groups = width;
            filters = width * (1 + random.nextInt(2));
        } else if (chance(4)) {
            for (int candidate : List.of(4, 3, 2)) {
                groups = width % candidate == 0 && units % candidate == 0 ? candidate : groups;
            }
        }
        boolean bias = !chance(4);
        if (shrinks) {
            int padding = random.nextInt(2);
            int stride = 1 + random.nextInt(2);
            int kernel = 2 + random.nextInt(2);
            return new Conv(
                    size.axes(), filters, kernel, stride, padding, 1, groups, bias, style());
        }
        int kernel = chance(3) ? 1 : 3;
        int dilation = kernel == 3 && chance(4) ? 2 : 1;
        int padding = kernel / 2 * dilation;
        return new Conv(size.axes(), filters, kernel, 1, padding, dilation, groups, bias, style());
    }

    /** A part that answers with the size of its input. */
    private Node keeping(Size size, int depth) {
        List<Node> parts = new ArrayList<>();
        if (chance(2)) {
            parts.add(same(size, depth > 0 && chance(2) ? size.width() : width()));
            parts.add(plain(ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()))));
        }
        if (chance(3)) {
            parts.add(norm(afterAll(parts, size)));
        }
        parts.add(same(parts.isEmpty() ? size : afterAll(parts, size), size.width()));
        if (chance(4)) {
            parts.add(norm(afterAll(parts, size)));
        }
        Chain body = new Chain(List.copyOf(parts), style());
        if (depth > 0 && chance(2)) {
            return new Branches(Join.ADD, 0, List.of(body, new Chain(List.of(), 0)), style());
        }
        return body;
    }

    private Size afterAll(List<Node> parts, Size size) {
        return after(new Chain(parts, 0), size);
    }

    /** A linear map to a width that leaves all other axes as they are. */
    private Node same(Size size, int units) {
        if (!size.isSpatial()) {
            return new Dense(units, !chance(5), style());
        }
        Conv conv = conv(size, units, false);
        return conv.units() == units
                ? conv
                : new Conv(
                        conv.axes(),
                        units,
                        conv.kernel(),
                        1,
                        conv.padding(),
                        conv.dilation(),
                        1,
                        conv.bias(),
                        conv.style());
    }

    private Node branches(Size size, int depth) {
        if (chance(2)) {
            List<Node> ways = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(2); i++) {
                List<Node> parts = new ArrayList<>(List.of(same(size, width())));
                parts.add(plain(ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()))));
                ways.add(new Chain(List.copyOf(parts), style()));
            }
            if (chance(4)) {
                ways.add(new Chain(List.of(), 0));
            }
            return new Branches(Join.CONCAT, size.featureAxis(), List.copyOf(ways), style());
        }
        Join join = chance(4) ? Join.MUL : Join.ADD;
        if (chance(3)) {
            int units = width();
            List<Node> ways =
                    List.of(
                            new Chain(List.of(same(size, units)), style()),
                            new Chain(
                                    List.of(same(size, units), plain(PlainKind.SIGMOID)), style()));
            return new Branches(join, 0, ways, style());
        }
        List<Node> ways = new ArrayList<>(List.of(keeping(size, depth)));
        Node other = chance(2) ? new Chain(List.of(), 0) : keeping(size, depth);
        // products of products would grow beyond all numbers
        Node gate = new Chain(List.of(other, plain(PlainKind.SIGMOID)), style());
        ways.add(join == Join.MUL ? gate : other);
        return new Branches(join, 0, List.copyOf(ways), style());
    }

    private Node reuse(Size size, int depth) {
        Node shared = chance(2) ? norm(size) : keeping(size, depth);
        Node between = chance(3) ? plain(PlainKind.RELU) : keeping(size, 0);
        return new Reuse(shared, between, style());
    }

    private Node toVector(Chain chain, Size size) {
        List<Node> parts = new ArrayList<>(chain.parts());
        Size at = after(chain, size);
        if (!at.isVector()) {
            parts.add(flatten(at));
        }
        return new Chain(List.copyOf(parts), chain.style());
    }

    private Node flatten(Size size) {
        if (size.isSpatial() && chance(3)) {
            return new Plain(
                    chance(2) ? PlainKind.GLOBAL_AVG : PlainKind.GLOBAL_MAX, size.axes(), style());
        }
        if (chance(20)) {
            return new Plain(PlainKind.FIXED_RESHAPE, size.total(), style());
        }
        return plain(chance(2) ? PlainKind.FLATTEN : PlainKind.RESHAPE);
    }

    private Node head(Size size) {
        List<Node> parts = new ArrayList<>();
        if (chance(10)) {
            return new Chain(List.of(), 0);
        }
        Size at = size;
        if (size.isSpatial() && chance(4)) {
            Node conv = same(size, 2 + random.nextInt(4));
            parts.add(conv);
            if (chance(2)) {
                parts.add(new Plain(PlainKind.GLOBAL_AVG, size.axes(), style()));
            }
            return new Chain(List.copyOf(parts), style());
        }
        if (!size.isVector() && !(size.tokens() && chance(2))) {
            parts.add(flatten(size));
            at = afterAll(parts, size);
        }
        if (chance(4)) {
            parts.add(norm(at));
        }
        if (chance(2)) {
            parts.add(map(at, width()));
            parts.add(plain(PlainKind.RELU));
        }
        parts.add(new Dense(2 + random.nextInt(4), !chance(6), style()));
        if (chance(6)) {
            parts.add(plain(chance(2) ? PlainKind.SOFTMAX : PlainKind.RELU));
        }
        if (chance(10)) {
            parts.add(norm(afterAll(parts, size)));
        }
        return new Chain(List.copyOf(parts), style());
    }

    private Plain plain(PlainKind kind) {
        return new Plain(kind, 0, style());
    }

    private int width() {
        return WIDTHS.get(random.nextInt(WIDTHS.size()));
    }

    private int style() {
        return 1 + random.nextInt(1000);
    }

    /** Whether one of so many. */
    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }
}
