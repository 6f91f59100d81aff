/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Cuts the parameters of members out of a model's that is wider, and puts them back.
 *
 * <p>An output of a member is a sum over fewer features than the model's, so a weight is scaled: by
 * the number of features that the model adds up over that of different ones that the member does,
 * and where a member has a feature several times, each has its part. So the expected sum is that of
 * the model, and a member that has all features, some of them twice, gives the same.
 *
 * @param rows the outputs
 * @param columns the inputs; null where a parameter has no axis of inputs
 * @param plainGroups the groups of the model's layer
 * @param groups the groups within a member
 * @param scaled whether the columns are added up
 */
public record Cut(Slices rows, Slices columns, int plainGroups, int groups, boolean scaled) {

    /**
     * Creates the cut of a parameter with one number a feature.
     *
     * @param rows the features
     * @return the cut
     */
    public static Cut ofVector(Slices rows) {
        return new Cut(rows, null, 1, 1, false);
    }

    /** Takes a number of the model's parameter for one of a member's. */
    private interface Copy {

        void copy(int own, int plain, float scale);
    }

    /**
     * Cuts out the members' parameters.
     *
     * @param plain the model's parameters
     * @param index the parameter's place among them
     * @param members the number of members
     * @param shape the shape of all members' parameter
     * @return the members' parameter, one member behind the other
     * @throws IllegalArgumentException if groups of a member mix groups of the model
     */
    public NDArray from(PlainValues plain, int index, int members, Shape shape) {
        float[] all = new float[Math.toIntExact(shape.size())];
        int size = all.length / members;
        int rest = Math.toIntExact(columns == null ? 1 : shape.slice(2).size());
        for (int m = 0; m < members; m++) {
            float[] source = numbers(plain.get(index, m));
            int begin = m * size;
            copy(
                    m,
                    rest,
                    (own, place, scale) -> {
                        for (int i = 0; i < rest; i++) {
                            all[begin + own + i] = source[place + i] * scale;
                        }
                    });
        }
        NDArray like = plain.get(index, 0);
        return like.getManager().create(all, shape).toType(like.getDataType(), false);
    }

    /**
     * Puts a member's parameter into a model's, in which all else is zero.
     *
     * @param own the member's parameter
     * @param member the member
     * @param neutral what the model's parameter has for features that the member does not have
     * @return the model's parameter
     * @throws IllegalArgumentException if a member has a feature several times
     */
    public NDArray put(NDArray own, int member, float neutral) {
        if (!rows.isDistinct() || columns != null && !columns.isDistinct()) {
            throw new IllegalArgumentException(
                    "a member is wider than the model, so that no model of its class does the same");
        }
        Shape shape = own.getShape();
        Shape plain = new Shape(rows.getWidth());
        if (columns != null) {
            plain = plain.add(columns.getWidth() / plainGroups).addAll(shape.slice(2));
        }
        int rest = Math.toIntExact(columns == null ? 1 : shape.slice(2).size());
        float[] source = numbers(own);
        float[] all = new float[Math.toIntExact(plain.size())];
        Arrays.fill(all, neutral);
        copy(
                member,
                rest,
                (from, place, scale) -> System.arraycopy(source, from, all, place, rest));
        return own.getManager().create(all, plain).toType(own.getDataType(), false);
    }

    private static float[] numbers(NDArray array) {
        return array.toType(DataType.FLOAT32, false).toFloatArray();
    }

    private void copy(int member, int rest, Copy copy) {
        int[] row = rows.of(member);
        if (columns == null) {
            for (int i = 0; i < row.length; i++) {
                copy.copy(i, row[i], 1);
            }
            return;
        }
        int[] column = columns.of(member);
        int inputs = column.length / groups;
        long plainInputs = columns.getWidth() / plainGroups;
        for (int group = 0; group < groups; group++) {
            float[] scales = scales(column, group * inputs, inputs, plainInputs);
            int outputs = row.length / groups;
            for (int o = group * outputs; o < (group + 1) * outputs; o++) {
                long begin = row[o] / (rows.getWidth() / plainGroups) * plainInputs;
                for (int i = 0; i < inputs; i++) {
                    long input = column[group * inputs + i] - begin;
                    if (input < 0 || input >= plainInputs) {
                        throw new IllegalArgumentException(
                                "the features of a member do not stand in the groups that they have"
                                        + " in the model");
                    }
                    int own = (o * inputs + i) * rest;
                    copy.copy(
                            own, Math.toIntExact((row[o] * plainInputs + input) * rest), scales[i]);
                }
            }
        }
    }

    private float[] scales(int[] column, int begin, int inputs, long plainInputs) {
        Map<Integer, Integer> times = new HashMap<>();
        for (int i = 0; i < inputs; i++) {
            times.merge(column[begin + i], 1, Integer::sum);
        }
        float[] scales = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            double part = (double) plainInputs / times.size() / times.get(column[begin + i]);
            scales[i] = scaled ? (float) part : 1;
        }
        return scales;
    }
}
