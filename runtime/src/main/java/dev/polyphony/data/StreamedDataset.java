/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A DJL data set that is read as training goes, and never held in memory as a whole: the first
 * array of each record is an example, the first label array its class or targets. {@link
 * LabeledData#of(RandomAccessDataset)} reads all of one.
 *
 * <p>The data set's pipelines run each time that an example is read, on the host. How it is sampled
 * is of no account. One thread reads at a time: few data sets are made for several.
 */
public final class StreamedDataset implements Examples {

    /** The examples that tell a data set from others; more would take longer to read. */
    private static final int SAMPLE = 64;

    /** Any number: which examples they are is the same always. */
    private static final long SAMPLING = 0x73616d706c65L;

    private final RandomAccessDataset dataset;
    private final Task task;
    private final int outputs;
    private final Shape shape;
    private final DataType dataType;

    private StreamedDataset(RandomAccessDataset dataset, Task task, int outputs)
            throws IOException, TranslateException {
        if (outputs < 1) {
            throw new IllegalArgumentException(
                    "There must be at least 1 class or target, not " + outputs);
        }
        Datasets.requireOwnOrder(dataset);
        this.dataset = dataset;
        this.task = task;
        this.outputs = outputs;
        LabeledData first = load(0);
        shape = first.getShape();
        dataType = first.getDataType();
    }

    /**
     * Takes a data set of classes.
     *
     * @param dataset the data set, prepared
     * @param classes the number of classes; not looked for, which would read all examples
     * @return the examples
     * @throws IOException if the first example cannot be read
     * @throws TranslateException if its pipeline fails
     * @throws IllegalArgumentException if the first example is none that can be trained on
     */
    public static StreamedDataset of(RandomAccessDataset dataset, int classes)
            throws IOException, TranslateException {
        return new StreamedDataset(dataset, Task.CLASSIFICATION, classes);
    }

    /**
     * Takes a data set of any task.
     *
     * @param dataset the data set, prepared
     * @param task what its labels are
     * @param outputs the classes, or the labels or targets of a record
     * @return the examples
     * @throws IOException if the first example cannot be read
     * @throws TranslateException if its pipeline fails
     * @throws IllegalArgumentException if the first example is none that can be trained on
     */
    public static StreamedDataset of(RandomAccessDataset dataset, Task task, int outputs)
            throws IOException, TranslateException {
        return new StreamedDataset(dataset, task, outputs);
    }

    /** {@inheritDoc} */
    @Override
    public int size() {
        return Math.toIntExact(dataset.size());
    }

    /** {@inheritDoc} */
    @Override
    public Shape getShape() {
        return shape;
    }

    /** {@inheritDoc} */
    @Override
    public DataType getDataType() {
        return dataType;
    }

    /** {@inheritDoc} */
    @Override
    public Task getTask() {
        return task;
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputs() {
        return outputs;
    }

    /**
     * Returns what tells these examples from others of the same number and shape: the checksum of
     * 64 of them, drawn once and for all, or of all if there are fewer. Where a pipeline draws at
     * random, so that an example differs each time it is read, the answers alone count.
     *
     * @return a checksum of some of the examples
     * @throws IllegalStateException if one of them cannot be read
     */
    @Override
    public String getChecksum() {
        int[] some = sample(size());
        try {
            LabeledData once = read(some);
            LabeledData again = read(some);
            Checksum checksum = new Checksum();
            boolean same = once.getChecksum().equals(again.getChecksum());
            return checksum.add(size()).add(same ? once.getChecksum() : answers(once)).get();
        } catch (IOException | TranslateException e) {
            throw new IllegalStateException(
                    "One of the examples %s cannot be read: %s"
                            .formatted(Arrays.toString(some), e.getMessage()),
                    e);
        }
    }

    private static String answers(LabeledData data) {
        return data.getTask() == Task.CLASSIFICATION
                ? new Checksum().add(data.getLabels()).get()
                : new Checksum().add(data.getTargets()).get();
    }

    private static int[] sample(int size) {
        return size <= SAMPLE
                ? IntStream.range(0, size).toArray()
                : Seeds.random(SAMPLING, size).ints(SAMPLE, 0, size).sorted().toArray();
    }

    /** {@inheritDoc} */
    @Override
    public LabeledData read(int... examples) throws IOException, TranslateException {
        for (int example : examples) {
            if (example < 0 || example >= size()) {
                throw new IllegalArgumentException(
                        "Index %d is none of the %d examples".formatted(example, size()));
            }
        }
        synchronized (dataset) {
            return load(examples);
        }
    }

    private LabeledData load(int... examples) throws IOException, TranslateException {
        List<Long> indices = Arrays.stream(examples).mapToObj(Long::valueOf).toList();
        List<Features> features = new ArrayList<>();
        List<Targets> targets = new ArrayList<>();
        Shape each = null;
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            for (Batch batch : dataset.getData(manager, new One(indices))) {
                NDArray x = batch.getData().head();
                each = x.getShape().slice(1);
                features.add(Features.of(x));
                targets.add(Datasets.targets(batch.getLabels().head(), task, outputs));
                batch.close();
            }
        }
        return LabeledData.of(Features.concat(features), each, Targets.concat(targets, outputs));
    }

    /**
     * A single batch.
     *
     * @param indices its records
     */
    private record One(List<Long> indices) implements Sampler {

        @Override
        public Iterator<List<Long>> sample(RandomAccessDataset dataset) {
            return List.of(indices).iterator();
        }

        @Override
        public int getBatchSize() {
            return indices.size();
        }
    }
}
