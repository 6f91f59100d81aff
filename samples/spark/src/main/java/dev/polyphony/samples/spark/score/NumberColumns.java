/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.inference.EnsembleRegression;
import dev.polyphony.model.ModelDescription;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;

/** The numbers, and how far they may be off. */
final class NumberColumns implements AnswerColumns {

    private final ModelDescription model;
    private final double level;

    NumberColumns(ModelDescription model, double level) {
        this.model = model;
        this.level = level;
    }

    /** {@inheritDoc} */
    @Override
    public List<StructField> fields() {
        return AnswerColumns.arrays(
                        model,
                        "prediction",
                        "variance",
                        "epistemicVariance",
                        "aleatoricVariance",
                        "lower",
                        "upper")
                .toList();
    }

    /** {@inheritDoc} */
    @Override
    public Object[][] answer(float[] scores, int rows) {
        int width = scores.length / rows;
        Object[][] answers = new Object[rows][];
        for (int i = 0; i < rows; i++) {
            EnsembleRegression answer =
                    EnsembleRegression.of(
                            model.classNames(),
                            Arrays.copyOfRange(scores, i * width, (i + 1) * width));
            double[][] interval = answer.getInterval(level);
            answers[i] =
                    new Object[] {
                        AnswerColumns.array(answer.getMean()),
                        AnswerColumns.array(answer.getVariance()),
                        AnswerColumns.array(answer.getEpistemicVariance()),
                        AnswerColumns.array(answer.getAleatoricVariance()),
                        AnswerColumns.array(side(interval, 0)),
                        AnswerColumns.array(side(interval, 1))
                    };
        }
        return answers;
    }

    private static double[] side(double[][] interval, int side) {
        return Arrays.stream(interval).mapToDouble(one -> one[side]).toArray();
    }
}
