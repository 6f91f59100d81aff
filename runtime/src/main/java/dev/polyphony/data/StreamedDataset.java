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

/**
 * A DJL data set that is read as training goes, and never held in memory as a whole: the first
 * array of each record is an example, the first label array its class or targets. {@link
 * LabeledData#of(RandomAccessDataset)} reads all of one.
 *
 * <p>The data set's pipelines run each time that an example is read, on the host. How it is sampled
 * is of no account. One thread reads at a time: few data sets are made for several.
 */
public final class StreamedDataset implements Examples {

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

    @Override
    public int size() {
        return Math.toIntExact(dataset.size());
    }

    @Override
    public Shape getShape() {
        return shape;
    }

    @Override
    public DataType getDataType() {
        return dataType;
    }

    @Override
    public Task getTask() {
        return task;
    }

    @Override
    public int getOutputs() {
        return outputs;
    }

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
