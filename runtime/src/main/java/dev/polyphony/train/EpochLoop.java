/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.TrainingDivergedException;
import ai.djl.ndarray.NDManager;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.Examples;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.source.BatchSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The epochs of a run: steps, validation, and which epoch is kept. */
final class EpochLoop {

    /** Reading a loss waits for the device. */
    private static final int READ_EVERY = 20;

    private static final double NANOS = 1e9;

    private final TrainingRun run;
    private final Step step;
    private final Listeners listeners;
    private final Progress progress;
    private final RunHook hook;
    private final LossGuard guard;

    EpochLoop(TrainingRun run, Step step, Listeners listeners, Progress progress, RunHook hook) {
        this.run = run;
        this.step = step;
        this.listeners = listeners;
        this.progress = progress;
        this.hook = hook;
        guard = new LossGuard(run.getTraining());
    }

    /** What is left of an epoch cannot be kept: why, and what the run was at the epoch before. */
    static final class Diverged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Snapshot lastGood;
        private final transient History history;

        private Diverged(Throwable cause, Snapshot lastGood, TrainingState state) {
            super(cause.getMessage(), cause);
            this.lastGood = lastGood;
            history = state.toHistory(state.getEpoch());
        }

        /** How training went until then. */
        History getHistory() {
            return history;
        }

        /** The parameters of the epoch before, or null. */
        Snapshot getLastGood() {
            return lastGood;
        }
    }

    /**
     * Runs all epochs that are left.
     *
     * @param epochs the batches of each epoch, from 0
     * @param data what batches are gathered from
     * @param validation what each epoch is judged on, or null
     * @throws Diverged if the loss is not what it should be
     */
    void run(IntFunction<Epoch> epochs, BatchSource data, Examples validation) {
        try (LastSound lastSound =
                new LastSound(run.getEnsemble(), run.getModel().getNDManager())) {
            run(epochs, data, validation, lastSound);
        }
    }

    private void run(
            IntFunction<Epoch> epochs, BatchSource data, Examples validation, LastSound lastSound) {
        TrainingState state = run.state();
        boolean keepsBest = run.getTraining().loop().selection.isBest();
        if (state.getEpoch() > 0) {
            lastSound.keep();
        }
        while (!run.isOver()) {
            try {
                Epoch epoch = epochs.apply(state.getEpoch());
                data.setEpoch(epoch);
                double loss = runEpoch(state, epoch, data);
                guard.requireFinite(lastSound.isSound(), state.getEpoch() + 1);
                step.requireUpdated();
                // as they are judged: a listener may change them
                Snapshot now = keepsBest ? Snapshot.of(run.getEnsemble()) : null;
                MemberPrediction.Validation judged = validation == null ? null : judge(validation);
                if (isStoppedByListener()) {
                    state.stop();
                }
                History.Epoch result = result(state, loss, judged);
                keepBest(state, result, now);
                state.endEpoch(result);
                lastSound.keep();
            } catch (TrainingDivergedException e) {
                throw new Diverged(e, lastSound.get(), state);
            }
            run.clearLossSum();
            progress.onEpoch(state.getLastEpoch());
            hook.onEpoch(run);
        }
    }

    private void keepBest(TrainingState state, History.Epoch epoch, Snapshot parameters) {
        Selection selection = run.getTraining().loop().selection;
        if (selection.isBest() && selection.isBetter(epoch, state.getBestResult())) {
            state.setBest(epoch.number(), parameters);
        }
    }

    /** Runs what is left of an epoch, and returns the mean of its losses. */
    private double runEpoch(TrainingState state, Epoch epoch, BatchSource data) {
        int number = state.getEpoch() + 1;
        int steps = epoch.getSteps();
        long before = System.nanoTime();
        double sum = run.getState().getLossSum();
        int read = state.getStep();
        while (state.getStep() < steps) {
            int calls = step.run(state.getEpoch(), state.getStep(), steps, data, run.lossSum());
            int done = state.getStep() + 1;
            if (state.getSteps() == 0) {
                state.setFirstLoss(run.getState().getLossSum());
            }
            boolean reads = done % READ_EVERY == 0 || done == steps;
            if (reads) {
                double now = run.getState().getLossSum();
                guard.require(now, (now - sum) / (done - read), state.getFirstLoss(), number, done);
                sum = now;
                read = done;
            }
            long end = System.nanoTime();
            state.endStep(calls, (end - before) / NANOS);
            if (reads) {
                progress.onStep(number, done, sum / done);
            }
            hook.onStep(run);
            before = System.nanoTime();
        }
        return sum / steps;
    }

    private MemberPrediction.Validation judge(Examples validation) {
        NDManager manager = run.getModel().getNDManager();
        MemberPrediction.Watcher watcher = listeners.isEmpty() ? null : watcher(validation.size());
        return MemberPrediction.validate(
                run.getEnsemble(), manager, validation, run.getRecipe().aggregation(), watcher);
    }

    /** Shows the listeners each validation batch. */
    private MemberPrediction.Watcher watcher(int size) {
        int batches = (size + MemberPrediction.BATCH - 1) / MemberPrediction.BATCH;
        return (manager, from, examples, targets, scores) -> {
            int batch = from / MemberPrediction.BATCH;
            Listeners.Seen seen = new Listeners.Seen(manager, examples, targets, batch, batches);
            seen.add(targets, scores);
            listeners.onValidationBatch(seen);
        };
    }

    private boolean isStoppedByListener() {
        try {
            listeners.onEpoch();
            return false;
        } catch (EarlyStoppedException e) {
            return true;
        }
    }

    private History.Epoch result(
            TrainingState state, double loss, MemberPrediction.Validation judged) {
        List<String> names =
                run.getTraining().loop().evaluators.stream()
                        .map(evaluator -> evaluator.getName())
                        .toList();
        Map<String, Double> metrics = listeners.getMetrics(names);
        return new History.Epoch(
                state.getEpoch() + 1,
                loss,
                judged == null ? Double.NaN : judged.accuracy(),
                judged == null ? Double.NaN : judged.loss(),
                state.getEpochSeconds(),
                metrics);
    }
}
