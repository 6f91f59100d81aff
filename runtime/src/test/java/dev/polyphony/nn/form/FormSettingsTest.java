/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.polyphony.BatchSplit;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FormSettingsTest {

    private static void check(String settings, Form form) {
        assertEquals(settings, form.getSettings());
        assertEquals(form.getName() + "(" + settings + ")", form.toString());
    }

    @Test
    void wholeNumbersAreWrittenAsSuch() {
        refuse("Packed: gamma must be at least 1, but was 0", () -> PackedForm.of(4).gamma(0));
        refuse("Packed: alpha must be above 0, but was -0.5", () -> PackedForm.of(4).alpha(-0.5));
        for (double alpha : new double[] {Double.POSITIVE_INFINITY, Double.NaN}) {
            refuse(
                    "Packed: alpha must be above 0, but was " + alpha,
                    () -> PackedForm.of(4).alpha(alpha));
        }
    }

    private static void refuse(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void areWhatMatters() {
        check("m = 4, alpha = 2, gamma = 1", PackedForm.of(4));
        check(
                "m = 4, alpha = 2.5, gamma = 2, minChannelsPerGroup = 64",
                PackedForm.of(4).alpha(2.5).gamma(2));
        check("m = 3, batchRepetitions = 4", MimoForm.of(3));
        check(
                "m = 3, batchRepetitions = 4, inputRepetition = 0.3",
                MimoForm.of(3).inputRepetition(0.3));
        check(
                "m = 2, method = CUTMIX, probability = 0.5, alpha = 2, weightRoot = 3,"
                        + " batchRepetitions = 4",
                MixMoForm.of(2));
        check(
                "m = 2, method = LINEAR, alpha = 2, weightRoot = 3, batchRepetitions = 4",
                MixMoForm.of(2).method(MixMethod.LINEAR));
        check("m = 4, form = MULTIPLICATIVE", BatchEnsembleForm.of(4));
        check(
                "m = 4, form = ADDITIVE, init = NORMAL, fastLearningRate = 1, split = SUB_BATCH",
                BatchEnsembleForm.of(4)
                        .form(FastWeightForm.ADDITIVE)
                        .init(FastWeightInit.NORMAL)
                        .fastLearningRate(1)
                        .split(BatchSplit.SUB_BATCH));
        check("m = 4, scale = 2", MasksemblesForm.of(4));
        check("m = 5", DeepEnsembleForm.of(5));
        check("m = 5, vectorized", DeepEnsembleForm.of(5).vectorized(true));
        check("m = 5", SubEnsembleForm.of(5));
    }

    @Test
    void formsAreEqualThatMakeTheSameEnsemble() {
        assertEquals(PackedForm.of(4), PackedForm.of(4).alpha(2).gamma(1));
        assertEquals(PackedForm.of(4).hashCode(), PackedForm.of(4).alpha(2).hashCode());
        assertNotEquals(PackedForm.of(4), PackedForm.of(4).alpha(2.5));
        assertNotEquals(PackedForm.of(4), PackedForm.of(3));
        assertNotEquals(
                BatchEnsembleForm.of(4), BatchEnsembleForm.of(4).form(FastWeightForm.ADDITIVE));
        assertNotEquals((Form) DeepEnsembleForm.of(4), SubEnsembleForm.of(4));
        assertNotEquals(MixMoForm.of(2), MixMoForm.of(2).method(MixMethod.LINEAR));
    }
}
