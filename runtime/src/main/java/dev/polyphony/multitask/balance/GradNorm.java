/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import dev.polyphony.TaskLoss;
import dev.polyphony.checks.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the tasks learn at like rates, by the norms of their gradients in the last layer {@code W}
 * that they share.
 *
 * <p>With {@code G_i = ||grad_W w_i L_i||}, their mean {@code G}, {@code L_i / L_i(0)} as the
 * inverse rate of learning and {@code r_i} as that rate over its mean, the weights descend {@code
 * sum_i |G_i - G r_i^alpha|}, where {@code G r_i^alpha} counts as a constant, and are scaled to sum
 * up to the number of tasks. No second backward pass is needed: as {@code G_i = w_i ||grad_W
 * L_i||}, the derivative by {@code w_i} is {@code sign(G_i - G r_i^alpha) ||grad_W L_i||}.
 *
 * <p>{@code L_i(0)} is the loss of the first step. Each task takes a forward and a backward pass of
 * its own. A step in which not all tasks have a part changes nothing.
 *
 * @see <a href="https://arxiv.org/abs/1711.02257">Chen et al., GradNorm: Gradient Normalization for
 *     Adaptive Loss Balancing in Deep Multitask Networks, ICML 2018, algorithm 1</a>
 */
public final class GradNorm implements Balance {

    /** A weight of 0 would have no gradient, and never come back. */
    private static final double LEAST = 1e-3;

    private static final double RATE = 0.025;

    private final double alpha;
    private final double rate;

    GradNorm() {
        this(1.5, RATE);
    }

    private GradNorm(double alpha, double rate) {
        this.alpha = alpha;
        this.rate = rate;
    }

    /**
     * Returns the same balance with another strength.
     *
     * @param alpha how strongly tasks are pulled back to a common rate of learning, at least 0; 1.5
     *     if it is not set
     * @return the balance
     */
    public GradNorm withAlpha(double alpha) {
        Checks.require("alpha of GradNorm", alpha, alpha >= 0, "at least 0");
        return new GradNorm(alpha, rate);
    }

    /**
     * Returns the same balance with another learning rate of the weights.
     *
     * @param rate Adam's learning rate, above 0; 0.025 if it is not set
     * @return the balance
     */
    public GradNorm withLearningRate(double rate) {
        Checks.require("learning rate of the weights", rate, rate > 0, "above 0");
        return new GradNorm(alpha, rate);
    }

    /** {@inheritDoc} */
    @Override
    public Balancer begin(List<TaskLoss> losses) {
        return new Norms(losses.size(), alpha, rate);
    }

    /** The weights, as they are learnt. */
    static final class Norms implements Balancer {

        private final double alpha;
        private final double[] weights;
        private final ScalarAdam optimizer;
        private double[] first;

        Norms(int tasks, double alpha, double rate) {
            this.alpha = alpha;
            weights = new double[tasks];
            Arrays.fill(weights, 1);
            optimizer = new ScalarAdam(rate, tasks);
        }

        @Override
        public double[] getWeights() {
            return weights.clone();
        }

        @Override
        public boolean needsGradientNorms() {
            return true;
        }

        @Override
        public double[] getState() {
            StateWriter state = new StateWriter().add(weights).addIfKnown(first);
            optimizer.save(state);
            return state.get();
        }

        @Override
        public void setState(double... state) {
            StateReader in = new StateReader(state);
            in.read(weights);
            first = in.readIfKnown(weights.length);
            optimizer.load(in);
        }

        /** The derivative of the sum of differences by each weight. */
        double[] gradients(double[] losses, double[] norms) {
            int tasks = weights.length;
            double norm = 0;
            double ratio = 0;
            for (int i = 0; i < tasks; i++) {
                norm += weights[i] * norms[i] / tasks;
                ratio += losses[i] / first[i] / tasks;
            }
            double[] gradients = new double[tasks];
            for (int i = 0; i < tasks; i++) {
                double wanted = norm * Math.pow(losses[i] / first[i] / ratio, alpha);
                gradients[i] = Math.signum(weights[i] * norms[i] - wanted) * norms[i];
            }
            return gradients;
        }

        @Override
        public void onStep(double[] losses, double[] norms) {
            for (double loss : losses) {
                if (Double.isNaN(loss)) {
                    return;
                }
            }
            if (first == null) {
                for (int i = 0; i < losses.length; i++) {
                    if (losses[i] <= 0) {
                        throw new IllegalArgumentException(
                                "GradNorm measures how far losses have fallen, but that of task %d was %s in the first step"
                                        .formatted(i, losses[i]));
                    }
                }
                first = losses.clone();
            }
            if (Arrays.stream(losses).sum() == 0) {
                return;
            }
            double[] gradients = gradients(losses, norms);
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                double next = optimizer.update(i, weights[i], gradients[i]);
                weights[i] = Math.max(LEAST, next);
                sum += weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= weights.length / sum;
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "GradNorm, alpha " + alpha + (rate == RATE ? "" : ", rate " + rate);
    }
}
