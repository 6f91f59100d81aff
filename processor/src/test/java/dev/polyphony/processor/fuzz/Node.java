/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a network: the program that the fuzzer draws, writes as Java in many styles, and
 * reasons about. A style is a number from which the writer draws how the part is written.
 */
sealed interface Node {

    /**
     * Follows features through the part.
     *
     * @param x what reaches it
     * @param walk what layers make of features
     * @param path names the layers below: the same path is the same layer
     * @return what leaves it
     */
    Value pass(Value x, Walk walk, String path);

    /** The part as one packed member has it, as far as {@code walk} has followed its widths. */
    Node ofMember(PackedWalk walk, String path);

    /** Smaller parts, to find out what of a network a failure needs. */
    List<Node> smaller();

    /** A linear map. */
    sealed interface Map extends Node {

        int units();

        int groups();

        /** The size of the outputs, whatever the width of the inputs. */
        Size resize(Size input, int width);

        @Override
        default Value pass(Value x, Walk walk, String path) {
            return walk.map(this, path, x);
        }
    }

    /** A convolution with the same geometry on all its axes. */
    record Conv(
            int axes,
            int units,
            int kernel,
            int stride,
            int padding,
            int dilation,
            int groups,
            boolean bias,
            int style)
            implements Map {

        @Override
        public Size resize(Size input, int width) {
            Invalid.unless(input.isSpatial() && input.axes() == axes, "no maps of these axes");
            int reach = dilation * (kernel - 1) + 1;
            return input.eachAxis(
                            side ->
                                    side + 2 * padding < reach
                                            ? 0
                                            : (side + 2 * padding - reach) / stride + 1)
                    .withWidth(width);
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return new Conv(
                    axes,
                    walk.getUnits(path),
                    kernel,
                    stride,
                    padding,
                    dilation,
                    walk.getGroups(path),
                    bias,
                    style);
        }

        @Override
        public List<Node> smaller() {
            List<Node> smaller = new ArrayList<>();
            if (groups > 1) {
                smaller.add(
                        new Conv(axes, units, kernel, stride, padding, dilation, 1, bias, style));
            }
            if (kernel != 1 || stride != 1) {
                smaller.add(new Conv(axes, units, 1, 1, 0, 1, groups, bias, style));
            }
            if (!bias || style != 0) {
                smaller.add(
                        new Conv(axes, units, kernel, stride, padding, dilation, groups, true, 0));
            }
            return smaller;
        }
    }

    /** A fully connected layer. */
    record Dense(int units, boolean bias, int style) implements Map {

        @Override
        public int groups() {
            return 1;
        }

        @Override
        public Size resize(Size input, int width) {
            Invalid.unless(!input.isSpatial(), "neither a vector nor tokens");
            return input.withWidth(width);
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return new Dense(walk.getUnits(path), bias, style);
        }

        @Override
        public List<Node> smaller() {
            return bias && style == 0 ? List.of() : List.of(new Dense(units, true, 0));
        }
    }

    /** Batch or layer normalisation; {@code last} is whether it works on the last axis. */
    record Norm(boolean batch, boolean last, boolean center, boolean scale, int style)
            implements Node {

        /** Tells whether its parameters fit both sizes. */
        boolean suits(Size one, Size other) {
            if (last) {
                return one.dims().get(one.axes()).equals(other.dims().get(other.axes()));
            }
            return batch ? one.dims().get(0).equals(other.dims().get(0)) : one.equals(other);
        }

        @Override
        public Value pass(Value x, Walk walk, String path) {
            return walk.norm(this, path, x);
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return this;
        }

        @Override
        public List<Node> smaller() {
            return center && scale ? List.of() : List.of(new Norm(batch, last, true, true, style));
        }
    }

    /** A block without parameters. */
    record Plain(PlainKind kind, int number, int style) implements Node {

        @Override
        public Value pass(Value x, Walk walk, String path) {
            return walk.plain(this, x);
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return this;
        }

        @Override
        public List<Node> smaller() {
            return List.of();
        }
    }

    /** One after the other. */
    record Chain(List<Node> parts, int style) implements Node {

        @Override
        public Value pass(Value x, Walk walk, String path) {
            Value y = x;
            for (int i = 0; i < parts.size(); i++) {
                y = parts.get(i).pass(y, walk, path + "." + i);
            }
            return y;
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return new Chain(each(parts, walk, path), style);
        }

        @Override
        public List<Node> smaller() {
            List<Node> smaller = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                List<Node> rest = new ArrayList<>(parts);
                rest.remove(i);
                smaller.add(new Chain(List.copyOf(rest), style));
            }
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Chain inner) {
                    List<Node> flat = new ArrayList<>(parts);
                    flat.remove(i);
                    flat.addAll(i, inner.parts());
                    smaller.add(new Chain(List.copyOf(flat), style));
                }
                for (Node less : parts.get(i).smaller()) {
                    smaller.add(new Chain(with(parts, i, less), style));
                }
            }
            if (style != 0) {
                smaller.add(new Chain(parts, 0));
            }
            return smaller;
        }
    }

    /**
     * Side by side, then joined, {@code CONCAT} on an axis; an empty chain is the way around the
     * others.
     */
    record Branches(Join join, int axis, List<Node> ways, int style) implements Node {

        @Override
        public Value pass(Value x, Walk walk, String path) {
            List<Value> answers = new ArrayList<>();
            for (int i = 0; i < ways.size(); i++) {
                answers.add(ways.get(i).pass(x, walk, path + "." + i));
            }
            return walk.join(join, axis, answers);
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return new Branches(join, axis, each(ways, walk, path), style);
        }

        @Override
        public List<Node> smaller() {
            List<Node> smaller = new ArrayList<>(ways);
            for (int i = 0; i < ways.size(); i++) {
                for (Node less : ways.get(i).smaller()) {
                    smaller.add(new Branches(join, axis, with(ways, i, less), style));
                }
            }
            return smaller;
        }
    }

    /** A part of the same make several times. */
    record Repeat(int times, Node body, int style) implements Node {

        @Override
        public Value pass(Value x, Walk walk, String path) {
            Value y = x;
            for (int i = 0; i < times; i++) {
                y = body.pass(y, walk, path + "#" + i);
            }
            return y;
        }

        /** One after the other: the last may write the output, and have another width. */
        @Override
        public Node ofMember(PackedWalk walk, String path) {
            List<Node> bodies = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                bodies.add(body.ofMember(walk, path + "#" + i));
            }
            return new Chain(List.copyOf(bodies), 0);
        }

        @Override
        public List<Node> smaller() {
            List<Node> smaller = new ArrayList<>(List.of(body));
            body.smaller().forEach(less -> smaller.add(new Repeat(times, less, style)));
            return smaller;
        }
    }

    /** One block that is used before and behind another. */
    record Reuse(Node shared, Node between, int style) implements Node {

        @Override
        public Value pass(Value x, Walk walk, String path) {
            Value y = shared.pass(x, walk, path + ".s");
            return shared.pass(between.pass(y, walk, path + ".b"), walk, path + ".s");
        }

        @Override
        public Node ofMember(PackedWalk walk, String path) {
            return new Reuse(
                    shared.ofMember(walk, path + ".s"), between.ofMember(walk, path + ".b"), style);
        }

        @Override
        public List<Node> smaller() {
            List<Node> smaller = new ArrayList<>(List.of(shared, between));
            shared.smaller().forEach(less -> smaller.add(new Reuse(less, between, style)));
            between.smaller().forEach(less -> smaller.add(new Reuse(shared, less, style)));
            return smaller;
        }
    }

    /** How branches meet. */
    enum Join {
        ADD,
        MUL,
        CONCAT
    }

    private static List<Node> each(List<Node> parts, PackedWalk walk, String path) {
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            members.add(parts.get(i).ofMember(walk, path + "." + i));
        }
        return List.copyOf(members);
    }

    private static List<Node> with(List<Node> parts, int index, Node part) {
        List<Node> changed = new ArrayList<>(parts);
        changed.set(index, part);
        return List.copyOf(changed);
    }
}
