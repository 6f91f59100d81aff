/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What tasks give one another when one model learns them together: each task's metric against that
 * of a model that learnt it alone.
 *
 * <p>The gain of a task is {@code (-1)^l (M - B) / |B|}, where {@code M} is its metric in the
 * common model, {@code B} that of the model of its own, and {@code l} is 1 where lower is better. A
 * task with a negative gain suffers from <em>negative transfer</em>. The mean over tasks is the
 * literature's {@code Delta_m}.
 *
 * @see <a href="https://arxiv.org/abs/1904.08918">Maninis, Radosavovic and Kokkinos, Attentive
 *     Single-Tasking of Multiple Tasks, CVPR 2019, equation 4</a>
 */
public final class TradeOff {

    private final List<TaskSpec> tasks;
    private final double[] gains;

    private TradeOff(List<TaskSpec> tasks, double[] gains) {
        this.tasks = tasks;
        this.gains = gains;
    }

    /**
     * Compares metrics.
     *
     * @param tasks the tasks
     * @param metrics each task's metric in the common model
     * @param baselines each task's metric in a model of its own, none of them 0
     * @return the comparison
     * @throws IllegalArgumentException if lengths do not fit, or a baseline is 0 or no number
     */
    public static TradeOff of(List<TaskSpec> tasks, double[] metrics, double[] baselines) {
        if (metrics.length != tasks.size() || baselines.length != tasks.size()) {
            throw new IllegalArgumentException(
                    "%d tasks need as many metrics and baselines, not %d and %d"
                            .formatted(tasks.size(), metrics.length, baselines.length));
        }
        double[] gains = new double[metrics.length];
        for (int i = 0; i < gains.length; i++) {
            if (baselines[i] == 0 || !Double.isFinite(baselines[i])) {
                throw new IllegalArgumentException(
                        "The gain in the task '%s' is relative to its baseline, which is %s: judge it by another metric"
                                .formatted(tasks.get(i).name(), baselines[i]));
            }
            double gain = (metrics[i] - baselines[i]) / Math.abs(baselines[i]);
            gains[i] = tasks.get(i).metric().isHigherBetter() ? gain : -gain;
        }
        return new TradeOff(List.copyOf(tasks), gains);
    }

    /**
     * Returns the gain of each task.
     *
     * @return the relative gains; 0.1 is ten per cent better
     */
    public double[] getGains() {
        return gains.clone();
    }

    /**
     * Returns the mean gain.
     *
     * @return {@code Delta_m}
     */
    public double getMeanGain() {
        return Arrays.stream(gains).average().orElse(Double.NaN);
    }

    /**
     * Returns the tasks that are worse off together.
     *
     * @return the names of the tasks with a negative gain
     */
    public List<String> getNegativeTransfer() {
        List<String> worse = new ArrayList<>();
        for (int i = 0; i < gains.length; i++) {
            if (gains[i] < 0) {
                worse.add(tasks.get(i).name());
            }
        }
        return worse;
    }

    /**
     * Returns which models no other model beats: one beats another if it is at least as good in all
     * tasks, and better in one.
     *
     * @param tasks the tasks
     * @param metrics the metrics of each model, {@code [models][tasks]}
     * @return for each model whether it is on the Pareto front
     */
    public static boolean[] getParetoFront(List<TaskSpec> tasks, double[][] metrics) {
        boolean[] front = new boolean[metrics.length];
        for (int i = 0; i < metrics.length; i++) {
            front[i] = true;
            for (double[] other : metrics) {
                front[i] &= !beats(tasks, other, metrics[i]);
            }
        }
        return front;
    }

    private static boolean beats(List<TaskSpec> tasks, double[] one, double[] other) {
        boolean isBetter = false;
        for (int t = 0; t < tasks.size(); t++) {
            double sign = tasks.get(t).metric().isHigherBetter() ? 1 : -1;
            if (sign * one[t] < sign * other[t]) {
                return false;
            }
            isBetter |= sign * one[t] > sign * other[t];
        }
        return isBetter;
    }
}
