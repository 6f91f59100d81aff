/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.TrainingDivergedException;
import ai.djl.ndarray.NDManager;
import ai.djl.training.tracker.ParameterTracker;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.Seeds;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.balance.Balancer;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The epochs of a training. */
final class TaskLoop {

    private static final int TELL_EVERY = 20;
    private static final double NANOS = 1e9;

    /** Keeps what is drawn in passes apart from the batches. */
    private static final long ENGINE = 0x656e67;

    private final TaskRun run;
    private final MultiExamples train;
    private final MultiExamples validation;
    private final TaskFeed feed;
    private final Balancer balancer;
    private final TaskSchedule.Turns turns;
    private final double memberScale;
    private double rate;

    TaskLoop(TaskRun run, MultiExamples train, MultiExamples validation, TaskBatches data) {
        this.run = run;
        this.train = train;
        this.validation = validation;
        feed = new TaskFeed(run, data);
        // between one task and itself there is nothing to balance
        Balance balance = run.isJoint() ? run.options().balance() : Balance.fixed();
        balancer = balance.begin(run.losses());
        TaskSchedule schedule = run.isJoint() ? run.options().schedule() : TaskSchedule.joint();
        turns = schedule.begin(run.count(), run.seed());
        boolean sums =
                run.recipe().loss() instanceof MemberLoss loss
                        && loss.getReduction() == Reduction.SUM;
        memberScale = sums ? 1.0 / run.ensemble().getMembers() : 1;
    }

    private boolean isApart() {
        return run.isJoint() && (balancer.needsGradientNorms() || run.options().surgery() != null);
    }

    /** The parameters, by whom they belong to where that matters. */
    TaskParameters findParameters(List<TaskObjective> objectives, NDManager manager) {
        if (!run.isJoint() || !isApart() && run.options().rates().isEmpty()) {
            return TaskParameters.of(run.ensemble());
        }
        TaskStep step =
                new TaskStep(
                        run.ensemble(), objectives, run.places(), null, null, false, run.seed());
        Epoch epoch = run.epoch(train.size(), 0);
        int[] all = all();
        return TaskReach.find(
                run.ensemble(),
                run.count(),
                (task, scope) -> {
                    TaskStep.Given given = feed.get(epoch, 0, 0, all, scope);
                    step.backward(given, task, run.seed(), scope);
                },
                manager);
    }

    private int[] all() {
        return IntStream.range(0, train.size()).toArray();
    }

    /** The learning rates: that of the moment, times what is a parameter's own. */
    ParameterTracker rates(Map<String, Double> factors) {
        return (id, update) -> (float) (rate * factors.getOrDefault(id, 1.0));
    }

    TaskHistory run(
            List<TaskObjective> objectives,
            TaskParameters parameters,
            GroupedOptimizer optimizer,
            TaskCheckpointing checkpoints,
            NDManager manager) {
        TaskStep step =
                new TaskStep(
                        run.ensemble(),
                        objectives,
                        run.places(),
                        parameters,
                        run.options().surgery(),
                        isApart(),
                        run.seed());
        int usual = run.updates(run.epoch(train.size(), 0).getSteps());
        TaskState state = checkpoints.begin(new TaskState(run.count()), optimizer, usual, this);
        begin(state, usual);
        TaskJudge judge = new TaskJudge(run, manager);
        while (state.epoch() < run.training().getEpochs()) {
            if (state.shown() == null) {
                state.beginEpoch(shown(state.epoch(), judge));
            }
            Epoch epoch = run.epoch(state.shown().length, state.epoch());
            while (state.step() < epoch.getSteps()) {
                long before = System.nanoTime();
                int at = state.step();
                boolean isUpdate = run.isUpdate(at, epoch.getSteps());
                double[] weights;
                try (NDManager scope = manager.newSubManager()) {
                    weights = step(step, epoch, state, scope);
                    if (isUpdate) {
                        update(parameters, optimizer, state, epoch.getSteps(), usual, scope);
                    }
                }
                state.endStep(weights, isUpdate, (System.nanoTime() - before) / NANOS);
                if ((at + 1) % TELL_EVERY == 0) {
                    run.progress().onStep(state.epoch() + 1, at + 1, state.sums().loss());
                }
                checkpoints.onStep(state, isUpdate);
            }
            balancer.onEpoch(state.sums().losses());
            end(state, judge);
            checkpoints.onEpoch(state);
        }
        return state.toHistory();
    }

    /** Keeps what balance and turns have come to. */
    void save(TaskState state) {
        state.keep(balancer.getState(), turns.getState());
    }

    /** Takes what balance and turns had come to. */
    void load(TaskState state) {
        balancer.setState(state.balance());
        turns.setState(state.turns());
    }

    /** Runs a step, and returns what the losses were multiplied by, but for the schedule. */
    private double[] step(TaskStep step, Epoch epoch, TaskState state, NDManager scope) {
        int number = state.epoch();
        int at = state.step();
        double part = (double) at / epoch.getSteps();
        double[] factors = turns.getFactors(new TaskSchedule.Moment(state.steps(), number, part));
        double[] weights = balancer.getWeights();
        double[] scaled = new double[weights.length];
        double share = 1.0 / run.batchesOfUpdate(at, epoch.getSteps());
        for (int t = 0; t < weights.length; t++) {
            weights[t] *= run.weight(t);
            scaled[t] = weights[t] * factors[t] * share;
        }
        TaskStep.Given given = feed.get(epoch, number, at, state.shown(), scope);
        int drawn = Seeds.random(run.seed(), ENGINE, number, at).nextInt();
        TaskStep.Outcome outcome = step.run(given, scaled, drawn, state.steps(), scope);
        double[] losses = outcome.losses();
        double total = balancer.getRegularizer();
        for (int t = 0; t < losses.length; t++) {
            losses[t] *= memberScale;
            if (scaled[t] > 0) {
                requireFinite(losses[t], t, number, at);
                total += scaled[t] / share * losses[t];
            }
        }
        state.sums().add(total, losses, outcome.products());
        balancer.onStep(losses, outcome.norms());
        turns.onStep(losses);
        return weights;
    }

    private void requireFinite(double loss, int task, int epoch, int step) {
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(
                    "The loss of the task '%s' became %s in step %d of epoch %d: use a lower learning rate, or bound the gradient with optClipNorm"
                            .formatted(run.task(task).name(), loss, step + 1, epoch + 1));
        }
    }

    private void update(
            TaskParameters parameters,
            GroupedOptimizer optimizer,
            TaskState state,
            int steps,
            int usual,
            NDManager scope) {
        // an epoch of a curriculum has fewer steps, but is as long for the schedule
        int done = state.step() / run.options().accumulation();
        long update = (long) state.epoch() * usual + (long) done * usual / run.updates(steps);
        rate = run.training().getLearningRate(update, usual, run.training().getEpochs());
        double bound = run.training().getClipNorm();
        if (bound > 0) {
            parameters.clip(bound, scope);
        }
        parameters.update(optimizer, scope);
    }

    private int[] shown(int epoch, TaskJudge judge) {
        Curriculum curriculum = run.options().curriculum();
        if (curriculum == null) {
            return all();
        }
        double progress = (double) epoch / run.training().getEpochs();
        double[] losses =
                curriculum.isByLoss() ? judge.exampleLosses(train, balancer.getWeights()) : null;
        return curriculum.getExamples(progress, losses);
    }

    private void begin(TaskState state, int usual) {
        run.progress()
                .onBegin(
                        new Progress.Run(
                                run.name(),
                                run.training().getEpochs(),
                                run.epoch(train.size(), 0).getSteps(),
                                (long) train.size() * run.recipe().batches().getRepetitions(),
                                state.epochs().stream()
                                        .map(epoch -> epoch.toProgress(run.tasks()))
                                        .toList(),
                                state.step(),
                                run.training().getLearningRates(usual)));
    }

    private void end(TaskState state, TaskJudge judge) {
        TaskHistory.Epoch epoch =
                new TaskHistory.Epoch(
                        state.epoch() + 1,
                        state.shown().length,
                        state.sums().loss(),
                        everywhere(state.sums().losses()),
                        everywhere(state.weights()),
                        state.sums().conflicts(),
                        validation == null ? new double[0] : judge.metrics(validation),
                        state.epochSeconds());
        state.endEpoch(epoch, run.count());
        run.progress().onEpoch(epoch.toProgress(run.tasks()));
    }

    /** Numbers of the tasks that are trained, and NaN for the others. */
    private double[] everywhere(double[] trained) {
        double[] all = new double[run.tasks().size()];
        Arrays.fill(all, Double.NaN);
        for (int t = 0; t < trained.length; t++) {
            all[run.places()[t]] = trained[t];
        }
        return all;
    }
}
