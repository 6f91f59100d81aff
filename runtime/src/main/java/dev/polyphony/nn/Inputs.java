/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * What an ensemble is given in a forward pass.
 *
 * @param own the model's inputs, {@code [B, x...]}, or {@code [B, M, x...]} if distinct
 * @param distinct whether each member has its own examples
 * @param mixing MixMo's ratios, or null
 * @param labels in training, what the model may read besides its inputs, shared or distinct as they
 *     are; or null
 * @param training whether this is a training pass
 */
record Inputs(NDList own, boolean distinct, NDArray mixing, NDList labels, boolean training) {

    /**
     * Sorts the arrays of a forward pass.
     *
     * @param name the ensemble's name, for messages
     * @param members the number of members
     * @param given the arrays
     * @param base the base model's input shapes
     * @param mixes whether mixing ratios may follow
     * @param labels the labels, or null
     * @param training whether this is a training pass
     * @return the inputs
     * @throws IllegalArgumentException if they are not what the ensemble takes
     */
    static Inputs of(
            String name,
            int members,
            NDList given,
            Shape[] base,
            boolean mixes,
            NDList labels,
            boolean training) {
        int count = base.length;
        int most = count + (training && mixes ? 1 : 0);
        if (given.size() < count || given.size() > most) {
            throw new IllegalArgumentException(
                    name
                            + " takes "
                            + count
                            + (count == 1 ? " input" : " inputs")
                            + (most > count ? ", in training also mixing ratios" : "")
                            + ", but got "
                            + given.size());
        }
        NDList own = new NDList(given.subList(0, count));
        NDArray mixing = given.size() > count ? given.get(count) : null;
        return new Inputs(own, isDistinct(name, members, own, base), mixing, labels, training);
    }

    /** Whether each member has its own examples; refuses what is neither form of input. */
    private static boolean isDistinct(String name, int members, NDList own, Shape[] bases) {
        boolean distinct = false;
        for (int i = 0; i < own.size(); i++) {
            Shape given = own.get(i).getShape();
            Shape base = bases[i];
            boolean each = given.dimension() == base.dimension() + 1;
            boolean shared = given.dimension() == base.dimension();
            if (!each && !shared || each && given.get(1) != members || i > 0 && each != distinct) {
                throw new IllegalArgumentException(
                        name
                                + " takes "
                                + base
                                + " with any number of examples first, or the same with "
                                + members
                                + " members second, for all inputs alike; input "
                                + i
                                + " is "
                                + given);
            }
            distinct = each;
        }
        return distinct;
    }

    /**
     * Requires that shapes are those that an ensemble was initialised for.
     *
     * @param name the ensemble's name, for messages
     * @param base the shapes that it was initialised for
     * @param shapes the shapes, with any number of examples
     */
    static void requireBase(String name, Shape[] base, Shape[] shapes) {
        for (int i = 0; i < base.length; i++) {
            if (!shapes[i].slice(1).equals(base[i].slice(1))) {
                throw new IllegalArgumentException(
                        "%s was initialised for %s with any number of examples first, not for %s"
                                .formatted(name, base[i], shapes[i]));
            }
        }
    }

    /** The number of examples {@code B}. */
    long examples() {
        return own.head().getShape().get(0);
    }

    /**
     * Requires that the labels go with the inputs.
     *
     * @param members the number of members
     * @throws IllegalArgumentException if they are not {@code [B, ...]}, or {@code [B, M, ...]}
     *     where the inputs are distinct
     */
    void requireLabels(int members) {
        Shape start = distinct ? new Shape(examples(), members) : new Shape(examples());
        for (NDArray label : labels) {
            Shape shape = label.getShape();
            if (shape.dimension() < start.dimension()
                    || !shape.slice(0, start.dimension()).equals(start)) {
                throw new IllegalArgumentException(
                        "The model reads labels, which begin with the axes of the inputs, "
                                + start
                                + ", but are "
                                + shape);
            }
        }
    }

    /**
     * Makes labels of some examples, all like the first.
     *
     * @param examples the number of examples
     * @param members the number of members
     * @param manager the manager of the arrays
     * @return labels {@code [examples, M, ...]}
     */
    NDList newLabels(int examples, int members, NDManager manager) {
        NDList some = new NDList();
        for (NDArray label : labels) {
            NDArray first = label.get(new NDIndex(distinct ? "0:1, 0:1" : "0:1"));
            NDArray one = distinct ? first : first.expandDims(1);
            NDArray all = one.repeat(0, examples).repeat(1, members);
            all.attach(manager);
            some.add(all);
        }
        return some;
    }
}
