/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import dev.polyphony.data.mixmo.Mix;
import java.util.Objects;

/**
 * The images of a training batch.
 *
 * @param images the images {@code [B*M, C, H, W]}, those of an example's members one after the
 *     other
 * @param targets the right answers {@code [B*M, K]} of {@code float32}: the probabilities of
 *     classes, or what there is of labels or numbers
 * @param members the number of members with images of their own; 1 if all see the same
 * @param mix how MixMo will mix the features of these images; null for all other methods
 */
public record ImageBatch(NDArray images, NDArray targets, int members, Mix mix) {

    /** Requires arrays that belong together. */
    public ImageBatch {
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(targets, "targets");
        long size = images.getShape().get(0);
        if (images.getShape().dimension() != 4
                || targets.getShape().dimension() != 2
                || targets.getShape().get(0) != size
                || members < 1
                || size % members != 0) {
            throw new IllegalArgumentException(
                    "Images [B*M, C, H, W] and targets [B*M, K] of %d members are expected, not %s and %s"
                            .formatted(members, images.getShape(), targets.getShape()));
        }
    }

    /**
     * Returns the number of images.
     *
     * @return {@code B*M}
     */
    public int size() {
        return Math.toIntExact(images.getShape().get(0));
    }

    /**
     * Returns the batch with other images.
     *
     * @param changed the images, in place of these
     * @return the batch
     */
    public ImageBatch withImages(NDArray changed) {
        return new ImageBatch(changed, targets, members, mix);
    }

    /**
     * Returns the batch with other images and targets.
     *
     * @param changed the images, in place of these
     * @param answers the targets, in place of these
     * @return the batch
     */
    public ImageBatch with(NDArray changed, NDArray answers) {
        return new ImageBatch(changed, answers, members, mix);
    }
}
