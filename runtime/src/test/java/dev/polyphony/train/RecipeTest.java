/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import dev.polyphony.BatchSplit;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.data.MemberOrders;
import dev.polyphony.data.RepeatedBatches;
import dev.polyphony.data.SharedBatches;
import dev.polyphony.data.SplitBatches;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Scalars;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {

    private static void check(
            Form form, BatchFormat batches, Reduction reduction, Aggregation aggregation) {
        Recipe recipe = Recipe.of(form);
        assertEquals(batches, recipe.batches());
        assertEquals(reduction, assertInstanceOf(MemberLoss.class, recipe.loss()).getReduction());
        assertEquals(aggregation, recipe.aggregation());
    }

    @Test
    void areThoseOfTheMethods() {
        Aggregation probabilities = Aggregation.PROBABILITIES;
        check(
                MimoForm.of(3).batchRepetitions(2).inputRepetition(0.25),
                new RepeatedBatches(3, 2, 0.25),
                Reduction.SUM,
                probabilities);
        check(
                MixMoForm.of(2).batchRepetitions(3),
                new RepeatedBatches(2, 3, 0),
                Reduction.SUM,
                Aggregation.LOGITS);
        check(DeepEnsembleForm.of(5), new MemberOrders(5), Reduction.SUM, probabilities);
        check(PackedForm.of(4), new SharedBatches(), Reduction.MEAN, probabilities);
        check(SubEnsembleForm.of(4), new SharedBatches(), Reduction.MEAN, probabilities);
        check(MasksemblesForm.of(4), new SplitBatches(4), Reduction.MEAN, probabilities);
        check(BatchEnsembleForm.of(4), new SharedBatches(), Reduction.MEAN, probabilities);
        check(
                BatchEnsembleForm.of(4).split(BatchSplit.SUB_BATCH),
                new SplitBatches(4),
                Reduction.MEAN,
                probabilities);
    }

    @Test
    void fastWeightsOfBatchEnsembleHaveTheirRate() {
        assertEquals(
                0.25, Recipe.of(BatchEnsembleForm.of(4).fastLearningRate(0.25)).fastLearningRate());
        assertEquals(1, Recipe.of(PackedForm.of(4)).fastLearningRate());
    }

    @Test
    void sameInputsIsLabelledAsWhatItIs() {
        assertEquals(
                "the same batch for all members; loss of the members' mean logits; mean of the"
                        + " members' probabilities",
                Recipe.sameInputs(MimoForm.of(3)).toString());
    }

    @Test
    void snapshotsAreOfOneRun() {
        Recipe recipe = Recipe.snapshots(DeepEnsembleForm.of(4));
        assertTrue(recipe.takesSnapshots());
        assertFalse(Recipe.of(DeepEnsembleForm.of(4)).takesSnapshots());
        assertTrue(
                recipe.toString()
                        .startsWith(
                                "one run, of which the members are snapshots at the ends of 4"
                                        + " cycles of the learning rate; "),
                recipe::toString);
    }

    @Test
    void refusesRatesThatMakeNoSense() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        for (double rate : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new Recipe(
                                    recipe.form(),
                                    recipe.batches(),
                                    recipe.loss(),
                                    recipe.aggregation(),
                                    rate));
        }
    }

    static Stream<Loss> lossesWithNumbers() {
        return Stream.of(
                Loss.l2Loss(),
                Loss.hingeLoss(),
                new SimpleCompositeLoss().addLoss(Loss.l2Loss()),
                new Half());
    }

    private static class Half extends Loss {

        Half() {
            super("half");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return predictions.head().sum().mul(0.5f);
        }
    }

    private static final class Quarter extends Half {

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return Scalars.mul(super.evaluate(labels, predictions), 0.5f);
        }
    }

    private static final class SafeHalf extends Loss {

        SafeHalf() {
            super("half");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray sum = predictions.head().sum();
            return Scalars.mul(sum.mul(sum).add(1), 0.5f);
        }
    }

    private static final class Helper {

        private static NDArray half(NDArray x) {
            return Deeper.half(x);
        }
    }

    private static final class Deeper {

        private static NDArray half(NDArray x) {
            return x.mul(0.5f);
        }
    }

    /** A loss that only another class computes. */
    private static final class By extends Loss {

        private final UnaryOperator<NDArray> rule;

        By(UnaryOperator<NDArray> rule) {
            super("by");
            this.rule = rule;
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return rule.apply(predictions.head().sum());
        }
    }

    /** Sums what it holds. */
    private static final class Holding extends Loss {

        private final List<Loss> many;
        private final Loss one;

        Holding(Loss one, Loss... many) {
            super("holding");
            this.one = one;
            this.many = List.of(many);
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray sum = one.evaluate(labels, predictions);
            for (Loss each : many) {
                sum = sum.add(each.evaluate(labels, predictions));
            }
            return sum;
        }
    }

    private abstract static class Plain extends Loss {

        Plain() {
            super("plain");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return of(predictions.head()).sum();
        }

        abstract NDArray of(NDArray x);
    }

    private static final class Scaled extends Plain {

        @Override
        NDArray of(NDArray x) {
            return x.scaleGradient(0.5);
        }
    }

    private static final class Swish extends Plain {

        @Override
        NDArray of(NDArray x) {
            return Activation.swish(x, 2);
        }
    }

    private static final class Relu6 extends Plain {

        @Override
        NDArray of(NDArray x) {
            return Activation.relu6(x);
        }
    }

    private static final class Helped extends Plain {

        @Override
        NDArray of(NDArray x) {
            return Helper.half(x);
        }
    }

    private static final class Made extends Plain {

        @Override
        NDArray of(NDArray x) {
            return Loss.l2Loss().evaluate(new NDList(x), new NDList(x));
        }
    }

    static Stream<Arguments> losses() {
        Loss safe = new SafeHalf();
        return Stream.of(
                Arguments.of(new Scaled(), "calls scaleGradient ", "Scalars.scaleGradient("),
                Arguments.of(new Swish(), "calls swish ", "EnsembleActivation.swish"),
                Arguments.of(new Relu6(), "calls relu6 ", "EnsembleActivation.relu6"),
                Arguments.of(new Helped(), "in " + Deeper.class.getName(), "Scalars.mul("),
                Arguments.of(new Made(), "in ai.djl.training.loss.L2Loss", "Scalars.mul("),
                Arguments.of(new Holding(Loss.l2Loss()), "L2Loss", "Scalars.mul("),
                Arguments.of(new Holding(safe, safe, new Half()), "$Half", "Scalars.mul("));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void refusesWhatALossReaches(Loss loss, String where, String advice) {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> recipe.withLoss(loss));
        assertTrue(refused.getMessage().contains(where), refused.getMessage());
        assertTrue(refused.getMessage().contains(advice), refused.getMessage());
    }

    @Test
    void takesLossesThatReachNoNumber() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        Loss safe = new SafeHalf();
        Loss loss = new Holding(safe, new MemberLoss(Reduction.SUM), new By(NDArray::neg));
        assertEquals(loss, recipe.withLoss(loss).loss());
    }

    @ParameterizedTest
    @MethodSource("lossesWithNumbers")
    void refusesLossesWhoseGradientsGoWrong(Loss loss) {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> recipe.withLoss(loss));
        assertTrue(refused.getMessage().contains("Scalars.mul"), refused.getMessage());
    }

    @Test
    void refusesWhatASuperclassCalls() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        Loss loss = new Quarter();
        assertThrows(IllegalArgumentException.class, () -> recipe.withLoss(loss));
    }

    @Test
    void takesLossesThatMeetNoNumber() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        Loss loss = new SafeHalf();
        assertEquals(loss, recipe.withLoss(loss).loss());
    }
}
