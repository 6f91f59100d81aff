/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import dev.polyphony.checks.Checks;
import dev.polyphony.train.checkpoint.Fingerprint;
import dev.polyphony.train.loss.MeanLogitsLoss;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.MemberTargetLoss;
import dev.polyphony.train.loss.MemberwiseLoss;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the loop, which a training, a harness and a comparison share: losses, evaluators
 * and listeners of DJL, and what is kept of the epochs.
 *
 * @param <T> what the settings are of
 */
public abstract class LoopSettings<T extends LoopSettings<T>> extends DataSettings<T> {

    private static final double DIVERGENCE = 1000;

    Loss loss;
    List<Evaluator> evaluators = List.of();
    List<TrainingListener> listeners = List.of();
    int accumulation = 1;
    Selection selection = Selection.last();
    int patience;
    double[] classWeights;
    boolean balancedClasses;
    double labelSmoothing;
    double divergence = DIVERGENCE;

    /** Creates settings that change nothing. */
    protected LoopSettings() {}

    /**
     * Takes over all settings of another.
     *
     * @param other the settings
     */
    protected final void set(LoopSettings<?> other) {
        setRun(other);
        setOptimizer(other);
        setLoop(other);
    }

    /** Takes over what is of the loop alone. */
    final void setLoop(LoopSettings<?> other) {
        setData(other);
        loss = other.loss;
        evaluators = other.evaluators;
        listeners = other.listeners;
        accumulation = other.accumulation;
        selection = other.selection;
        patience = other.patience;
        classWeights = other.classWeights;
        balancedClasses = other.balancedClasses;
        labelSmoothing = other.labelSmoothing;
        divergence = other.divergence;
    }

    /**
     * Sets a loss as DJL has them: of predictions {@code [B, C]} and labels {@code [B]}. Each
     * member has it on its own predictions and labels, and the recipe says whether these are summed
     * or averaged. A loss of all members, {@code [B, M, C]}, belongs in the recipe: {@link
     * Recipe#withLoss}.
     *
     * @param loss the loss, or null for the recipe's
     * @return this
     */
    public T optLoss(Loss loss) {
        this.loss = loss;
        return self();
    }

    /**
     * Adds an evaluator as DJL has them: of predictions {@code [B, C]} and labels {@code [B]}. Its
     * values stand in the history, {@code train_Accuracy} and {@code validate_Accuracy}. Where
     * members have the same labels, it judges their pooled answer; where each has its own, all
     * answers of all members. Each evaluator waits for the device in each step.
     *
     * @param evaluator the evaluator
     * @return this
     */
    public T optEvaluator(Evaluator evaluator) {
        evaluators = with(evaluators, Objects.requireNonNull(evaluator, "evaluator"));
        return self();
    }

    /**
     * Adds a listener as DJL has them, notified where {@code EasyTrain} does. Predictions are
     * {@code [B, M, C]}. A listener that throws {@code EarlyStoppedException} in {@code onEpoch}
     * ends the training.
     *
     * @param listener the listener
     * @return this
     */
    public T optListener(TrainingListener listener) {
        listeners = with(listeners, Objects.requireNonNull(listener, "listener"));
        return self();
    }

    private static <E> List<E> with(List<E> list, E element) {
        List<E> longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }

    /**
     * Sets in how many parts a batch is computed, one after the other, before one update: the
     * memory is that of a part, and the batches, the updates and, without batch normalisation and
     * dropout, the result are those of whole batches.
     *
     * @param parts the number of parts, at least 1; 1 if it is not set
     * @return this
     */
    public T optAccumulation(int parts) {
        accumulation = parts;
        return self();
    }

    /**
     * Sets which epoch's parameters are kept, judged on the validation data.
     *
     * @param selection the selection; the last epoch if it is not set
     * @return this
     */
    public T optSelection(Selection selection) {
        this.selection = Objects.requireNonNull(selection, "selection");
        return self();
    }

    /**
     * Ends training early: after so many epochs in a row that were not better than the best one. It
     * takes a selection that says what is better.
     *
     * @param epochs the number of epochs, at least 1; 0, if it is not set, for never
     * @return this
     */
    public T optPatience(int epochs) {
        patience = epochs;
        return self();
    }

    /**
     * Sets how much the examples of each class count, as PyTorch's {@code CrossEntropyLoss(weight)}
     * does.
     *
     * @param weights a weight for each class, at least 0 and not all 0; none for equal ones
     * @return this
     */
    public T optClassWeights(double... weights) {
        classWeights = weights.length == 0 ? null : weights.clone();
        return self();
    }

    /**
     * Sets whether classes count equally, however many examples they have: the weight of a class is
     * {@code N / (C n)}, with {@code n} of the {@code N} training examples.
     *
     * @param balanced whether they do; false if it is not set
     * @return this
     */
    public T optBalancedClasses(boolean balanced) {
        balancedClasses = balanced;
        return self();
    }

    /**
     * Sets how much of a label is spread evenly over all classes, as PyTorch's {@code
     * CrossEntropyLoss(label_smoothing)} does.
     *
     * @param smoothing the share, from 0 to below 1; 0 if it is not set
     * @return this
     * @see <a href="https://arxiv.org/abs/1512.00567">Rethinking the Inception Architecture for
     *     Computer Vision, section 7</a>
     */
    public T optLabelSmoothing(double smoothing) {
        labelSmoothing = smoothing;
        return self();
    }

    /**
     * Sets when a finite loss counts as diverged: when the mean of some steps exceeds so many times
     * the loss before the first update, or so many where that is below 1.
     *
     * @param factor the factor, above 1; 1,000 if it is not set; 0 for never
     * @return this
     */
    public T optDivergence(double factor) {
        divergence = factor;
        return self();
    }

    /** The first of what sees the training that cannot be written for another process. */
    final Optional<Object> findUnwritten() {
        return Stream.<Object>concat(listeners.stream(), evaluators.stream())
                .filter(each -> !(each instanceof Serializable))
                .findFirst();
    }

    /** Requires settings that make sense together. */
    final void requireLoop() {
        requireData();
        Checks.require("parts of a batch", accumulation, accumulation >= 1, "at least 1");
        Checks.require("patience", patience, patience >= 0, "at least 0");
        Checks.require(
                "label smoothing",
                labelSmoothing,
                labelSmoothing >= 0 && labelSmoothing < 1,
                "from 0 to below 1");
        Checks.require(
                "factor of divergence",
                divergence,
                divergence == 0 || divergence > 1,
                "above 1, or 0 for none");
        if (patience > 0 && !selection.isBest()) {
            throw new IllegalArgumentException(
                    "Patience counts the epochs since the best one: say with optSelection which that is, such as Selection.leastLoss()");
        }
        if (classWeights != null) {
            MemberLoss.requireClassWeights(classWeights);
            if (balancedClasses) {
                throw new IllegalArgumentException(
                        "Class weights are given and are to be balanced from the labels: set optClassWeights or optBalancedClasses");
            }
        }
        requireNoLossBesides();
    }

    private void requireNoLossBesides() {
        if (loss == null) {
            return;
        }
        if (labelSmoothing > 0 || balancedClasses || classWeights != null) {
            throw new IllegalArgumentException(
                    "Label smoothing and class weights belong to the cross-entropy: leave them out, or optLoss (now %s)"
                            .formatted(loss.getName()));
        }
        if (loss instanceof MemberLoss
                || loss instanceof MeanLogitsLoss
                || loss instanceof MemberTargetLoss
                || loss instanceof MemberwiseLoss) {
            throw new IllegalArgumentException(
                    "optLoss takes a loss of one model's predictions [B, C], but %s is one of all members': give it with optRecipe(getRecipe().withLoss(...))"
                            .formatted(loss.getName()));
        }
    }

    /** Adds what decides what training comes to; the recipe's loss has labels and classes. */
    final void addLoopTo(Fingerprint fields) {
        fields.add("parts of a batch", accumulation)
                .add("devices", Math.max(1, devices.size()))
                .add("selection", selection)
                .add("bootstrap samples", bootstrap)
                .add("augmentation", RunFingerprint.text(augmentation));
    }

    /** What is set, in words, to follow the other settings; nothing if nothing is. */
    final String describe() {
        List<String> words = new ArrayList<>();
        describeData(words);
        if (loss != null) {
            words.add("loss " + loss.getName());
        }
        if (labelSmoothing > 0) {
            words.add("label smoothing " + labelSmoothing);
        }
        if (classWeights != null) {
            words.add("class weights " + Arrays.toString(classWeights));
        }
        if (balancedClasses) {
            words.add("classes balanced");
        }
        if (accumulation > 1) {
            words.add(String.format(Locale.ROOT, "batches in %d parts", accumulation));
        }
        if (selection.isBest()) {
            words.add(selection.toString());
        }
        if (patience > 0) {
            words.add(String.format(Locale.ROOT, "patience %d", patience));
        }
        return words.isEmpty() ? "" : ", " + String.join(", ", words);
    }
}
