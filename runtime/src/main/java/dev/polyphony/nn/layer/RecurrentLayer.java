/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import java.util.Arrays;

/**
 * A stack of recurrent layers for all members of an ensemble: input {@code [B*M, T, c]}, or {@code
 * [T, B*M, c]}, and states {@code [layers * directions, B*M, size]} with the widths of one member.
 */
abstract class RecurrentLayer extends UnitLayer {

    private final boolean batchFirst;

    RecurrentLayer(Recurrence.Cell cell, RNN.Activation activation, RecurrentBuilder<?> builder) {
        super(builder.getForm(), new Recurrence(cell, activation, builder));
        batchFirst = builder.isBatchFirst();
    }

    /** {@inheritDoc} */
    @Override
    public final int getRowAxis(int input) {
        return input == 0 && batchFirst ? 0 : 1;
    }

    /** Returns the shapes that DJL's layer promises: one state, even where a pass gives two. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] outputs = getBaseOutputShapes(inputShapes);
        return Arrays.copyOf(outputs, Math.min(outputs.length, 2));
    }
}
