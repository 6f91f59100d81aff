/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import dev.polyphony.TaskKind;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.TaskUncertainty;
import dev.polyphony.multitask.TradeOff;
import dev.polyphony.multitask.train.TaskHistory;
import dev.polyphony.multitask.train.TrainedTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What one way to learn the tasks came to, over all seeds. */
public final class TaskRow {

    private final String name;
    private final List<TaskSpec> tasks;
    private final int members;
    private final List<Run> runs = new ArrayList<>();

    /**
     * Creates a row without runs.
     *
     * @param name the name for readers
     * @param tasks the tasks
     * @param members the members of the ensemble; 1 for a plain model
     */
    TaskRow(String name, List<TaskSpec> tasks, int members) {
        this.name = name;
        this.tasks = tasks;
        this.members = members;
    }

    /**
     * A training with one seed. Arrays have a number for each task, in the order of the outputs.
     *
     * @param seed the seed
     * @param settings the settings for readers
     * @param metrics each task's metric on the test data
     * @param exactMatch the share of the examples on which all classes and labels are right, or NaN
     * @param uncertainties what the members are unsure of, one a task
     * @param parameters the trained numbers; of models of their own, of all of them together
     * @param seconds the wall time of the steps
     * @param history how training went, or null of models of their own
     */
    public record Run(
            int seed,
            String settings,
            double[] metrics,
            double exactMatch,
            List<Doubt> uncertainties,
            long parameters,
            double seconds,
            TaskHistory history) {

        /** What an ensemble came to. */
        static Run of(TrainedTasks trained, MultiTaskEvaluation evaluation, int seed) {
            TaskHistory history = trained.getHistory();
            return new Run(
                    seed,
                    trained.getSettings(),
                    evaluation.getMetrics(),
                    evaluation.getExactMatch(),
                    trained.getTasks().stream()
                            .map(task -> Doubt.of(evaluation.get(task.name())))
                            .toList(),
                    trained.getParameterCount(),
                    history.seconds(),
                    history.epochs().isEmpty() ? null : history);
        }
    }

    /**
     * How unsure members are in a task, on the test data.
     *
     * @param total the mean entropy in nats, or the mean standard deviation over members
     * @param disagreement the mean mutual information in nats, or the same standard deviation
     * @param correlation the rank correlation of uncertainty and error
     * @param errors the mean error of the fifths of the examples, the surest first
     */
    public record Doubt(double total, double disagreement, double correlation, double[] errors) {

        private static final int FIFTHS = 5;

        static Doubt of(TaskAnswers answers) {
            TaskUncertainty uncertainty = answers.getUncertainty();
            boolean isSilent =
                    answers.getMembers() == 1 && answers.getTask().kind() == TaskKind.REGRESSION;
            return new Doubt(
                    uncertainty.getMeanTotal(),
                    uncertainty.getMeanDisagreement(),
                    isSilent ? Double.NaN : uncertainty.getErrorCorrelation(),
                    errorsByFifth(uncertainty.getTotal(), answers.getErrors()));
        }

        /** The mean error of each fifth of the examples, the surest first. */
        static double[] errorsByFifth(double[] uncertainty, double[] errors) {
            int[] order =
                    IntStream.range(0, errors.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> uncertainty[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            double[] means = new double[FIFTHS];
            for (int f = 0; f < FIFTHS; f++) {
                int from = errors.length * f / FIFTHS;
                int to = errors.length * (f + 1) / FIFTHS;
                means[f] =
                        Arrays.stream(order, from, to)
                                .mapToDouble(i -> errors[i])
                                .average()
                                .orElse(Double.NaN);
            }
            return means;
        }
    }

    void add(Run run) {
        runs.add(run);
    }

    /**
     * Returns the name for readers.
     *
     * @return the name
     */
    public String getName() {
        return name;
    }

    /**
     * Returns the number of members.
     *
     * @return the members; 1 for a plain model
     */
    public int getMembers() {
        return members;
    }

    /**
     * Returns the runs.
     *
     * @return a run for each seed, in their order
     */
    public List<Run> getRuns() {
        return List.copyOf(runs);
    }

    /**
     * Returns the mean metric of a task.
     *
     * @param task the index of the task
     * @return the mean over seeds
     */
    public double getMean(int task) {
        return mean(metrics(task));
    }

    /**
     * Returns how far seeds differ in a task.
     *
     * @param task the index of the task
     * @return the standard deviation over seeds, with {@code n - 1}; NaN of one seed
     */
    public double getDeviation(int task) {
        return deviation(metrics(task));
    }

    private double[] metrics(int task) {
        return runs.stream().mapToDouble(run -> run.metrics()[task]).toArray();
    }

    /**
     * Returns the gain over models that learnt one task each, seed by seed.
     *
     * @param baseline the row of those models, with the same seeds
     * @return a trade-off for each seed
     */
    public List<TradeOff> getTradeOffs(TaskRow baseline) {
        List<TradeOff> tradeOffs = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            tradeOffs.add(
                    TradeOff.of(tasks, runs.get(i).metrics(), baseline.runs.get(i).metrics()));
        }
        return tradeOffs;
    }

    static double mean(double... values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    static double deviation(double... values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
