/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.model.ModelDescription;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import scala.collection.mutable.ArraySeq;

/** The columns that a model adds to a table. */
interface AnswerColumns {

    /** The columns; the names of classes, labels or numbers are in the metadata of arrays. */
    List<StructField> fields();

    /**
     * Makes the values of rows.
     *
     * @param scores what members give, {@code [rows, M, K]} in row-major order, all finite
     * @param rows the number of rows, at least 1
     * @return a value for each column of each row
     */
    Object[][] answer(float[] scores, int rows);

    /** The columns of a model. */
    static AnswerColumns of(ModelDescription model, double interval) {
        return switch (model.task()) {
            case CLASSIFICATION -> new ClassColumns(model);
            case MULTI_LABEL -> new LabelColumns(model);
            case REGRESSION -> new NumberColumns(model, interval);
        };
    }

    /** Columns with a number each. */
    static Stream<StructField> numbers(String... names) {
        return Arrays.stream(names)
                .map(name -> new StructField(name, DataTypes.DoubleType, true, Metadata.empty()));
    }

    /** Columns with an array each, of a number for each class, label or target. */
    static Stream<StructField> arrays(ModelDescription model, String... names) {
        Metadata metadata =
                new MetadataBuilder()
                        .putStringArray("names", model.classNames().toArray(String[]::new))
                        .build();
        return Arrays.stream(names)
                .map(
                        name ->
                                new StructField(
                                        name,
                                        DataTypes.createArrayType(DataTypes.DoubleType, false),
                                        true,
                                        metadata));
    }

    /** An array as Spark takes it in a row. */
    static Object array(double[] values) {
        return new ArraySeq.ofDouble(values);
    }
}
