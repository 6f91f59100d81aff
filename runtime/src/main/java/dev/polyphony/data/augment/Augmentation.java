/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import java.util.List;
import java.util.Random;

/**
 * Changes the images of training batches. Composed by {@link #of}:
 *
 * <pre>{@code
 * harness.optAugmentation(
 *         Augmentation.of(RandomCrop.of(4), HorizontalFlip.of(0.5), PixelMix.cutMix(1)));
 * }</pre>
 *
 * <p>Each image is changed by draws of its own; where members see images of their own, so is each
 * member's. An augmentation of the user's own draws from the given stream alone, so that a seed
 * decides everything, and says in its {@code toString} what it does.
 */
public interface Augmentation {

    /**
     * Changes a batch, on its device.
     *
     * @param batch the images
     * @param random the stream of this batch
     * @return the changed images, where the given ones are attached
     */
    ImageBatch apply(ImageBatch batch, Random random);

    /**
     * Requires examples that this can change.
     *
     * @param example the shape of an example
     * @param task what a model of them answers
     * @throws IllegalArgumentException if it cannot change such examples; says why
     */
    default void require(Shape example, Task task) {
        if (example.dimension() != 3) {
            throw new IllegalArgumentException(
                    "Augmentation changes images [channels, height, width], but the examples are %s: train without it"
                            .formatted(example));
        }
    }

    /**
     * Returns whether targets change with the images, so that classes become soft labels.
     *
     * @return whether {@link #apply} changes targets
     */
    default boolean mixesTargets() {
        return false;
    }

    /**
     * Returns how many forms of each image a network sees beside one another.
     *
     * @return 1, unless there is a loss of what it says of several
     */
    default int getForms() {
        return 1;
    }

    /**
     * Returns what it costs that answers to the forms of an image differ.
     *
     * @return the factor of their Jensen-Shannon divergence in the loss; 0 where there is one form
     */
    default double getConsistency() {
        return 0;
    }

    /**
     * Changes a batch into the forms of its images.
     *
     * @param batch the images
     * @param random the stream of this batch
     * @return {@link #getForms} batches; targets are those of the first
     */
    default List<ImageBatch> applyForms(ImageBatch batch, Random random) {
        return List.of(apply(batch, random));
    }

    /**
     * Returns augmentations one after the other.
     *
     * @param inOrder the augmentations
     * @return all of them
     */
    static Augmentation of(Augmentation... inOrder) {
        return new Composed(List.of(inOrder));
    }
}
