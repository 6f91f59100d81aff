/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.training.loss.Loss;
import dev.polyphony.BatchSplit;
import dev.polyphony.checks.Checks;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.MemberOrders;
import dev.polyphony.data.RepeatedBatches;
import dev.polyphony.data.SharedBatches;
import dev.polyphony.data.SnapshotBatches;
import dev.polyphony.data.SplitBatches;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.loss.BinaryMemberLoss;
import dev.polyphony.train.loss.LossGradients;
import dev.polyphony.train.loss.MeanLogitsLoss;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.MemberTargetLoss;
import dev.polyphony.train.loss.MemberwiseLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.loss.SquaredMemberLoss;
import dev.polyphony.train.optimize.Schedule;
import java.util.Objects;

/**
 * What training means for a method: who sees what, the loss, and how members are pooled.
 *
 * @param form the method and its settings
 * @param batches who sees what
 * @param loss the loss of logits {@code [B, M, C]} and labels {@code [B]} or {@code [B, M]}; of
 *     other tasks, of outputs {@code [B, M, K]} and targets {@code [B, K]} or {@code [B, M, K]}
 * @param aggregation how the members' answers become one
 * @param fastLearningRate the learning rate of weights that set members apart, relative to that of
 *     all others; 0 leaves them as they are
 */
public record Recipe(
        Form form,
        BatchFormat batches,
        Loss loss,
        Aggregation aggregation,
        double fastLearningRate) {

    /**
     * Requires that nothing is missing, and that the loss does not combine arrays with numbers as
     * DJL does.
     */
    public Recipe {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(batches, "batches");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(aggregation, "aggregation");
        LossGradients.require(loss);
        Checks.require(
                "relative learning rate", fastLearningRate, fastLearningRate >= 0, "at least 0");
    }

    /**
     * Returns the recipe of a method's paper or reference implementation.
     *
     * @param form the method and its settings
     * @return the recipe
     */
    public static Recipe of(Form form) {
        int members = form.getMembers();
        if (form instanceof MimoForm mimo) {
            BatchFormat batches =
                    new RepeatedBatches(
                            members, mimo.getBatchRepetitions(), mimo.getInputRepetition());
            return plain(form, batches, Reduction.SUM);
        }
        if (form instanceof MixMoForm mixMo) {
            BatchFormat batches = new RepeatedBatches(members, mixMo.getBatchRepetitions(), 0);
            return plain(form, batches, Reduction.SUM).withAggregation(Aggregation.LOGITS);
        }
        if (form instanceof BatchEnsembleForm batchEnsemble) {
            BatchFormat batches =
                    batchEnsemble.getSplit() == BatchSplit.SUB_BATCH
                            ? new SplitBatches(members)
                            : new SharedBatches();
            Recipe recipe = plain(form, batches, Reduction.MEAN);
            return new Recipe(
                    form,
                    batches,
                    recipe.loss,
                    recipe.aggregation,
                    batchEnsemble.getFastLearningRate());
        }
        if (form instanceof MasksemblesForm) {
            return plain(form, new SplitBatches(members), Reduction.MEAN);
        }
        if (form instanceof DeepEnsembleForm) {
            return plain(form, new MemberOrders(members), Reduction.SUM);
        }
        return plain(form, new SharedBatches(), Reduction.MEAN);
    }

    /**
     * Returns the way in which some tutorials train MIMO: the same input for all members, and the
     * cross-entropy of the mean logits. All heads get equal gradients, so members do not become
     * independent; {@link #of} trains as the paper does.
     *
     * @param form the form
     * @return the recipe
     */
    public static Recipe sameInputs(MimoForm form) {
        return new Recipe(
                form, new SharedBatches(), new MeanLogitsLoss(), Aggregation.PROBABILITIES, 1);
    }

    /**
     * Returns the recipe of a snapshot ensemble: the members are one model at the ends of the
     * cycles of its learning rate, {@link Schedule#cosineCycles}, which starts anew each time.
     *
     * @param form a deep ensemble that is not vectorized
     * @return the recipe
     * @throws IllegalArgumentException if the form is vectorized
     * @see <a href="https://arxiv.org/abs/1704.00109">Snapshot Ensembles: Train 1, Get M for
     *     Free</a>
     */
    public static Recipe snapshots(DeepEnsembleForm form) {
        if (form.isVectorized()) {
            throw new IllegalArgumentException(
                    "Snapshots are taken of one model, and a vectorized deep ensemble trains all"
                            + " members at once: leave out vectorized");
        }
        return plain(form, new SnapshotBatches(form.getMembers()), Reduction.SUM);
    }

    private static Recipe plain(Form form, BatchFormat batches, Reduction reduction) {
        return new Recipe(form, batches, new MemberLoss(reduction), Aggregation.PROBABILITIES, 1);
    }

    /**
     * Returns this recipe with another loss.
     *
     * @param loss the loss
     * @return the new recipe
     */
    public Recipe withLoss(Loss loss) {
        return new Recipe(form, batches, loss, aggregation, fastLearningRate);
    }

    /**
     * Returns this recipe for a task: the members' cross-entropies become binary ones where
     * examples have several labels, and squared errors where they have numbers, reduced over
     * members as they were. A loss of the user's own stays.
     *
     * @param task what the model answers
     * @return the recipe; this one if nothing changes
     * @throws IllegalArgumentException if the loss is one of classes and cannot be translated
     */
    public Recipe forTask(Task task) {
        if (task == Task.CLASSIFICATION) {
            return this;
        }
        if (loss instanceof MemberLoss classes) {
            Reduction reduction = classes.getReduction();
            return withLoss(
                    task == Task.MULTI_LABEL
                            ? new BinaryMemberLoss(reduction)
                            : new SquaredMemberLoss(reduction));
        }
        if (loss instanceof MeanLogitsLoss) {
            throw new IllegalArgumentException(
                    "The loss of the members' mean logits is one of classes, but the data are of the task %s: use the method's own recipe"
                            .formatted(task));
        }
        return this;
    }

    /**
     * Returns this recipe with another way to pool members.
     *
     * @param aggregation how the members' answers become one
     * @return the new recipe
     */
    public Recipe withAggregation(Aggregation aggregation) {
        return new Recipe(form, batches, loss, aggregation, fastLearningRate);
    }

    /**
     * Returns this recipe with other batches.
     *
     * @param batches who sees what
     * @return the new recipe
     */
    public Recipe withBatches(BatchFormat batches) {
        return new Recipe(form, batches, loss, aggregation, fastLearningRate);
    }

    /**
     * Returns this recipe with the loss that the settings ask for.
     *
     * @param settings the settings
     * @param train the training data, from whose labels classes are balanced
     * @param classes the number of classes that the network tells apart
     * @throws IllegalArgumentException if the recipe's loss does not go with them
     */
    Recipe with(LoopSettings<?> settings, Examples train, int classes) {
        return withBatches(settings.batches(this))
                .forTask(train.getTask())
                .withSettings(settings, train, classes);
    }

    private Recipe withSettings(LoopSettings<?> settings, Examples train, int classes) {
        if (settings.loss != null) {
            if (mixes()) {
                throw new IllegalArgumentException(
                        "MixMo weighs the loss of each example, but %s is one number for a batch: leave optLoss out"
                                .formatted(settings.loss.getName()));
            }
            return withLoss(new MemberwiseLoss(settings.loss, getReduction(), train.getTask()));
        }
        boolean weighs = settings.classWeights != null || settings.balancedClasses;
        if (!weighs && settings.labelSmoothing == 0) {
            return this;
        }
        if (!(loss instanceof MemberLoss member)) {
            throw new IllegalArgumentException(
                    "Label smoothing and class weights belong to MemberLoss, but the recipe has the %s"
                            .formatted(loss));
        }
        MemberLoss changed = member.withLabelSmoothing(settings.labelSmoothing);
        if (!weighs) {
            return withLoss(changed);
        }
        double[] weights =
                settings.balancedClasses ? balanced(labels(train), classes) : settings.classWeights;
        if (weights.length != classes) {
            throw new IllegalArgumentException(
                    "There are %d class weights, but the network tells %d classes apart"
                            .formatted(weights.length, classes));
        }
        return withLoss(changed.withClassWeights(weights));
    }

    /** How the members' losses become one. */
    Reduction getReduction() {
        if (loss instanceof MemberTargetLoss targets) {
            return targets.getReduction();
        }
        return loss instanceof MemberLoss classes ? classes.getReduction() : Reduction.MEAN;
    }

    private static int[] labels(Examples train) {
        if (train instanceof LabeledData data) {
            return data.getLabels();
        }
        throw new IllegalArgumentException(
                "Classes are balanced from all labels, but these examples are read one batch at a time: give optClassWeights, or read them all with readAll()");
    }

    private static double[] balanced(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        double[] weights = new double[classes];
        for (int c = 0; c < classes; c++) {
            if (counts[c] == 0) {
                throw new IllegalArgumentException(
                        "The classes cannot be balanced, as no training example is of class %d of 0 to %d: give optClassWeights"
                                .formatted(c, classes - 1));
            }
            weights[c] = (double) labels.length / ((double) classes * counts[c]);
        }
        return weights;
    }

    /**
     * Returns whether batches are mixed after the first layer.
     *
     * @return whether the form is MixMo with several members
     */
    boolean mixes() {
        return form instanceof MixMoForm && form.getMembers() > 1;
    }

    /**
     * Returns whether one model is trained, and members are what it was at times.
     *
     * @return whether this is a recipe of {@link #snapshots}
     */
    public boolean takesSnapshots() {
        return batches instanceof SnapshotBatches;
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        if (form.getMembers() == 1) {
            return batches + "; " + (loss instanceof MemberTargetLoss ? loss : "cross-entropy");
        }
        String answers =
                loss instanceof SquaredMemberLoss
                        ? "predictions"
                        : aggregation == Aggregation.LOGITS ? "logits" : "probabilities";
        return batches + "; " + loss + "; mean of the members' " + answers;
    }
}
