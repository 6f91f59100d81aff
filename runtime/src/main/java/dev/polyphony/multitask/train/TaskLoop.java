/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.TrainingDivergedException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.ParameterTracker;
import dev.polyphony.TaskKind;
import dev.polyphony.TaskLoss;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.Seeds;
import dev.polyphony.data.mixmo.Mix;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.balance.Balancer;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The epochs of a training. */
final class TaskLoop {

    private static final int TELL_EVERY = 20;
    private static final double NANOS = 1e9;

    /** Keep what is drawn in passes, mixing, and turns apart from the batches. */
    private static final long ENGINE = 0x656e67;

    private static final long MIXING = 0x6d6978;

    private final Run run;
    private final MultiExamples train;
    private final MultiExamples validation;
    private final TaskBatches data;
    private final Balancer balancer;
    private final TaskSchedule.Turns turns;
    private final double memberScale;
    private double rate;

    /**
     * What is trained, and how.
     *
     * @param places the outputs that are trained
     * @param weights the weight of each output
     */
    record Run(
            String name,
            List<TaskSpec> tasks,
            int[] places,
            double[] weights,
            Recipe recipe,
            TaskOptions<?> options,
            Training training,
            Ensemble ensemble) {

        int count() {
            return places.length;
        }

        boolean isJoint() {
            return places.length > 1;
        }

        List<TaskLoss> losses() {
            return Arrays.stream(places).mapToObj(place -> tasks.get(place).loss()).toList();
        }

        TaskSpec task(int trained) {
            return tasks.get(places[trained]);
        }

        int seed() {
            return training.getSeed();
        }
    }

    TaskLoop(Run run, MultiExamples train, MultiExamples validation, TaskBatches data) {
        this.run = run;
        this.train = train;
        this.validation = validation;
        this.data = data;
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
        Epoch epoch = epoch(train.size(), 0);
        return TaskReach.find(
                run.ensemble(),
                run.count(),
                (task, scope) -> {
                    int[] all = IntStream.range(0, train.size()).toArray();
                    TaskStep.Given given = given(data.get(epoch, 0, all, scope), 0, 0, scope);
                    step.backward(given, task, run.seed(), scope);
                },
                manager);
    }

    /** The learning rates: that of the moment, times what is a parameter's own. */
    ParameterTracker rates(Map<String, Double> factors) {
        return (id, update) -> (float) (rate * factors.getOrDefault(id, 1.0));
    }

    private Epoch epoch(int examples, int number) {
        return run.recipe()
                .batches()
                .getEpoch(examples, run.training().getBatchSize(), run.seed(), number);
    }

    TaskHistory run(
            List<TaskObjective> objectives,
            TaskParameters parameters,
            GroupedOptimizer optimizer,
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
        int usual = updates(epoch(train.size(), 0).getSteps());
        begin(usual);
        List<TaskHistory.Epoch> epochs = new ArrayList<>();
        long steps = 0;
        long updates = 0;
        double seconds = 0;
        for (int number = 0; number < run.training().getEpochs(); number++) {
            int[] shown = shown(number, manager);
            Epoch epoch = epoch(shown.length, number);
            EpochSums sums = new EpochSums(run.count());
            long before = System.nanoTime();
            double[] last = null;
            for (int at = 0; at < epoch.getSteps(); at++) {
                try (NDManager scope = manager.newSubManager()) {
                    last = step(step, parameters, epoch, shown, number, at, steps, sums, scope);
                    steps++;
                    if (isUpdate(at, epoch.getSteps())) {
                        setRate(number, at, epoch.getSteps(), usual);
                        if (run.options().clipNorm() > 0) {
                            parameters.clip(run.options().clipNorm(), scope);
                        }
                        parameters.update(optimizer, scope);
                        updates++;
                    }
                }
                if ((at + 1) % TELL_EVERY == 0) {
                    run.options().progress().onStep(number + 1, at + 1, sums.loss());
                }
            }
            balancer.onEpoch(sums.losses());
            double spent = (System.nanoTime() - before) / NANOS;
            seconds += spent;
            epochs.add(end(number, shown.length, sums, last, spent, manager));
        }
        return new TaskHistory(epochs, updates, seconds);
    }

    /** Runs a step, and returns what the losses were multiplied by, but for the schedule. */
    private double[] step(
            TaskStep step,
            TaskParameters parameters,
            Epoch epoch,
            int[] shown,
            int number,
            int at,
            long steps,
            EpochSums sums,
            NDManager scope) {
        double part = (double) at / epoch.getSteps();
        double[] factors = turns.getFactors(new TaskSchedule.Moment(steps, number, part));
        double[] weights = balancer.getWeights();
        double[] scaled = new double[weights.length];
        double share = 1.0 / batchesOfUpdate(at, epoch.getSteps());
        for (int t = 0; t < weights.length; t++) {
            weights[t] *= run.weights()[run.places()[t]];
            scaled[t] = weights[t] * factors[t] * share;
        }
        TaskStep.Given given = given(data.get(epoch, at, shown, scope), number, at, scope);
        int drawn = Seeds.random(run.seed(), ENGINE, number, at).nextInt();
        TaskStep.Outcome outcome = step.run(given, scaled, drawn, steps, scope);
        double[] losses = outcome.losses();
        double total = balancer.getRegularizer();
        for (int t = 0; t < losses.length; t++) {
            losses[t] *= memberScale;
            if (scaled[t] > 0) {
                requireFinite(losses[t], t, number, at);
                total += scaled[t] / share * losses[t];
            }
        }
        sums.add(total, losses, outcome.products());
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

    /** The batch, with ratios of mixing if the method is MixMo. */
    private TaskStep.Given given(TaskBatches.Batch batch, int epoch, int step, NDManager scope) {
        NDList inputs = new NDList(batch.inputs());
        if (!(run.recipe().form() instanceof MixMoForm form) || form.getMembers() == 1) {
            return new TaskStep.Given(inputs, batch.answers(), null);
        }
        long[] places = run.ensemble().getMixingShape().getShape();
        Mixer mixer =
                new Mixer(
                        form,
                        run.ensemble().getMixingChannels(),
                        Arrays.stream(places).mapToInt(Math::toIntExact).toArray());
        double progress = (epoch + 1.0) / run.training().getEpochs();
        Mix mix = mixer.draw(batch.rows(), progress, Seeds.random(run.seed(), MIXING, epoch, step));
        Shape each = new Shape(batch.rows(), form.getMembers());
        long[] mask = Arrays.stream(mix.shape()).asLongStream().toArray();
        inputs.add(scope.create(mix.masks(), each.addAll(new Shape(mask))));
        NDArray weights = scope.create(mix.weights(), each);
        return new TaskStep.Given(inputs, batch.answers(), weights);
    }

    private int updates(int steps) {
        int batches = run.options().accumulation();
        return (steps + batches - 1) / batches;
    }

    private boolean isUpdate(int at, int steps) {
        return (at + 1) % run.options().accumulation() == 0 || at + 1 == steps;
    }

    /** How many batches the update has that a step belongs to. */
    private int batchesOfUpdate(int at, int steps) {
        int batches = run.options().accumulation();
        return Math.min(batches, steps - at / batches * batches);
    }

    /** An epoch of a curriculum has fewer steps, but is as long for the schedule. */
    private void setRate(int epoch, int at, int steps, int usual) {
        int done = at / run.options().accumulation();
        long update = (long) epoch * usual + (long) done * usual / updates(steps);
        rate = run.training().getLearningRate(update, usual, run.training().getEpochs());
    }

    private int[] shown(int epoch, NDManager manager) {
        if (run.options().curriculum() == null) {
            return IntStream.range(0, train.size()).toArray();
        }
        double progress = (double) epoch / run.training().getEpochs();
        double[] losses = run.options().curriculum().isByLoss() ? exampleLosses(manager) : null;
        return run.options().curriculum().getExamples(progress, losses);
    }

    private double[] exampleLosses(NDManager manager) {
        double[] losses = new double[train.size()];
        double[] weights = balancer.getWeights();
        List<TaskAnswers> answers = ask(train, manager);
        for (int t = 0; t < weights.length; t++) {
            String name = run.task(t).name();
            boolean isOfClasses = run.task(t).kind() == TaskKind.CLASSIFICATION;
            ExampleLosses.add(
                    answers.get(run.places()[t]),
                    isOfClasses ? train.getClasses(name) : null,
                    isOfClasses ? null : train.getTargets(name),
                    train.getKnown(name),
                    weights[t] * run.weights()[run.places()[t]],
                    losses);
        }
        return losses;
    }

    private List<TaskAnswers> ask(MultiExamples examples, NDManager manager) {
        return TaskAsk.ask(
                run.ensemble(), run.tasks(), run.recipe().aggregation(), examples, manager);
    }

    private void begin(int usual) {
        run.options()
                .progress()
                .onBegin(
                        new Progress.Run(
                                run.name(),
                                run.training().getEpochs(),
                                epoch(train.size(), 0).getSteps(),
                                (long) train.size() * run.recipe().batches().getRepetitions(),
                                List.of(),
                                0,
                                run.training().getLearningRates(usual)));
    }

    private TaskHistory.Epoch end(
            int number,
            int shown,
            EpochSums sums,
            double[] weights,
            double seconds,
            NDManager manager) {
        double[] judged = validation == null ? new double[0] : judge(manager);
        double[] losses = everywhere(sums.losses());
        TaskHistory.Epoch epoch =
                new TaskHistory.Epoch(
                        number + 1,
                        shown,
                        sums.loss(),
                        losses,
                        everywhere(weights),
                        sums.conflicts(),
                        judged,
                        seconds);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int t = 0; t < run.tasks().size(); t++) {
            metrics.put(run.tasks().get(t).name() + " loss", losses[t]);
        }
        run.options()
                .progress()
                .onEpoch(
                        new History.Epoch(
                                number + 1, sums.loss(), Double.NaN, Double.NaN, seconds, metrics));
        return epoch;
    }

    private double[] judge(NDManager manager) {
        double[] metrics = new double[run.tasks().size()];
        Arrays.fill(metrics, Double.NaN);
        List<TaskAnswers> answers = ask(validation, manager);
        for (int place : run.places()) {
            TaskAnswers judged = TaskAsk.judge(answers.get(place), validation);
            boolean[] known = validation.getKnown(judged.getTask().name());
            metrics[place] =
                    MultiTaskEvaluation.of(List.of(judged), List.of(known)).getMetrics()[0];
        }
        return metrics;
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
