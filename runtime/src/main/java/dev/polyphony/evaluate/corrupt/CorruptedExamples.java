/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.Examples;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Images that are corrupted whenever they are read; nothing is kept. The right answers stay.
 *
 * <p>How image {@code i} comes out depends on seed, kind, severity and {@code i} alone: not on the
 * other images of a batch, the order of reading, or the thread.
 */
public final class CorruptedExamples implements Examples {

    private final Examples clean;
    private final Corruption kind;
    private final int severity;
    private final PixelRange range;
    private final long seed;

    private CorruptedExamples(
            Examples clean, Corruption kind, int severity, PixelRange range, long seed) {
        this.clean = clean;
        this.kind = kind;
        this.severity = severity;
        this.range = range;
        this.seed = seed;
    }

    /**
     * Corrupts images.
     *
     * @param clean the images {@code [C, H, W]}, with one channel or three
     * @param kind what goes wrong
     * @param severity how badly, from 1 to {@value Corruption#SEVERITIES}
     * @param range the range of the images' values
     * @param seed the seed of the draws
     * @return the images, corrupted
     * @throws IllegalArgumentException if the examples are no such images, are ids, or have no
     *     colours where the kind needs some, or there is no such severity
     */
    public static CorruptedExamples of(
            Examples clean, Corruption kind, int severity, PixelRange range, long seed) {
        Objects.requireNonNull(range, "range");
        kind.getLevel(severity);
        if (clean.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "Images are numbers, but these examples are ids: ids cannot be corrupted");
        }
        kind.requireImage(clean.getShape());
        range.requireChannels(clean.getShape());
        return new CorruptedExamples(clean, kind, severity, range, seed);
    }

    /**
     * Returns what goes wrong.
     *
     * @return the kind
     */
    public Corruption getKind() {
        return kind;
    }

    /**
     * Returns how badly.
     *
     * @return from 1 to {@value Corruption#SEVERITIES}
     */
    public int getSeverity() {
        return severity;
    }

    /** {@inheritDoc} */
    @Override
    public int size() {
        return clean.size();
    }

    /** {@inheritDoc} */
    @Override
    public Shape getShape() {
        return clean.getShape();
    }

    /** {@inheritDoc} */
    @Override
    public DataType getDataType() {
        return clean.getDataType();
    }

    /** {@inheritDoc} */
    @Override
    public Task getTask() {
        return clean.getTask();
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputs() {
        return clean.getOutputs();
    }

    /** {@inheritDoc} */
    @Override
    public InputFormat getInputFormat() {
        return clean.getInputFormat();
    }

    /** {@inheritDoc} */
    @Override
    public List<String> getClassNames() {
        return clean.getClassNames();
    }

    /** Returns the checksum of the clean images, and how they are corrupted. */
    @Override
    public String getChecksum() {
        return "%s %s %d of %s, seed %d"
                .formatted(clean.getChecksum(), kind.getKey(), severity, range, seed);
    }

    /** {@inheritDoc} */
    @Override
    public LabeledData read(int... examples) throws IOException, TranslateException {
        LabeledData read = clean.read(examples);
        float[] from = read.getFeatures();
        float[] to = new float[from.length];
        int width = Math.toIntExact(getShape().size());
        for (int k = 0; k < examples.length; k++) {
            float[] image = Arrays.copyOfRange(from, k * width, (k + 1) * width);
            float[] changed = kind.apply(image, getShape(), range, severity, seed, examples[k]);
            System.arraycopy(changed, 0, to, k * width, width);
        }
        return read.withFeatures(to);
    }
}
