/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a training went on from.
 *
 * @param file the checkpoint
 * @param epochs the epochs that were over
 * @param steps the steps that were made in all
 * @param isFinished whether nothing was left to do
 * @param otherEnvironment what differs from where the checkpoint was written, such as the device or
 *     the version of the engine, with both values: the last bits may then differ, too
 */
public record Resumed(
        Path file, int epochs, long steps, boolean isFinished, List<String> otherEnvironment) {

    /** Copies the list. */
    public Resumed {
        otherEnvironment = List.copyOf(otherEnvironment);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        String text =
                isFinished
                        ? "finished already, after epoch %d and step %d, by %s"
                                .formatted(epochs, steps, file)
                        : "resumed after epoch %d and step %d from %s"
                                .formatted(epochs, steps, file);
        return otherEnvironment.isEmpty()
                ? text
                : text + "; the last bits may differ: " + String.join("; ", otherEnvironment);
    }
}
