/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Total;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.nn.Ensemble;
import java.util.Arrays;

/** What an ensemble comes to on a data set, of which a batch at a time is looked at. */
final class StreamedValidation {

    private final int members;
    private final Task task;
    private final int width;
    private final Aggregation aggregation;
    private final MemberPrediction.Watcher watcher;

    /** The right answers of data in memory, which are known as a whole. */
    private final int[] allLabels;

    private final float[] allTargets;
    private final Total loss = new Total();
    private long right;

    private StreamedValidation(
            Ensemble ensemble,
            Examples data,
            Aggregation aggregation,
            MemberPrediction.Watcher watcher) {
        members = ensemble.getMembers();
        task = data.getTask();
        width = data.getOutputs();
        this.aggregation = aggregation;
        this.watcher = watcher;
        boolean isInMemory = data instanceof LabeledData;
        boolean hasClasses = task == Task.CLASSIFICATION;
        allLabels = isInMemory && hasClasses ? ((LabeledData) data).getLabels() : null;
        allTargets = isInMemory && !hasClasses ? ((LabeledData) data).getTargets() : null;
    }

    /** Judges on labelled data; each batch is shown, unless nobody looks. */
    static MemberPrediction.Validation of(
            Ensemble ensemble,
            NDManager manager,
            Examples data,
            Aggregation aggregation,
            MemberPrediction.Watcher watcher) {
        StreamedValidation validation =
                new StreamedValidation(ensemble, data, aggregation, watcher);
        AnswerStream.run(ensemble, manager, data, validation::take);
        double answers =
                (double) data.size()
                        * (data.getTask() == Task.CLASSIFICATION ? 1 : data.getOutputs());
        return new MemberPrediction.Validation(
                data.getTask() == Task.REGRESSION ? Double.NaN : validation.right / answers,
                validation.loss.get() / answers);
    }

    private void take(AnswerStream.Batch batch) {
        float[] outputs = batch.outputs().toFloatArray();
        switch (task) {
            case CLASSIFICATION -> addClasses(outputs, labels(batch));
            case MULTI_LABEL -> addLabels(outputs, targets(batch));
            case REGRESSION -> addNumbers(outputs, targets(batch));
        }
        if (watcher != null) {
            NDList answers =
                    new NDList(
                            batch.source()
                                    .toTargetArray(batch.manager(), batch.from(), batch.to()));
            watcher.onBatch(
                    batch.manager(),
                    batch.at(),
                    batch.inputs(),
                    answers,
                    new NDList(batch.outputs()));
        }
    }

    private int[] labels(AnswerStream.Batch batch) {
        return allLabels == null
                ? batch.source().getLabels()
                : Arrays.copyOfRange(allLabels, batch.from(), batch.to());
    }

    private float[] targets(AnswerStream.Batch batch) {
        return allTargets == null
                ? batch.source().getTargets()
                : Arrays.copyOfRange(allTargets, batch.from() * width, batch.to() * width);
    }

    private void addClasses(float[] outputs, int[] labels) {
        int classes = outputs.length / labels.length / members;
        Predictions given = Predictions.of(outputs, labels, members, classes, aggregation);
        boolean[] correct = given.getCorrect();
        for (int i = 0; i < labels.length; i++) {
            right += correct[i] ? 1 : 0;
            loss.add(-given.getLogProbability(i, labels[i]));
        }
    }

    private void addLabels(float[] outputs, float[] targets) {
        MultiLabelPredictions given =
                MultiLabelPredictions.of(outputs, targets, members, width, aggregation);
        right += Math.round(given.getLabelAccuracy() * targets.length);
        loss.add(given.getBinaryCrossEntropy() * targets.length);
    }

    private void addNumbers(float[] outputs, float[] targets) {
        RegressionPredictions given = RegressionPredictions.of(outputs, targets, members, width);
        loss.add(given.getMeanSquaredError() * targets.length);
    }
}
