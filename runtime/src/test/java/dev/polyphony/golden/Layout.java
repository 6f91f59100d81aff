/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * From the layouts of the references to ours and back. Theirs is member-major: rows {@code ((m b),
 * ...)}, or channels {@code (m c)}. Ours is batch-major: row {@code b*M + m}.
 */
public final class Layout {

    private Layout() {}

    /** {@code [B, ...]} for all members, to {@code [B*M, ...]}. */
    public static NDArray shared(NDArray x, int members) {
        return x.repeat(0, members);
    }

    /** {@code [M*B, ...]} to {@code [B*M, ...]}. */
    public static NDArray fromMemberRows(NDArray x, int members) {
        return regroup(x, members, x.getShape().get(0) / members);
    }

    /** {@code [B*M, ...]} to {@code [M*B, ...]}. */
    public static NDArray toMemberRows(NDArray x, int members) {
        return regroup(x, x.getShape().get(0) / members, members);
    }

    private static NDArray regroup(NDArray x, long outer, long inner) {
        Shape rest = x.getShape().slice(1);
        return x.reshape(new Shape(outer, inner).addAll(rest)).swapAxes(0, 1).reshape(x.getShape());
    }

    /** {@code [B, ..., M*c, ...]} to {@code [B*M, ..., c, ...]}. */
    public static NDArray fromChannels(NDArray x, int members, int axis) {
        long[] dims = x.getShape().getShape();
        long[] apart =
                IntStream.rangeClosed(0, dims.length)
                        .mapToLong(
                                i ->
                                        i < axis
                                                ? dims[i]
                                                : i == axis
                                                        ? members
                                                        : i == axis + 1
                                                                ? dims[axis] / members
                                                                : dims[i - 1])
                        .toArray();
        long[] rows = dims.clone();
        rows[0] *= members;
        rows[axis] /= members;
        return x.reshape(apart).transpose(moved(apart.length, axis, 1)).reshape(rows);
    }

    /** {@code [B*M, ..., c, ...]} to {@code [B, ..., M*c, ...]}. */
    public static NDArray toChannels(NDArray x, int members, int axis) {
        long[] dims = x.getShape().getShape();
        long[] apart = new long[dims.length + 1];
        apart[0] = dims[0] / members;
        apart[1] = members;
        System.arraycopy(dims, 1, apart, 2, dims.length - 1);
        long[] joined = dims.clone();
        joined[0] /= members;
        joined[axis] *= members;
        return x.reshape(apart).transpose(moved(apart.length, 1, axis)).reshape(joined);
    }

    private static int[] moved(int rank, int from, int to) {
        int[] rest = IntStream.range(0, rank).filter(i -> i != from).toArray();
        int[] order = Arrays.copyOf(rest, rank);
        System.arraycopy(rest, to, order, to + 1, rest.length - to);
        order[to] = from;
        return order;
    }
}
