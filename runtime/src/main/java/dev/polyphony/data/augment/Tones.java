/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Scalars;

/**
 * Changes of the tones of images {@code [N, C, H, W]} from 0 to 1: those of the Python Imaging
 * Library, without its rounding to bytes where an operation does not count them.
 */
final class Tones {

    private static final int LEVELS = 256;
    private static final float TOP = LEVELS - 1;

    private Tones() {}

    /** Stretches each channel of each image to the whole range; one of a single tone stays. */
    static NDArray autoContrast(NDArray images) {
        NDArray flat = flat(images);
        NDArray low = flat.min(new int[] {2}, true);
        NDArray range = flat.max(new int[] {2}, true).sub(low);
        NDArray isFlat = range.lte(0);
        NDArray divisor = range.add(isFlat.toType(DataType.FLOAT32, false));
        NDArray stretched = flat.sub(low).div(divisor);
        NDArray stays = isFlat.broadcast(flat.getShape());
        return NDArrays.where(stays, flat, stretched).reshape(images.getShape());
    }

    /** Inverts what is at least as bright as a threshold of each image. */
    static NDArray solarize(NDArray images, float[] thresholds) {
        NDManager manager = images.getManager();
        NDArray threshold = manager.create(thresholds, new Shape(thresholds.length, 1, 1, 1));
        return NDArrays.where(images.gte(threshold), images.neg().add(1), images);
    }

    /** Keeps so many of the eight bits of each image's tones. */
    static NDArray posterize(NDArray images, int[] bits) {
        float[] steps = new float[bits.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = 1 << 8 - bits[i];
        }
        NDArray step = images.getManager().create(steps, new Shape(steps.length, 1, 1, 1));
        return Scalars.div(bytes(images).div(step).floor().mul(step), TOP);
    }

    /**
     * Makes all tones of each channel of each image equally frequent, as far as they can be told
     * apart: of {@code n} pixels, {@code k} in the brightest tone, a tone with {@code b} pixels
     * below it becomes {@code (s div 2 + b) div s}, with {@code s = (n - k) div 255}. Where that is
     * zero, the channel stays.
     */
    static NDArray equalize(NDArray images) {
        NDArray tones = bytes(flat(images));
        NDArray below = below(tones.toType(DataType.INT64, false)).toType(DataType.FLOAT32, false);
        // no tone has as many below it as the brightest, and those are all but k
        NDArray others = below.max(new int[] {2}, true);
        NDArray step = Scalars.div(others, TOP).floor();
        NDArray isFlat = step.lte(0);
        NDArray divisor = step.add(isFlat.toType(DataType.FLOAT32, false));
        NDArray half = Scalars.div(step, 2f).floor();
        NDArray equal = Scalars.minimum(below.add(half).div(divisor).floor(), TOP);
        NDArray stays = isFlat.broadcast(tones.getShape());
        return Scalars.div(NDArrays.where(stays, tones, equal), TOP).reshape(images.getShape());
    }

    /** How many pixels of its line {@code [N, C, P]} are darker than each: no loop over tones. */
    private static NDArray below(NDArray tones) {
        Shape shape = tones.getShape();
        long size = shape.get(2);
        NDManager manager = tones.getManager();
        NDArray sorted = tones.sort(2);
        NDArray rank = manager.arange(0, size, 1, DataType.INT64).reshape(1, 1, size);
        // the first place of a tone among the sorted ones is how many lie below it
        NDArray isFirst =
                size == 1
                        ? sorted.gte(0)
                        : manager.ones(new Shape(shape.get(0), shape.get(1), 1), DataType.BOOLEAN)
                                .concat(sorted.get(":, :, 1:").neq(sorted.get(":, :, :-1")), 2);
        // all others go to a place of no tone, where it does not matter which one is last
        NDArray none = manager.full(new Shape(1, 1, 1), LEVELS, DataType.INT64).broadcast(shape);
        NDArray place = NDArrays.where(isFirst, sorted, none);
        NDArray table =
                manager.zeros(new Shape(shape.get(0), shape.get(1), LEVELS + 1), DataType.INT64);
        return table.scatter(place, rank.broadcast(shape), 2).gather(tones, 2);
    }

    private static NDArray bytes(NDArray images) {
        return Scalars.mul(images, TOP).add(0.5f).floor();
    }

    private static NDArray flat(NDArray images) {
        Shape shape = images.getShape();
        return images.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    }
}
