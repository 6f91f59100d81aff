/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import java.io.Serializable;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Augmentations one after the other.
 *
 * @param parts the augmentations in order
 */
record Composed(List<Augmentation> parts) implements Augmentation, Serializable {

    @Override
    public ImageBatch apply(ImageBatch batch, Random random) {
        ImageBatch changed = batch;
        for (Augmentation part : parts) {
            // a part that draws more does not change what the next one draws
            changed = part.apply(changed, new Random(random.nextLong()));
        }
        return changed;
    }

    @Override
    public void require(Shape example, Task task) {
        parts.forEach(part -> part.require(example, task));
    }

    @Override
    public boolean mixesTargets() {
        return parts.stream().anyMatch(Augmentation::mixesTargets);
    }

    @Override
    public String toString() {
        return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
