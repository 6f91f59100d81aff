/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.MemberwiseLoss;
import dev.polyphony.train.loss.Reduction;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Class weights and label smoothing, against the formulas of PyTorch's {@code CrossEntropyLoss} in
 * double precision, member by member.
 */
class SmoothedLossTest {

    private static final int B = 5;
    private static final int M = 2;
    private static final int C = 3;
    private static final double[] WEIGHTS = {0.5, 2, 1.25};
    private static final int[] LABELS = {0, 2, 1, 1, 2, 0, 0, 1, 2, 2};

    private final double[][][] logits = new double[B][M][C];
    private final double[][][] soft = new double[B][M][C];
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Random random = new Random(4);
        for (int b = 0; b < B; b++) {
            for (int m = 0; m < M; m++) {
                double rest = 1;
                for (int c = 0; c < C; c++) {
                    logits[b][m][c] = 2 * random.nextGaussian();
                    double share = c == C - 1 ? rest : rest * random.nextDouble();
                    soft[b][m][c] = share;
                    rest -= share;
                }
            }
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray array(double[][][] values) {
        float[] flat = new float[B * M * C];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) values[i / (M * C)][i / C % M][i % C];
        }
        return manager.create(flat, new Shape(B, M, C));
    }

    private NDArray own() {
        return manager.create(LABELS, new Shape(B, M));
    }

    /** The negative log probability of a class. */
    private double negative(int b, int m, int c) {
        double sum = 0;
        for (double logit : logits[b][m]) {
            sum += Math.exp(logit);
        }
        return Math.log(sum) - logits[b][m][c];
    }

    /** What PyTorch gives for the rows of a member, with classes. */
    private double ofClasses(int m, int[] labels, double smoothing, double... weights) {
        double sum = 0;
        double norm = 0;
        for (int b = 0; b < B; b++) {
            double even = 0;
            for (int c = 0; c < C; c++) {
                even += weights[c] * negative(b, m, c);
            }
            double weight = weights[labels[b]];
            sum += (1 - smoothing) * weight * negative(b, m, labels[b]) + smoothing / C * even;
            norm += weight;
        }
        return sum / norm;
    }

    /** What PyTorch gives for the rows of a member, with probabilities. */
    private double ofSoft(int m, double smoothing, double... weights) {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            for (int c = 0; c < C; c++) {
                double target = (1 - smoothing) * soft[b][m][c] + smoothing / C;
                sum += weights[c] * target * negative(b, m, c);
            }
        }
        return sum / B;
    }

    private static int[] labelsOf(int m) {
        return IntStream.range(0, B).map(b -> LABELS[b * M + m]).toArray();
    }

    private static MemberLoss loss(Reduction reduction, double smoothing, double... weights) {
        MemberLoss smoothed = new MemberLoss(reduction).withLabelSmoothing(smoothing);
        return weights.length == 0 ? smoothed : smoothed.withClassWeights(weights);
    }

    static Stream<Arguments> settings() {
        double[] equal = {1, 1, 1};
        return Stream.of(
                Arguments.of(0.0, new double[0], equal),
                Arguments.of(0.1, new double[0], equal),
                Arguments.of(0.0, WEIGHTS, WEIGHTS),
                Arguments.of(0.3, WEIGHTS, WEIGHTS));
    }

    private double evaluate(MemberLoss loss, NDArray... labels) {
        return loss.evaluate(new NDList(labels), new NDList(array(logits))).getFloat();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isThatOfEachMembersClasses(double smoothing, double[] given, double[] weights) {
        double first = ofClasses(0, labelsOf(0), smoothing, weights);
        double second = ofClasses(1, labelsOf(1), smoothing, weights);
        assertEquals(first + second, evaluate(loss(Reduction.SUM, smoothing, given), own()), 1e-5);
        assertEquals(
                (first + second) / 2,
                evaluate(loss(Reduction.MEAN, smoothing, given), own()),
                1e-5);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isThatOfSharedClasses(double smoothing, double[] given, double[] weights) {
        int[] shared = labelsOf(0);
        double sum =
                ofClasses(0, shared, smoothing, weights) + ofClasses(1, shared, smoothing, weights);
        MemberLoss loss = loss(Reduction.SUM, smoothing, given);
        assertEquals(sum, evaluate(loss, manager.create(shared)), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isThatOfSoftLabels(double smoothing, double[] given, double[] weights) {
        double sum = ofSoft(0, smoothing, weights) + ofSoft(1, smoothing, weights);
        MemberLoss loss = loss(Reduction.SUM, smoothing, given);
        assertEquals(sum, evaluate(loss, array(soft)), 1e-5);
        for (int b = 0; b < B; b++) {
            soft[b][1] = soft[b][0];
        }
        double shared = ofSoft(0, smoothing, weights) + ofSoft(1, smoothing, weights);
        NDArray labels = array(soft).get(new NDIndex(":, 0"));
        assertEquals(shared, evaluate(loss, labels), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void hardLabelsAsProbabilitiesAreThatOfClasses(
            double smoothing, double[] given, double[] weights) {
        for (int i = 0; i < LABELS.length; i++) {
            for (int c = 0; c < C; c++) {
                soft[i / M][i % M][c] = c == LABELS[i] ? 1 : 0;
            }
        }
        // PyTorch divides by the weights of classes, and of probabilities by the rows
        double first = ofSoft(0, 0, weights) * (1 - smoothing) + smoothing * mean(0, weights);
        double second = ofSoft(1, 0, weights) * (1 - smoothing) + smoothing * mean(1, weights);
        assertEquals(
                (first + second) / 2,
                evaluate(loss(Reduction.MEAN, smoothing, given), array(soft)),
                1e-5);
    }

    private double mean(int m, double... weights) {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            for (int c = 0; c < C; c++) {
                sum += weights[c] * negative(b, m, c) / C;
            }
        }
        return sum / B;
    }

    /** MixMo's weights stand beside the classes', which alone are divided by. */
    @Test
    void composesWithWeightsOfEachLoss() {
        double[] mixed = {1.5, 0.5, 0.2, 1.8, 1, 1, 0, 2, 0.7, 1.3};
        double expected = 0;
        for (int m = 0; m < M; m++) {
            double sum = 0;
            double norm = 0;
            for (int b = 0; b < B; b++) {
                int label = LABELS[b * M + m];
                double even = 0;
                for (int c = 0; c < C; c++) {
                    even += WEIGHTS[c] * negative(b, m, c);
                }
                double own = 0.8 * WEIGHTS[label] * negative(b, m, label) + 0.2 / C * even;
                sum += mixed[b * M + m] * own;
                norm += WEIGHTS[label];
            }
            expected += sum / norm;
        }
        float[] floats = new float[mixed.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) mixed[i];
        }
        NDArray weights = manager.create(floats, new Shape(B, M));
        assertEquals(expected, evaluate(loss(Reduction.SUM, 0.2, WEIGHTS), own(), weights), 1e-5);
    }

    /** Shares of rows count, and not the class weights in them. */
    @ParameterizedTest
    @MethodSource("settings")
    void partsMakeTheWhole(double smoothing, double[] given, double[] weights) {
        MemberLoss loss = loss(Reduction.SUM, smoothing, given);
        NDArray predictions = array(logits);
        NDList labels = loss.normalise(new NDList(own()), predictions.getShape());
        double sum = 0;
        for (int[] rows : new int[][] {{0, 2}, {2, 5}}) {
            NDList part = new NDList();
            NDIndex index = new NDIndex("{}:{}", rows[0], rows[1]);
            labels.forEach(array -> part.add(array.get(index)));
            NDArray own = loss.evaluatePart(part, new NDList(predictions.get(index)));
            sum += own.getFloat() * (rows[1] - rows[0]) / B;
        }
        assertEquals(evaluate(loss, own()), sum, 1e-5);
    }

    /** The gradient of a member's logits is that of the smoothed and weighed probabilities. */
    @Test
    void hasTheGradientOfItsFormula() {
        NDArray predictions = array(logits);
        predictions.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList labels = new NDList(own());
            collector.backward(
                    loss(Reduction.SUM, 0.3, WEIGHTS).evaluate(labels, new NDList(predictions)));
        }
        float[] gradient = predictions.getGradient().toFloatArray();
        float[] expected = new float[gradient.length];
        double step = 1e-5;
        for (int i = 0; i < gradient.length; i++) {
            int m = i / C % M;
            double[] row = logits[i / (M * C)][m];
            double value = row[i % C];
            row[i % C] = value + step;
            double up = ofClasses(m, labelsOf(m), 0.3, WEIGHTS);
            row[i % C] = value - step;
            double down = ofClasses(m, labelsOf(m), 0.3, WEIGHTS);
            row[i % C] = value;
            expected[i] = (float) ((up - down) / (2 * step));
        }
        assertArrayEquals(expected, gradient, 1e-5f);
    }

    @Test
    void aBatchOfClassesWithoutWeightHasNoLoss() {
        NDArray zeros = manager.create(new int[B]);
        assertEquals(0, evaluate(loss(Reduction.SUM, 0, 0, 1, 1), zeros), 0);
    }

    /** As classes are often floats in DJL, their type does not tell. */
    @Test
    void twoAxesAreClassesWhereThereAreAsManyClassesAsMembers() {
        NDArray two = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 2, 2));
        NDArray classes = manager.create(new float[] {0, 1}, new Shape(1, 2));
        NDArray probabilities = classes.reshape(1, 1, 2);
        MemberLoss sum = new MemberLoss(Reduction.SUM);
        double up = Math.log(1 + Math.E);
        double down = Math.log(1 + 1 / Math.E);
        assertEquals(
                up + down, sum.evaluate(new NDList(classes), new NDList(two)).getFloat(), 1e-5);
        assertEquals(
                2 * down,
                sum.evaluate(new NDList(probabilities), new NDList(two)).getFloat(),
                1e-5);
    }

    @Test
    void refusesWeightsOfOtherClasses() {
        MemberLoss two = loss(Reduction.SUM, 0, 1, 2);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> evaluate(two, own()));
        assertEquals("There are 2 class weights for 3 classes", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> loss(Reduction.SUM, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> loss(Reduction.SUM, 0, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> loss(Reduction.SUM, 1));
    }

    /** A loss of one model, of each member. */
    @Test
    void aPlainLossIsThatOfEachMember() {
        MemberwiseLoss sum = new MemberwiseLoss(new PlainCrossEntropy(), Reduction.SUM);
        MemberwiseLoss mean = new MemberwiseLoss(new PlainCrossEntropy(), Reduction.MEAN);
        double[] equal = {1, 1, 1};
        double own = ofClasses(0, labelsOf(0), 0, equal) + ofClasses(1, labelsOf(1), 0, equal);
        NDList predictions = new NDList(array(logits));
        assertEquals(own, sum.evaluate(new NDList(own()), predictions).getFloat(), 1e-5);
        assertEquals(own / 2, mean.evaluate(new NDList(own()), predictions).getFloat(), 1e-5);
        NDList shared = new NDList(manager.create(labelsOf(1)));
        double both = ofClasses(0, labelsOf(1), 0, equal) + ofClasses(1, labelsOf(1), 0, equal);
        assertEquals(both, sum.evaluate(shared, predictions).getFloat(), 1e-5);
        NDList weighed = new NDList(own(), manager.ones(new Shape(B, M)));
        assertThrows(IllegalArgumentException.class, () -> sum.evaluate(weighed, predictions));
    }

    /** As a user of DJL writes it. */
    static final class PlainCrossEntropy extends Loss {

        PlainCrossEntropy() {
            super("PlainCrossEntropy");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray logs = predictions.singletonOrThrow().logSoftmax(1);
            NDArray index = labels.singletonOrThrow().toType(DataType.INT64, false);
            return logs.gather(index.expandDims(1), 1).neg().mean();
        }
    }
}
