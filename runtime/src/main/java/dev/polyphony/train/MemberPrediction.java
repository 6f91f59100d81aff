/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.nn.Ensemble;
import java.util.Arrays;
import java.util.Optional;

/** Asks every member of an ensemble about a data set, batch by batch. */
public final class MemberPrediction {

    /** The examples of a batch. */
    public static final int BATCH = 256;

    private MemberPrediction() {}

    /** Sees a batch of a prediction: its first example, examples, right answers, raw scores. */
    @FunctionalInterface
    interface Watcher {

        void onBatch(NDManager manager, int from, NDList examples, NDList labels, NDList scores);
    }

    /**
     * Predicts the classes of a data set.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @param aggregation how the members' answers become one
     * @return the predictions, labelled if the data are
     * @throws IllegalArgumentException if the network does not give one row of scores a member, or
     *     scores are not finite
     * @throws IllegalStateException if an example cannot be read
     */
    public static Predictions predict(
            Ensemble ensemble, NDManager manager, Examples data, Aggregation aggregation) {
        return MemberAnswers.of(ensemble, manager, data).toClasses(aggregation);
    }

    /**
     * Predicts the labels of a data set whose examples have several.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @param aggregation how the members' answers become one
     * @return the predictions, with the right labels if the data have them
     * @throws IllegalArgumentException as {@link #predict}
     * @throws IllegalStateException if an example cannot be read
     */
    public static MultiLabelPredictions predictLabels(
            Ensemble ensemble, NDManager manager, Examples data, Aggregation aggregation) {
        return MemberAnswers.of(ensemble, manager, data).toLabels(aggregation);
    }

    /**
     * Predicts the numbers of a data set.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @return the predictions, with the right numbers if the data have them
     * @throws IllegalArgumentException as {@link #predict}
     * @throws IllegalStateException if an example cannot be read
     */
    public static RegressionPredictions predictNumbers(
            Ensemble ensemble, NDManager manager, Examples data) {
        return MemberAnswers.of(ensemble, manager, data).toNumbers();
    }

    /**
     * Returns what all members give: raw scores, or numbers.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @return the scores, {@code [N, M, C]} in row-major order
     * @throws IllegalArgumentException if the network does not give one row of scores a member
     * @throws IllegalStateException if an example cannot be read
     */
    public static float[] logits(Ensemble ensemble, NDManager manager, Examples data) {
        return MemberAnswers.of(ensemble, manager, data).outputs();
    }

    /** Takes the answers to a data set, batch by batch. */
    @FunctionalInterface
    public interface Answers {

        /**
         * Takes a batch.
         *
         * @param scores the raw scores, {@code [B, M, C]} in row-major order
         * @param labels the right classes, {@code [B]}; null if the data have none
         */
        void onBatch(float[] scores, int[] labels);
    }

    /**
     * Asks for the classes of a data set, of which no more than some batches need be in memory.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @param answers takes the answers, in the order of the examples
     * @throws IllegalArgumentException if the network does not give one row of scores a member
     * @throws IllegalStateException if an example cannot be read
     */
    public static void stream(
            Ensemble ensemble, NDManager manager, Examples data, Answers answers) {
        stream(ensemble, manager, data, Optional.empty(), answers);
    }

    /**
     * Asks for the classes of several views of images.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @param views the views of each; empty for the examples as they are
     * @param answers takes the answers, in the order of the examples, of {@link
     *     TestTimeAugmentation#getMembers as many members as there then are}
     * @throws IllegalArgumentException as {@link #stream}; also if there are views, and the
     *     examples are no images
     * @throws IllegalStateException if an example cannot be read
     */
    public static void stream(
            Ensemble ensemble,
            NDManager manager,
            Examples data,
            Optional<TestTimeAugmentation> views,
            Answers answers) {
        boolean isLabeled = data.hasLabels() && data.getTask() == Task.CLASSIFICATION;
        int[] all = isLabeled && data instanceof LabeledData one ? one.getLabels() : null;
        AnswerStream.run(
                ensemble,
                manager,
                data,
                views.orElse(null),
                batch -> {
                    int[] labels = null;
                    if (all != null) {
                        labels = Arrays.copyOfRange(all, batch.from(), batch.to());
                    } else if (isLabeled) {
                        labels = batch.source().getLabels();
                    }
                    answers.onBatch(batch.outputs().toFloatArray(), labels);
                });
    }

    /** Takes the answers to a data set of numbers or of several labels, batch by batch. */
    @FunctionalInterface
    public interface TargetAnswers {

        /**
         * Takes a batch.
         *
         * @param outputs the numbers, or raw scores of labels, {@code [B, M, K]} in row-major order
         * @param targets the right numbers or labels, {@code [B, K]} in row-major order
         */
        void onBatch(float[] outputs, float[] targets);
    }

    /**
     * Asks for the numbers or labels of a data set, of which no more than some batches need be in
     * memory.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples, with the right answers
     * @param answers takes the answers, in the order of the examples
     * @throws IllegalArgumentException as {@link #stream}
     * @throws IllegalStateException if an example cannot be read
     */
    public static void streamTargets(
            Ensemble ensemble, NDManager manager, Examples data, TargetAnswers answers) {
        float[] all = data instanceof LabeledData one ? one.getTargets() : null;
        int width = data.getOutputs();
        AnswerStream.run(
                ensemble,
                manager,
                data,
                batch -> {
                    float[] targets =
                            all == null
                                    ? batch.source().getTargets()
                                    : Arrays.copyOfRange(
                                            all, batch.from() * width, batch.to() * width);
                    answers.onBatch(batch.outputs().toFloatArray(), targets);
                });
    }

    /** What an ensemble comes to on a data set; each batch is shown, unless nobody looks. */
    static Validation validate(
            Ensemble ensemble,
            NDManager manager,
            Examples data,
            Aggregation aggregation,
            Watcher watcher) {
        return StreamedValidation.of(ensemble, manager, data, aggregation, watcher);
    }

    /**
     * What an ensemble comes to, its members pooled.
     *
     * @param accuracy the share of classes or of labels that are right; NaN for numbers
     * @param loss the negative log likelihood or binary cross-entropy in nats, or the mean squared
     *     error
     */
    record Validation(double accuracy, double loss) {}

    /** Requires scores {@code [B, M, C]}. */
    public static int requireClasses(Shape output, int members) {
        if (output.dimension() != 3 || output.get(1) != members) {
            throw new IllegalArgumentException(
                    "A classifier gives one row of scores for an example, but this model gives %s for %d members: flatten the output to [batch, classes]"
                            .formatted(output, members));
        }
        return Math.toIntExact(output.get(2));
    }
}
