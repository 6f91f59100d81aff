/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Ensembleable;
import ai.djl.util.JsonUtils;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.calibrate.Scaling;
import dev.polyphony.model.AnswerRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleClassificationsTest {

    private static final List<String> CLASSES = List.of("cat", "dog");

    @Test
    void poolsAndComparesMembers() {
        // member probabilities 3/4, 1/4 and 1/4, 3/4: all uncertainty beyond their own is theirs
        float z = (float) Math.log(3);
        EnsembleClassifications answer = answer(z, 0, 0, z);
        assertEquals(0.5, answer.get("cat").getProbability(), 1e-7);
        assertEquals(Math.log(2), answer.getEntropy(), 1e-7);
        double own = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        assertEquals(own, answer.getExpectedEntropy(), 1e-7);
        assertEquals(Math.log(2) - own, answer.getMutualInformation(), 1e-7);
        assertEquals(1, answer.getDisagreement());
        assertEquals(0.75, answer.getMemberProbabilities()[1][1], 1e-7);
    }

    @Test
    void isSureWhereMembersAgree() {
        EnsembleClassifications answer = answer(4, 0, 4, 0);
        assertEquals("cat", answer.best().getClassName());
        assertEquals(0, answer.getMutualInformation(), 1e-12);
        assertEquals(0, answer.getDisagreement());
    }

    @Test
    void poolsAsTheMethodDoes() {
        float z = (float) Math.log(3);
        float[] scores = {z, 0, z, 0, 0, 0};
        EnsembleClassifications probabilities =
                EnsembleClassifications.of(CLASSES, scores, Aggregation.PROBABILITIES);
        assertEquals((0.75 + 0.75 + 0.5) / 3, probabilities.get("cat").getProbability(), 1e-6);
        EnsembleClassifications logits =
                EnsembleClassifications.of(CLASSES, scores, Aggregation.LOGITS);
        double odds = Math.pow(3, 2.0 / 3);
        assertEquals(odds / (1 + odds), logits.get("cat").getProbability(), 1e-6);
    }

    @Test
    void oneMemberAgreesWithItself() {
        EnsembleClassifications answer = answer(2, 1);
        assertEquals(0, answer.getMutualInformation(), 1e-12);
        assertEquals(0, answer.getDisagreement());
    }

    @Test
    void cannotBeChanged() {
        EnsembleClassifications answer = answer(0, 0);
        answer.getMemberProbabilities()[0][0] = 9;
        assertEquals(0.5, answer.getMemberProbabilities()[0][0], 1e-7);
        List<Double> probabilities = answer.getProbabilities();
        assertThrows(UnsupportedOperationException.class, () -> probabilities.set(0, 1.0));
    }

    @Test
    void wantsANameForEachOutput() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList scores = new NDList(manager.ones(new Shape(4, 3)));
            EnsembleTranslator<NDList, EnsembleClassifications> translator =
                    EnsembleTranslator.ofArrays(2, Aggregation.LOGITS);
            IllegalArgumentException error =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> translator.processOutput(null, scores));
            assertTrue(error.getMessage().contains("(4, 3) for 2 class names"));
        }
    }

    @Test
    void votesCount() {
        // two members for cat, one for dog
        EnsembleClassifications answer = answer(2, 0, 2, 0, 0, 1);
        assertEquals(1.0 / 3, answer.getVariationRatio(), 1e-12);
        assertEquals(2.0 / 3, answer.getDisagreement(), 1e-12);
    }

    /** Three members and one: each of the four counts a quarter. */
    @Test
    void joinsTheMembersOfSeveralModels() {
        float z = (float) Math.log(3);
        EnsembleClassifications three = answer(z, 0, z, 0, 0, z);
        EnsembleClassifications one = answer(0, 0);
        Classifications joint = Ensembleable.ensemble(List.<Classifications>of(three, one));
        EnsembleClassifications both = assertInstanceOf(EnsembleClassifications.class, joint);
        assertEquals(4, both.getMembers());
        assertEquals(0.75, both.getMemberProbabilities()[0][0], 1e-7);
        assertEquals(0.5, both.getMemberProbabilities()[3][0], 1e-7);
        assertEquals((0.75 + 0.75 + 0.25 + 0.5) / 4, both.get("cat").getProbability(), 1e-7);
        double sum = both.getExpectedEntropy() + both.getMutualInformation();
        assertEquals(both.getEntropy(), sum, 1e-12);
    }

    @Test
    void aPlainAnswerCountsAsOneMember() {
        Classifications plain = new Classifications(CLASSES, List.of(0.2, 0.8));
        EnsembleClassifications both =
                (EnsembleClassifications)
                        answer(0, 0, 0, 0).ensembleWith(List.of(plain).iterator());
        assertEquals(3, both.getMembers());
        assertEquals((0.5 + 0.5 + 0.2) / 3, both.get("cat").getProbability(), 1e-12);
        assertEquals(0.8, both.getMemberProbabilities()[2][1]);
        Classifications other = new Classifications(List.of("dog", "cat"), List.of(0.2, 0.8));
        EnsembleClassifications own = answer(0, 0);
        assertThrows(
                IllegalArgumentException.class, () -> own.ensembleWith(List.of(other).iterator()));
    }

    @Test
    void abstainsAboveTheThreshold() {
        AbstentionRule rule = new AbstentionRule(UncertaintyScore.MUTUAL_INFORMATION, 0.1);
        AnswerRule answers = AnswerRule.of(Aggregation.PROBABILITIES).withAbstention(rule);
        float z = (float) Math.log(3);
        EnsembleClassifications agree =
                EnsembleClassifications.of(CLASSES, new float[] {z, 0, z, 0}, answers);
        EnsembleClassifications contradict =
                EnsembleClassifications.of(CLASSES, new float[] {z, 0, 0, z}, answers);
        assertFalse(agree.isAbstained());
        assertTrue(contradict.isAbstained());
        assertFalse(answer(z, 0, 0, z).isAbstained());
        assertTrue(
                ((EnsembleClassifications)
                                contradict.ensembleWith(
                                        List.<Classifications>of(contradict).iterator()))
                        .isAbstained());
        // a threshold of one model says nothing about two
        assertFalse(
                ((EnsembleClassifications)
                                contradict.ensembleWith(
                                        List.<Classifications>of(answer(z, 0, 0, z)).iterator()))
                        .isAbstained());
    }

    @Test
    void calibrationIsApplied() {
        float z = (float) Math.log(9);
        AnswerRule pooled = calibrated(List.of(), 2.0);
        assertEquals(
                0.75,
                EnsembleClassifications.of(CLASSES, new float[] {z, 0}, pooled)
                        .get("cat")
                        .getProbability(),
                1e-6);
        AnswerRule own = calibrated(List.of(2.0, 1.0), 1.0);
        EnsembleClassifications scaled =
                EnsembleClassifications.of(CLASSES, new float[] {z, 0, 0, 0}, own);
        assertEquals(0.75, scaled.getMemberProbabilities()[0][0], 1e-6);
        assertEquals((0.75 + 0.5) / 2, scaled.get("cat").getProbability(), 1e-6);
    }

    private static AnswerRule calibrated(List<Double> members, double pooled) {
        EnsembleCalibration calibration =
                EnsembleCalibration.of(
                        members.stream().map(t -> Scaling.ofTemperature(t, 2)).toList(),
                        Scaling.ofTemperature(pooled, 2));
        return AnswerRule.of(Aggregation.PROBABILITIES).withCalibration(calibration);
    }

    /** What DJL Serving would send. */
    @Test
    void jsonCarriesTheUncertainty() {
        float z = (float) Math.log(3);
        EnsembleClassifications answer = answer(z, 0, z, 0, 0, z);
        answer.setTopK(1);
        JsonObject json = JsonParser.parseString(answer.toJson()).getAsJsonObject();
        assertEquals("cat", json.get("className").getAsString());
        assertEquals(1.75 / 3, json.get("probability").getAsDouble(), 1e-6);
        assertFalse(json.get("abstained").getAsBoolean());
        assertEquals(1, json.getAsJsonArray("classifications").size());
        assertEquals(
                "dog",
                json.getAsJsonArray("members")
                        .get(2)
                        .getAsJsonObject()
                        .get("className")
                        .getAsString());
        JsonObject uncertainty = json.getAsJsonObject("uncertainty");
        assertEquals(answer.getEntropy(), uncertainty.get("entropy").getAsDouble());
        assertEquals(
                answer.getMutualInformation(), uncertainty.get("mutualInformation").getAsDouble());
        // as a part of what DJL turns into JSON
        assertEquals(
                json,
                JsonParser.parseString(JsonUtils.GSON.toJson(List.of(answer)))
                        .getAsJsonArray()
                        .get(0));
    }

    private static EnsembleClassifications answer(float... logits) {
        return EnsembleClassifications.of(CLASSES, logits, Aggregation.PROBABILITIES);
    }
}
