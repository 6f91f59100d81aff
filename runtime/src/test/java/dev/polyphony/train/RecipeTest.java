/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import org.junit.jupiter.api.Test;

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
    void refusesRatesThatMakeNoSense() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
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
}
