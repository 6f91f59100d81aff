/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.samples.spark.model.Digits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Test digits as a table.
 *
 * @param spark the session
 * @param pixels 0 to 16, 64 for each digit
 */
record DigitTable(SparkSession spark, float[] pixels) {

    private static final int INK = 16;

    static DigitTable of(SparkSession spark, int rows) throws IOException {
        float[] pixels = Arrays.copyOf(Digits.readParts()[2].getFeatures(), rows * Digits.PIXELS);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] *= INK;
        }
        return new DigitTable(spark, pixels);
    }

    /** Columns in another order than the model's, and others before and behind them. */
    static StructType schema(DataType type) {
        StructType schema = new StructType().add("id", DataTypes.IntegerType);
        for (int i = Digits.PIXELS - 1; i >= 0; i--) {
            schema = schema.add("p" + i, type);
        }
        return schema.add("note", DataTypes.StringType);
    }

    /** The cells of a row. */
    Object[] values(int id) {
        Object[] values = new Object[Digits.PIXELS + 2];
        values[0] = id;
        for (int i = 0; i < Digits.PIXELS; i++) {
            values[Digits.PIXELS - i] = (double) pixels[id * Digits.PIXELS + i];
        }
        values[values.length - 1] = "row " + id;
        return values;
    }

    Dataset<Row> table(List<Integer> ids, int partitions) {
        List<Row> rows = ids.stream().map(id -> RowFactory.create(values(id))).toList();
        return spark.createDataFrame(rows, schema(DataTypes.DoubleType)).repartition(partitions);
    }

    static List<Integer> ids(int rows) {
        return IntStream.range(0, rows).boxed().toList();
    }

    /** All rows by their ids. */
    static List<Row> collect(Dataset<Row> scored) {
        List<Row> rows = new ArrayList<>(scored.collectAsList());
        rows.sort((a, b) -> Integer.compare(a.getInt(0), b.getInt(0)));
        return rows;
    }

    static double[] array(Row row, String column) {
        List<Double> values = row.getList(row.fieldIndex(column));
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static double number(Row row, String column) {
        return row.getDouble(row.fieldIndex(column));
    }

    static String error(Row row) {
        return row.getString(row.fieldIndex("error"));
    }
}
