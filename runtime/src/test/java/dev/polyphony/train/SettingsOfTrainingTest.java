/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.source.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What settings of the training, and of the form, do to the parameters: a small training ends where
 * a loop by hand ends, which takes the engine's gradients and nothing else of the optimizers.
 */
class SettingsOfTrainingTest {

    private static final LabeledData DATA = TestData.moons(48, 0.15, 1);
    private static final int BATCH = 16;
    private static final int EPOCHS = 3;
    private static final int SEED = 5;
    private static final double RATE = 0.1;

    /** A training, and the same in numbers. */
    private record Case(String name, Training.Builder training, Hand hand) {

        Case {
            training.optBatchSize(BATCH).optEpochs(EPOCHS).optSeed(SEED).optLearningRate(RATE);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The settings of an update by hand. */
    private record Hand(
            OptimizerType kind,
            double[] factors,
            double momentum,
            double decay,
            boolean weightsAlone,
            double bound,
            double fastRate) {

        static Hand of(OptimizerType kind, double momentum, double decay) {
            return new Hand(kind, new double[] {1, 1, 1}, momentum, decay, false, 0, 0.5);
        }

        Hand factors(double... factors) {
            return new Hand(kind, factors, momentum, decay, weightsAlone, bound, fastRate);
        }

        Hand alone() {
            return new Hand(kind, factors, momentum, decay, true, bound, fastRate);
        }

        Hand bound(double bound) {
            return new Hand(kind, factors, momentum, decay, weightsAlone, bound, fastRate);
        }

        Hand fastRate(double fastRate) {
            return new Hand(kind, factors, momentum, decay, weightsAlone, bound, fastRate);
        }

        /** Updates {@code w}, with the state of two rows, and returns it. */
        float[] update(
                float[] w, float[] g, double[][] state, int step, double rate, double decay) {
            for (int i = 0; i < w.length; i++) {
                boolean adam = kind == OptimizerType.ADAM || kind == OptimizerType.ADAM_W;
                double slope = g[i] + (kind == OptimizerType.ADAM_W ? 0 : decay * w[i]);
                double old = kind == OptimizerType.ADAM_W ? w[i] * (1 - rate * decay) : w[i];
                double move;
                if (adam) {
                    state[0][i] = 0.9 * state[0][i] + 0.1 * slope;
                    state[1][i] = 0.999 * state[1][i] + 0.001 * slope * slope;
                    double mean = state[0][i] / (1 - Math.pow(0.9, step));
                    double square = state[1][i] / (1 - Math.pow(0.999, step));
                    move = mean / (Math.sqrt(square) + 1e-8);
                } else {
                    state[0][i] = momentum * state[0][i] + slope;
                    move =
                            kind == OptimizerType.NESTEROV
                                    ? slope + momentum * state[0][i]
                                    : state[0][i];
                }
                w[i] = (float) (old - rate * move);
            }
            return w;
        }
    }

    private static Training.Builder sgd() {
        return Training.builder().optOptimizer(OptimizerType.SGD).optMomentum(0.5);
    }

    static Stream<Case> cases() {
        Hand sgd = Hand.of(OptimizerType.SGD, 0.5, 0);
        Hand decaying = Hand.of(OptimizerType.SGD, 0.5, 0.2);
        return Stream.of(
                new Case("momentum", sgd(), sgd),
                new Case(
                        "schedule",
                        sgd().optSchedule(Schedule.multiStep(0.1, 1, 2)),
                        sgd.factors(1, 0.1, 0.01)),
                new Case("decay of all but fast weights", sgd().optWeightDecay(0.2), decaying),
                new Case(
                        "decay of weights alone",
                        sgd().optWeightDecay(0.2).optWeightsDecayAlone(true),
                        decaying.alone()),
                new Case("clipping", sgd().optClipNorm(0.05), sgd.bound(0.05)),
                new Case("fast rate", sgd(), sgd.fastRate(0.125)),
                new Case("frozen fast weights", sgd(), sgd.fastRate(0)),
                new Case("higher fast rate", sgd(), sgd.fastRate(4)),
                new Case(
                        "Nesterov, all at once",
                        Training.builder()
                                .optOptimizer(OptimizerType.NESTEROV)
                                .optMomentum(0.8)
                                .optWeightDecay(0.1)
                                .optWeightsDecayAlone(true)
                                .optClipNorm(0.3)
                                .optSchedule(Schedule.multiStep(0.5, 2)),
                        Hand.of(OptimizerType.NESTEROV, 0.8, 0.1)
                                .alone()
                                .bound(0.3)
                                .factors(1, 1, 0.5)
                                .fastRate(2)),
                new Case(
                        "AdamW",
                        Training.builder().optOptimizer(OptimizerType.ADAM_W).optWeightDecay(0.3),
                        Hand.of(OptimizerType.ADAM_W, 0, 0.3)),
                new Case(
                        "Adam",
                        Training.builder().optOptimizer(OptimizerType.ADAM).optWeightDecay(0.3),
                        Hand.of(OptimizerType.ADAM, 0, 0.3)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsWhereALoopByHandEnds(Case all) {
        BatchEnsembleForm form =
                // shared biases, which decay unless weights do so alone
                BatchEnsembleForm.of(2)
                        .form(FastWeightForm.ADDITIVE)
                        .init(FastWeightInit.NORMAL)
                        .fastLearningRate(all.hand().fastRate());
        Map<String, float[]> expected = byHand(form, all.hand());
        TrainingLoop loop =
                new TrainingLoop(Recipe.of(form), all.training().build(), Progress.none());
        try (Trained trained = loop.train("test", () -> network(form), DATA, null)) {
            Map<String, float[]> values = values(trained.ensemble());
            assertEquals(expected.keySet(), values.keySet());
            expected.forEach(
                    (name, value) -> assertArrayEquals(value, values.get(name), 1e-4f, name));
        }
    }

    private static Ensemble network(BatchEnsembleForm form) {
        return EnsembleMlp.of(form, 6, 2);
    }

    private static Map<String, float[]> values(Ensemble ensemble) {
        Map<String, float[]> values = new TreeMap<>();
        for (Pair<String, Parameter> pair : ensemble.getParameters()) {
            values.put(pair.getKey(), pair.getValue().getArray().toFloatArray());
        }
        return values;
    }

    private static Map<String, float[]> byHand(BatchEnsembleForm form, Hand hand) {
        Engine.getInstance().setRandomSeed(SEED);
        Ensemble ensemble = network(form);
        Recipe recipe = Recipe.of(form);
        Map<String, double[][]> states = new TreeMap<>();
        int steps = 0;
        try (NDManager manager = NDManager.newBaseManager();
                BatchSource data = BatchSource.of(DATA, manager, Long.MAX_VALUE)) {
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                data.setEpoch(recipe.batches().getEpoch(DATA.size(), BATCH, SEED, epoch));
                for (int i = 0; i < DATA.size() / BATCH; i++) {
                    steps++;
                    List<float[]> gradients = gradients(ensemble, recipe, data, i, manager);
                    double factor = clip(gradients, hand.bound());
                    int at = 0;
                    for (Pair<String, Parameter> pair : ensemble.getParameters()) {
                        float[] gradient = gradients.get(at++);
                        for (int k = 0; k < gradient.length; k++) {
                            gradient[k] *= (float) factor;
                        }
                        update(pair, gradient, hand, states, steps, epoch);
                    }
                }
            }
            return values(ensemble);
        }
    }

    private static List<float[]> gradients(
            Ensemble ensemble, Recipe recipe, BatchSource data, int step, NDManager manager) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList batch = data.getBatch(step, scope);
            NDList answers =
                    ensemble.forward(
                            new ParameterStore(scope, false), new NDList(batch.get(0)), true);
            collector.backward(recipe.loss().evaluate(new NDList(batch.get(1)), answers));
            List<float[]> gradients = new ArrayList<>();
            for (Pair<String, Parameter> pair : ensemble.getParameters()) {
                try (NDArray gradient = pair.getValue().getArray().getGradient()) {
                    gradients.add(gradient.toFloatArray());
                    // the next backward pass adds to it
                    gradient.subi(gradient);
                }
            }
            return gradients;
        }
    }

    private static double clip(List<float[]> gradients, double bound) {
        double squares = 0;
        for (float[] gradient : gradients) {
            for (float value : gradient) {
                squares += (double) value * value;
            }
        }
        return bound == 0 ? 1 : Math.min(1, bound / (Math.sqrt(squares) + 1e-6));
    }

    private static void update(
            Pair<String, Parameter> pair,
            float[] gradient,
            Hand hand,
            Map<String, double[][]> states,
            int step,
            int epoch) {
        Parameter parameter = pair.getValue();
        boolean fast = List.of("r", "s").contains(parameter.getName());
        boolean decays =
                !fast && (!hand.weightsAlone() || parameter.getType() == Parameter.Type.WEIGHT);
        double[][] state =
                states.computeIfAbsent(pair.getKey(), key -> new double[2][gradient.length]);
        parameter
                .getArray()
                .set(
                        hand.update(
                                parameter.getArray().toFloatArray(),
                                gradient,
                                state,
                                step,
                                RATE * hand.factors()[epoch] * (fast ? hand.fastRate() : 1),
                                decays ? hand.decay() : 0));
    }
}
