/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.training.loss.Loss;
import dev.polyphony.BatchSplit;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.data.MemberOrders;
import dev.polyphony.data.RepeatedBatches;
import dev.polyphony.data.SharedBatches;
import dev.polyphony.data.SnapshotBatches;
import dev.polyphony.data.SplitBatches;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.Objects;

/**
 * What training means for a method: who sees what, the loss, and how members are pooled.
 *
 * @param form the method and its settings
 * @param batches who sees what
 * @param loss the loss of logits {@code [B, M, C]} and labels {@code [B]} or {@code [B, M]}
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
        String pooled =
                switch (aggregation) {
                    case PROBABILITIES -> "mean of the members' probabilities";
                    case LOGITS -> "mean of the members' logits";
                };
        return form.getMembers() == 1
                ? batches + "; cross-entropy"
                : batches + "; " + loss + "; " + pooled;
    }
}
