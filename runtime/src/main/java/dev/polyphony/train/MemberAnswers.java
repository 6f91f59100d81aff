/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.nn.Ensemble;

/** Collects what all members give for a data set, batch by batch, and the right answers. */
final class MemberAnswers {

    private final Ensemble ensemble;
    private final Examples data;
    private final int size;
    private float[] outputs;
    private int[] labels;
    private float[] targets;

    private MemberAnswers(Ensemble ensemble, Examples data) {
        this.ensemble = ensemble;
        this.data = data;
        size = data.size();
        if (data.hasLabels() && data.getTask() == Task.CLASSIFICATION) {
            labels = new int[size];
        } else if (data.hasLabels()) {
            targets = new float[Math.multiplyExact(size, data.getOutputs())];
        }
    }

    /** Asks all members. */
    static MemberAnswers of(Ensemble ensemble, NDManager manager, Examples data) {
        MemberAnswers answers = new MemberAnswers(ensemble, data);
        AnswerStream.run(ensemble, manager, data, answers::take);
        if (data instanceof LabeledData all && answers.labels != null) {
            answers.labels = all.getLabels();
        } else if (data instanceof LabeledData all && answers.targets != null) {
            answers.targets = all.getTargets();
        }
        return answers;
    }

    private void take(AnswerStream.Batch batch) {
        NDArray y = batch.outputs();
        int members = ensemble.getMembers();
        int row = members * MemberPrediction.requireClasses(y.getShape(), members);
        if (outputs == null) {
            outputs = new float[Math.multiplyExact(size, row)];
        }
        float[] part = y.toFloatArray();
        System.arraycopy(part, 0, outputs, batch.at() * row, part.length);
        LabeledData source = batch.source();
        // of data in memory, they are known as a whole
        if (source != data && labels != null) {
            System.arraycopy(source.getLabels(), 0, labels, batch.at(), source.size());
        } else if (source != data && targets != null) {
            float[] own = source.getTargets();
            System.arraycopy(own, 0, targets, batch.at() * data.getOutputs(), own.length);
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
