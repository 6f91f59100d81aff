/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.table;

import dev.polyphony.data.LabeledData;
import dev.polyphony.samples.spark.model.Digits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table of any length: the handwritten digits over and over, each time with other noise. The
 * columns are {@code id}, {@code label} and the pixels {@code p0} to {@code p63}, 0 to 16.
 */
public final class GeneratedDigits {

    private static final int INK = 16;
    private static final int NOISE = 2;

    private GeneratedDigits() {}

    /**
     * Makes a table; a row depends on its id alone.
     *
     * @param spark the session
     * @param rows the number of rows
     * @param partitions the number of partitions
     * @param damagedEvery every how many rows a pixel is missing; 0 for never
     * @return the table
     */
    public static Dataset<Row> of(
            SparkSession spark, long rows, int partitions, long damagedEvery) {
        StructType schema =
                new StructType().add("id", DataTypes.LongType).add("label", DataTypes.IntegerType);
        for (int i = 0; i < Digits.PIXELS; i++) {
            schema = schema.add("p" + i, DataTypes.IntegerType);
        }
        return spark.range(0, rows, 1, partitions)
                .map((MapFunction<Long, Row>) id -> row(id, damagedEvery), Encoders.row(schema));
    }

    private static Row row(long id, long damagedEvery) {
        SplittableRandom random = new SplittableRandom(id);
        int digit = (int) (id % All.LABELS.length);
        Object[] values = new Object[2 + Digits.PIXELS];
        values[0] = id;
        values[1] = All.LABELS[digit];
        for (int i = 0; i < Digits.PIXELS; i++) {
            int pixel = All.PIXELS[digit * Digits.PIXELS + i] + random.nextInt(-NOISE, NOISE + 1);
            values[2 + i] = Math.max(0, Math.min(INK, pixel));
        }
        if (damagedEvery > 0 && id % damagedEvery == damagedEvery - 1) {
            values[2 + random.nextInt(Digits.PIXELS)] = null;
        }
        return RowFactory.create(values);
    }

    /** The digits, read once in each process. */
    private static final class All {

        static final int[] LABELS;
        static final int[] PIXELS;

        static {
            try {
                LabeledData digits = Digits.read();
                LABELS = digits.getLabels();
                float[] scaled = digits.getFeatures();
                PIXELS = new int[scaled.length];
                for (int i = 0; i < scaled.length; i++) {
                    PIXELS[i] = Math.round(scaled[i] * INK);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
