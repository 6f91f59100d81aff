/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Slices;

/**
 * The axis of a parameter of the user's own that runs over the features: the one that is as long as
 * the model is wide, and in a member as long as a member is.
 *
 * @param axis the axis
 * @param width its length in the model
 */
record OwnAxis(int axis, long width) {

    /**
     * Finds the axis.
     *
     * @param block what users call the block
     * @param slices the features of the members, or null if they have the model's
     * @param plain the parameter's shape in the model
     * @param own the parameter of a member
     * @return the axis, or null if both have the same shape
     * @throws IllegalArgumentException if they differ in another way
     */
    static OwnAxis of(String block, Slices slices, Shape plain, Parameter own) {
        Shape shape = own.getShape();
        if (shape.equals(plain)) {
            return null;
        }
        for (int i = 0; i < plain.dimension() && shape.dimension() == plain.dimension(); i++) {
            boolean isFeatures =
                    slices != null
                            && plain.get(i) == slices.getWidth()
                            && shape.get(i) == slices.of(0).length;
            if (isFeatures && Members.with(plain, i, shape.get(i)).equals(shape)) {
                return new OwnAxis(i, plain.get(i));
            }
        }
        throw new IllegalArgumentException(
                "the parameter '%s' of %s is %s in a member and %s in the model, and it does not show which features a member has"
                        .formatted(own.getName(), block, shape, plain));
    }

    /** The parts of a model's parameter that a member has. */
    NDArray cut(NDArray plain, int[] places) {
        NDList parts = new NDList();
        for (int place : places) {
            parts.add(plain.get(at(place)));
        }
        return NDArrays.concat(parts, axis);
    }

    /** The model's parameter with the parts that a member has, and zeros. */
    NDArray put(NDArray own, int[] places) {
        Shape shape = Members.with(own.getShape(), axis, width);
        NDArray plain = own.getManager().zeros(shape, own.getDataType());
        for (int i = 0; i < places.length; i++) {
            plain.set(at(places[i]), own.get(at(i)));
        }
        return plain;
    }

    private NDIndex at(int place) {
        return new NDIndex().addAllDim(axis).addSliceDim(place, place + 1);
    }
}
