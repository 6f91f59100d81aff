/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.source;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;

/** Gives the batches of an epoch on the device. */
public interface BatchSource extends AutoCloseable {

    /**
     * Takes data to where batches are made: all to the device if they are in memory and fit there,
     * else batch by batch, read ahead of training. Both give the same bits.
     *
     * @param data the examples
     * @param manager a manager on the device
     * @param limit the most bytes of features that lie on the device
     * @return the source, to be closed
     */
    static BatchSource of(Examples data, NDManager manager, long limit) {
        double bytes =
                (double) data.size() * data.getShape().size() * data.getDataType().getNumOfBytes();
        return data instanceof LabeledData labeled && bytes <= limit
                ? new ResidentData(labeled, manager)
                : new StreamedData(data);
    }

    /**
     * Takes the batches of the next epoch.
     *
     * @param epoch the epoch
     */
    void setEpoch(Epoch epoch);

    /**
     * Gathers a batch: examples {@code [B, x...]} or {@code [B, M, x...]}, and classes {@code [B]}
     * or {@code [B, M]}, or targets {@code [B, K]} or {@code [B, M, K]}.
     *
     * @param step the batch, from 0; those of an epoch are asked for in order
     * @param owner the manager that gets them
     * @return the examples and the right answers
     */
    NDList getBatch(int step, NDManager owner);

    /** {@inheritDoc} */
    @Override
    void close();
}
