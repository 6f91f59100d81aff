/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * Moves members between rows and channels.
 *
 * <p>Between layers an ensemble's arrays are {@code [B*M, c, ...]}, batch-major: row {@code b*M +
 * m} is example {@code b} of member {@code m}, and {@code c} is the width of one member. Since
 * {@code [B*M, c, h, w]} and {@code [B, M*c, h, w]} are the same memory, a layer sees all members
 * of an example side by side without a copy.
 */
public final class Members {

    private Members() {}

    /**
     * Puts the members of an example side by side: {@code [B*M, ..., c, ...]} to {@code [B, ...,
     * M*c, ...]}, member-major.
     *
     * @param x the array, members in rows
     * @param members the number of members
     * @param axis the channel axis
     * @return the array, members in channels
     */
    public static NDArray join(NDArray x, int members, int axis) {
        Shape shape = x.getShape();
        long rows = shape.get(0) / members;
        long[] joined = shape.getShape().clone();
        joined[axis] *= members;
        joined[0] = rows;
        if (axis == 1) {
            return x.reshape(joined);
        }
        return x.reshape(insert(shape, rows, members))
                .transpose(moved(shape.dimension() + 1, 1, axis))
                .reshape(joined);
    }

    /**
     * Undoes {@link #join}: {@code [B, ..., M*c, ...]} to {@code [B*M, ..., c, ...]}.
     *
     * @param x the array, members in channels
     * @param members the number of members
     * @param axis the channel axis
     * @return the array, members in rows
     */
    public static NDArray split(NDArray x, int members, int axis) {
        Shape shape = x.getShape();
        long width = shape.get(axis) / members;
        long[] split = shape.getShape().clone();
        split[axis] = width;
        split[0] *= members;
        if (axis == 1) {
            return x.reshape(split);
        }
        Shape apart = with(shape, axis, members);
        long[] dims = LongStream.range(0, shape.dimension() + 1L).toArray();
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i <= axis ? apart.get(i) : i == axis + 1 ? width : shape.get(i - 1);
        }
        return x.reshape(new Shape(dims))
                .transpose(moved(shape.dimension() + 1, axis, 1))
                .reshape(split);
    }

    /**
     * Joins the members of a layer with groups, so that each group gets its channels of every
     * member: channels are ordered by group, then member.
     *
     * @param x the array {@code [B*M, c, ...]}
     * @param members the number of members
     * @param axis the channel axis
     * @param groups the groups of one member
     * @return the array {@code [B, M*c, ...]}
     */
    public static NDArray joinGroups(NDArray x, int members, int axis, int groups) {
        NDArray joined = join(x, members, axis);
        return groups == 1 ? joined : swap(joined, axis, members, groups);
    }

    /**
     * Splits the members of a layer with groups whose channels are ordered by group, then member.
     *
     * @param x the array {@code [B, M*c, ...]}
     * @param members the number of members
     * @param axis the channel axis
     * @param groups the groups of one member
     * @return the array {@code [B*M, c, ...]}
     */
    public static NDArray splitGroups(NDArray x, int members, int axis, int groups) {
        return split(groups == 1 ? x : swap(x, axis, groups, members), members, axis);
    }

    /**
     * Lets a parameter {@code [M, c]} broadcast over an array that {@link #apart} has shaped.
     *
     * @param perMember the parameter
     * @param x the array {@code [B, M, ..., c, ...]}
     * @param axis the channel axis before the members were set apart
     * @return the parameter, or a view {@code [M, ..., c, ...]}, kept by the array's manager
     */
    public static NDArray broadcastable(NDArray perMember, NDArray x, int axis) {
        long[] dims = new long[x.getShape().dimension() - 1];
        Arrays.fill(dims, 1);
        dims[0] = perMember.getShape().get(0);
        dims[axis] = perMember.getShape().get(1);
        return dims.length == 2 ? perMember : view(perMember, x, dims);
    }

    /**
     * Shapes a parameter, in a view that lives no longer than the array that it meets.
     *
     * @param parameter the parameter
     * @param x the array
     * @param dims the shape
     * @return the view, kept by the array's manager
     */
    public static NDArray view(NDArray parameter, NDArray x, long... dims) {
        NDArray view = parameter.reshape(dims);
        view.attach(x.getManager());
        return view;
    }

    /**
     * Takes members out of channels: {@code [B, ..., M*c, ...]} to {@code [B, M, ..., c, ...]}.
     *
     * @param x the array, members in channels
     * @param members the number of members
     * @param axis the channel axis
     * @return the array
     */
    public static NDArray splitApart(NDArray x, int members, int axis) {
        if (axis != 1) {
            return apart(split(x, members, axis), members);
        }
        Shape shape = x.getShape();
        Shape rows = new Shape(shape.get(0), members, shape.get(1) / members);
        return x.reshape(rows.addAll(shape.slice(2)));
    }

    /**
     * Gives the members an axis of their own: {@code [B*M, ...]} to {@code [B, M, ...]}.
     *
     * @param x the array, members in rows
     * @param members the number of members
     * @return the view
     */
    public static NDArray apart(NDArray x, int members) {
        return x.reshape(insert(x.getShape(), x.getShape().get(0) / members, members));
    }

    /**
     * Undoes {@link #apart}: {@code [B, M, ...]} to {@code [B*M, ...]}.
     *
     * @param x the array with an axis for members
     * @return the view, members in rows
     */
    public static NDArray rows(NDArray x) {
        long[] dims = x.getShape().getShape();
        long[] merged = Arrays.copyOfRange(dims, 1, dims.length);
        merged[0] *= dims[0];
        return x.reshape(merged);
    }

    /**
     * Calls a function for each member, with the rows that are the member's.
     *
     * @param inputs arrays {@code [B*M, ...]}, or {@code [B, ...]} if members share them
     * @param members the number of members
     * @param shared whether members share the inputs
     * @param function takes a member's arrays {@code [B, ...]} and its number, and gives others
     * @return the function's arrays {@code [B*M, ...]}
     */
    public static NDList each(
            NDList inputs,
            int members,
            boolean shared,
            BiFunction<NDList, Integer, NDList> function) {
        List<NDList> answers = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            answers.add(function.apply(shared ? inputs : ofMember(inputs, members, m), m));
        }
        NDList outputs = new NDList();
        for (int i = 0; i < answers.get(0).size(); i++) {
            int output = i;
            NDArray[] all = answers.stream().map(y -> y.get(output)).toArray(NDArray[]::new);
            outputs.add(rows(NDArrays.stack(new NDList(all), 1)));
        }
        return outputs;
    }

    private static NDList ofMember(NDList inputs, int members, int m) {
        NDIndex index = new NDIndex(":, {}", m);
        NDList own = new NDList();
        inputs.forEach(x -> own.add(apart(x, members).get(index)));
        return own;
    }

    /**
     * Returns a member's part of a parameter that stacks the members' along the first axis.
     *
     * @param stacked the parameter {@code [M*c, ...]}
     * @param members the number of members
     * @param member the member
     * @return the part {@code [c, ...]}
     */
    public static NDArray block(NDArray stacked, int members, int member) {
        long own = stacked.getShape().get(0) / members;
        return stacked.get(new NDIndex("{}:{}", member * own, (member + 1) * own));
    }

    /**
     * Repeats the outputs of a layer for each member, ordered as {@link #splitGroups} takes them:
     * by group, then member.
     *
     * @param plain a parameter of the layer {@code [c, ...]}
     * @param members the number of members
     * @param groups the layer's groups
     * @return the members' parameter {@code [M*c, ...]}
     */
    public static NDArray repeatOutputs(NDArray plain, int members, int groups) {
        Shape shape = plain.getShape();
        Shape apart = new Shape(groups, 1, shape.get(0) / groups).addAll(shape.slice(1));
        return plain.reshape(apart)
                .repeat(1, members)
                .reshape(with(shape, 0, members * shape.get(0)));
    }

    /**
     * Undoes {@link #repeatOutputs} for one member.
     *
     * @param all the members' parameter {@code [M*c, ...]}
     * @param members the number of members
     * @param groups the layer's groups
     * @param member the member
     * @return the member's parameter {@code [c, ...]}
     */
    public static NDArray outputsOf(NDArray all, int members, int groups, int member) {
        Shape shape = all.getShape();
        long own = shape.get(0) / members;
        Shape apart = new Shape(groups, members, own / groups).addAll(shape.slice(1));
        return all.reshape(apart).get(new NDIndex(":, {}", member)).reshape(with(shape, 0, own));
    }

    /**
     * Shapes a vector over a layer's inputs to broadcast over its weight, of which each output has
     * the inputs of its group alone.
     *
     * @param vector the vector {@code [c]}
     * @param weight the weight {@code [units, c / groups, ...]}
     * @return the array {@code [units, c / groups, 1, ...]}
     */
    public static NDArray overInputs(NDArray vector, NDArray weight) {
        Shape shape = weight.getShape();
        long groups = vector.getShape().get(0) / shape.get(1);
        long[] dims = ones(shape);
        dims[0] = shape.get(0);
        dims[1] = shape.get(1);
        return vector.reshape(groups, shape.get(1)).repeat(0, shape.get(0) / groups).reshape(dims);
    }

    /**
     * Shapes a vector over a layer's outputs to broadcast over its weight.
     *
     * @param vector the vector {@code [units]}
     * @param weight the weight {@code [units, ...]}
     * @return the array {@code [units, 1, ...]}
     */
    public static NDArray overOutputs(NDArray vector, NDArray weight) {
        return vector.reshape(
                with(new Shape(ones(weight.getShape())), 0, weight.getShape().get(0)));
    }

    private static long[] ones(Shape shape) {
        long[] dims = new long[shape.dimension()];
        Arrays.fill(dims, 1);
        return dims;
    }

    /**
     * Returns the shape with one dimension replaced.
     *
     * @param shape the shape
     * @param axis the axis to replace
     * @param size its new size
     * @return the new shape
     */
    public static Shape with(Shape shape, int axis, long size) {
        long[] dims = shape.getShape().clone();
        dims[axis] = size;
        return new Shape(dims);
    }

    /** {@code [B*M, rest]} to {@code [B, M, rest]}. */
    private static long[] insert(Shape shape, long rows, int members) {
        long[] dims = shape.getShape();
        long[] apart = new long[dims.length + 1];
        System.arraycopy(dims, 1, apart, 2, dims.length - 1);
        apart[0] = rows;
        apart[1] = members;
        return apart;
    }

    /** Exchanges the order of two factors of the channel axis. */
    private static NDArray swap(NDArray x, int axis, int outer, int inner) {
        Shape shape = x.getShape();
        long[] dims = new long[shape.dimension() + 2];
        int[] order = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i < axis ? shape.get(i) : i > axis + 2 ? shape.get(i - 2) : 0;
            order[i] = i;
        }
        dims[axis] = outer;
        dims[axis + 1] = inner;
        dims[axis + 2] = shape.get(axis) / outer / inner;
        order[axis] = axis + 1;
        order[axis + 1] = axis;
        return x.reshape(dims).transpose(order).reshape(shape);
    }

    /** The order of axes in which the axis {@code from} has moved to {@code to}. */
    private static int[] moved(int rank, int from, int to) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            if (i != from) {
                order.add(i);
            }
        }
        order.add(to, from);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }
}
