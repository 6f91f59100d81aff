/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Uncertainty;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.model.AnswerRule;
import dev.polyphony.model.ModelDescription;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** The class, and how sure the ensemble is of it. */
final class ClassColumns implements AnswerColumns {

    private final ModelDescription model;

    ClassColumns(ModelDescription model) {
        this.model = model;
    }

    /** {@inheritDoc} */
    @Override
    public List<StructField> fields() {
        return Stream.of(
                        Stream.of(
                                new StructField(
                                        "prediction",
                                        DataTypes.StringType,
                                        true,
                                        Metadata.empty())),
                        AnswerColumns.numbers("probability"),
                        AnswerColumns.arrays(model, "probabilities"),
                        AnswerColumns.numbers(
                                "entropy",
                                "expectedEntropy",
                                "mutualInformation",
                                "variationRatio",
                                "disagreement"),
                        Stream.of(
                                new StructField(
                                        "abstained",
                                        DataTypes.BooleanType,
                                        true,
                                        Metadata.empty())))
                .flatMap(fields -> fields)
                .toList();
    }

    /** {@inheritDoc} */
    @Override
    public Object[][] answer(float[] scores, int rows) {
        AnswerRule rule = model.answers();
        Predictions said =
                rule.apply(
                        Predictions.of(
                                scores,
                                model.network().members(),
                                model.network().outputs(),
                                rule.aggregation()));
        double[][] probabilities = said.getProbabilities();
        double[][][] members = said.getMemberProbabilities();
        Object[][] answers = new Object[rows][];
        for (int i = 0; i < rows; i++) {
            double[] pooled = probabilities[i];
            double[][] own = members[i];
            int best = argmax(pooled);
            answers[i] =
                    new Object[] {
                        model.classNames().get(best),
                        pooled[best],
                        AnswerColumns.array(pooled),
                        UncertaintyScore.PREDICTIVE_ENTROPY.of(pooled, own),
                        UncertaintyScore.EXPECTED_ENTROPY.of(pooled, own),
                        UncertaintyScore.MUTUAL_INFORMATION.of(pooled, own),
                        UncertaintyScore.VARIATION_RATIO.of(pooled, own),
                        Uncertainty.disagreement(own),
                        rule.abstention().map(one -> one.abstains(pooled, own)).orElse(false)
                    };
        }
        return answers;
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }
}
