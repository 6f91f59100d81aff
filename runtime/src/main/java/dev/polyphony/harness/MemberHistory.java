/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the training of members went that were trained by themselves.
 *
 * @param members the members in order
 */
record MemberHistory(List<MemberResult> members) {

    /**
     * Puts the histories together. Training losses are summed, as in one process; what members came
     * to on the validation data is averaged. Members that ended early count with their last epoch.
     */
    History together() {
        int longest =
                members.stream().mapToInt(one -> one.history().epochs().size()).max().orElse(0);
        List<History.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < longest; i++) {
            epochs.add(epoch(i));
        }
        long steps = 0;
        long forwardCalls = 0;
        double seconds = 0;
        int kept = 0;
        for (MemberResult member : members) {
            History history = member.history();
            steps = Math.max(steps, history.steps());
            forwardCalls += history.forwardCalls();
            seconds += history.seconds();
            kept = Math.max(kept, history.kept());
        }
        return new History(epochs, steps, forwardCalls, seconds, kept);
    }

    private History.Epoch epoch(int index) {
        List<History.Epoch> each = new ArrayList<>();
        double seconds = 0;
        for (MemberResult member : members) {
            List<History.Epoch> own = member.history().epochs();
            each.add(own.get(Math.min(index, own.size() - 1)));
            seconds += index < own.size() ? own.get(index).seconds() : 0;
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : each.get(0).metrics().keySet()) {
            metrics.put(name, mean(each, one -> one.metrics().getOrDefault(name, Double.NaN)));
        }
        return new History.Epoch(
                index + 1,
                each.size() * mean(each, History.Epoch::trainingLoss),
                mean(each, History.Epoch::validationAccuracy),
                mean(each, History.Epoch::validationLoss),
                seconds,
                metrics);
    }

    private static double mean(List<History.Epoch> epochs, ToDoubleFunction<History.Epoch> value) {
        return epochs.stream().mapToDouble(value).sum() / epochs.size();
    }

    /** Shows the epochs, which are over. */
    void show(MemberJob job, Recipe recipe, Progress progress) {
        Training training = job.training();
        History history = together();
        int epochs = history.epochs().size();
        int steps = Math.toIntExact(history.steps() / epochs);
        progress.onBegin(
                new Progress.Run(
                        job.name(),
                        training.getEpochs(),
                        steps,
                        (long) job.train().size() * recipe.batches().getRepetitions(),
                        List.of(),
                        0,
                        training.getLearningRates(steps)));
        try {
            history.epochs().forEach(progress::onEpoch);
        } finally {
            progress.onEnd();
        }
    }
}
