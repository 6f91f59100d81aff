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

    /** The last part alone may make several forms. */
    @Override
    public int getForms() {
        return parts.isEmpty() ? 1 : parts.get(parts.size() - 1).getForms();
    }

    @Override
    public double getConsistency() {
        return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).getConsistency();
    }

    @Override
    public List<ImageBatch> applyForms(ImageBatch batch, Random random) {
        if (getForms() == 1) {
            return List.of(apply(batch, random));
        }
        int last = parts.size() - 1;
        ImageBatch before = new Composed(parts.subList(0, last)).apply(batch, random);
        return parts.get(last).applyForms(before, new Random(random.nextLong()));
    }

    @Override
    public void require(Shape example, Task task) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).require(example, task);
            if (i + 1 < parts.size() && parts.get(i).getForms() > 1) {
                throw new IllegalArgumentException(
                        "%s makes %d forms of each image: put it last, behind what all of them have"
                                .formatted(parts.get(i), parts.get(i).getForms()));
            }
        }
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
