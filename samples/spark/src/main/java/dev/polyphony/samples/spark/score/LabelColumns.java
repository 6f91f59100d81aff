/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.inference.EnsembleLabels;
import dev.polyphony.model.ModelDescription;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.collection.mutable.ArraySeq;

/** The labels that a row has, and how sure the ensemble is of each. */
final class LabelColumns implements AnswerColumns {

    private final ModelDescription model;

    LabelColumns(ModelDescription model) {
        this.model = model;
    }

    /** {@inheritDoc} */
    @Override
    public List<StructField> fields() {
        StructField labels =
                new StructField(
                        "prediction",
                        DataTypes.createArrayType(DataTypes.StringType, false),
                        true,
                        Metadata.empty());
        return Stream.concat(
                        Stream.of(labels),
                        AnswerColumns.arrays(
                                model, "probabilities", "entropy", "mutualInformation"))
                .toList();
    }

    /** {@inheritDoc} */
    @Override
    public Object[][] answer(float[] scores, int rows) {
        int width = scores.length / rows;
        Object[][] answers = new Object[rows][];
        for (int i = 0; i < rows; i++) {
            EnsembleLabels answer =
                    EnsembleLabels.of(
                            model.classNames(),
                            Arrays.copyOfRange(scores, i * width, (i + 1) * width),
                            model.answers().aggregation());
            answers[i] =
                    new Object[] {
                        new ArraySeq.ofRef<>(answer.getPredicted().toArray(String[]::new)),
                        AnswerColumns.array(answer.getProbabilities()),
                        AnswerColumns.array(answer.getEntropy()),
                        AnswerColumns.array(answer.getMutualInformation())
                    };
        }
        return answers;
    }
}
