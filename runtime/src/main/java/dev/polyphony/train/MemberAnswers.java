/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.MultiLabelPredictions;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.source.Prefetch;
import java.util.stream.IntStream;

/** Collects what all members give for a data set, batch by batch, and the right answers. */
final class MemberAnswers {

    private final Ensemble ensemble;
    private final NDManager manager;
    private final Examples data;
    private final MemberPrediction.Watcher watcher;
    private final int size;
    private float[] outputs;
    private int[] labels;
    private float[] targets;

    private MemberAnswers(
            Ensemble ensemble, NDManager manager, Examples data, MemberPrediction.Watcher watcher) {
        this.ensemble = ensemble;
        this.manager = manager;
        this.data = data;
        this.watcher = watcher;
        size = data.size();
        if (data.hasLabels() && data.getTask() == Task.CLASSIFICATION) {
            labels = new int[size];
        } else if (data.hasLabels()) {
            targets = new float[Math.multiplyExact(size, data.getOutputs())];
        }
    }

    /** Asks all members, and shows each batch with the right answers, unless nobody looks. */
    static MemberAnswers of(
            Ensemble ensemble, NDManager manager, Examples data, MemberPrediction.Watcher watcher) {
        MemberAnswers answers = new MemberAnswers(ensemble, manager, data, watcher);
        if (data instanceof LabeledData labeled) {
            answers.askAll(labeled);
        } else {
            answers.askReading();
        }
        return answers;
    }

    private void askAll(LabeledData all) {
        for (int from = 0; from < size; from += MemberPrediction.BATCH) {
            ask(all, from, Math.min(from + MemberPrediction.BATCH, size), from);
        }
        if (labels != null) {
            labels = all.getLabels();
        } else if (targets != null) {
            targets = all.getTargets();
        }
    }

    private void askReading() {
        int batches = (size + MemberPrediction.BATCH - 1) / MemberPrediction.BATCH;
        try (Prefetch prefetch = new Prefetch(data, this::indices, 0, batches)) {
            for (int batch = 0; batch < batches; batch++) {
                LabeledData read = prefetch.next();
                int from = batch * MemberPrediction.BATCH;
                ask(read, 0, read.size(), from);
                if (labels != null) {
                    System.arraycopy(read.getLabels(), 0, labels, from, read.size());
                } else if (targets != null) {
                    float[] own = read.getTargets();
                    System.arraycopy(own, 0, targets, from * data.getOutputs(), own.length);
                }
            }
        }
    }

    private int[] indices(int batch) {
        int from = batch * MemberPrediction.BATCH;
        return IntStream.range(from, Math.min(from + MemberPrediction.BATCH, size)).toArray();
    }

    private void ask(LabeledData some, int from, int to, int at) {
        try (NDManager batch = manager.newSubManager()) {
            NDList x = new NDList(some.toArray(batch, from, to));
            NDArray y =
                    ensemble.forward(new ParameterStore(batch, false), x, false).singletonOrThrow();
            int members = ensemble.getMembers();
            int row = members * MemberPrediction.requireClasses(y.getShape(), members);
            if (outputs == null) {
                outputs = new float[Math.multiplyExact(size, row)];
            }
            float[] part = y.toFloatArray();
            System.arraycopy(part, 0, outputs, at * row, part.length);
            if (watcher != null) {
                NDList answers = new NDList(some.toTargetArray(batch, from, to));
                watcher.onBatch(batch, at, x, answers, new NDList(y));
            }
        }
    }

    /** What the members give, {@code [N, M, K]} in row-major order. */
    float[] outputs() {
        return outputs;
    }

    private int width() {
        return outputs.length / size / ensemble.getMembers();
    }

    /** The answers as those of classes, labelled if the data are. */
    Predictions toClasses(Aggregation aggregation) {
        int members = ensemble.getMembers();
        return labels == null
                ? Predictions.of(outputs, members, width(), aggregation)
                : Predictions.of(outputs, labels, members, width(), aggregation);
    }

    /** The answers as those of several labels. */
    MultiLabelPredictions toLabels(Aggregation aggregation) {
        return MultiLabelPredictions.of(
                outputs, targets, ensemble.getMembers(), width(), aggregation);
    }

    /** The answers as numbers. */
    RegressionPredictions toNumbers() {
        return RegressionPredictions.of(outputs, targets, ensemble.getMembers(), width());
    }
}
