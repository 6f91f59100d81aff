/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.table;

import java.util.Locale;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads tables so that no row is lost: what does not fit is there to be seen. */
public final class Tables {

    /** The column with the text of CSV lines that have more or fewer fields than the header. */
    public static final String MALFORMED = "_malformed";

    private Tables() {}

    /**
     * Tells the format by a name.
     *
     * @param path the file or folder
     * @return CSV if the name says so, else Parquet
     */
    public static TableFormat formatOf(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.contains(".csv") ? TableFormat.CSV : TableFormat.PARQUET;
    }

    /**
     * Reads a table. All columns of CSV files are text: a field that should be a number and is none
     * is the scorer's to tell. Lines with more or fewer fields than the header stand in {@link
     * #MALFORMED}.
     *
     * @param spark the session
     * @param path a file, a folder or a pattern, on any file system that Spark knows
     * @param format what the files are
     * @return the table
     * @throws IllegalArgumentException if there is none, it cannot be read, or has no rows
     */
    public static Dataset<Row> read(SparkSession spark, String path, TableFormat format) {
        Dataset<Row> table;
        try {
            table =
                    switch (format) {
                        case PARQUET -> spark.read().parquet(path);
                        case CSV -> readCsv(spark.read(), path);
                        case MULTILINE -> readCsv(spark.read().option("multiLine", true), path);
                        case IMAGES -> readImages(spark, path);
                    };
        } catch (Exception e) {
            // Spark's methods throw checked exceptions that they do not declare
            throw new IllegalArgumentException(describe(path, format, e), e);
        }
        if (table.isEmpty()) {
            throw new IllegalArgumentException("The table " + path + " has no rows");
        }
        return table;
    }

    private static Dataset<Row> readCsv(DataFrameReader reader, String path) {
        StructType columns = reader.option("header", true).csv(path).schema();
        return reader.schema(columns.add(MALFORMED, DataTypes.StringType))
                .option("columnNameOfCorruptRecord", MALFORMED)
                // each file's header is looked at, as columns may come in another order
                .option("enforceSchema", false)
                .csv(path);
    }

    private static Dataset<Row> readImages(SparkSession spark, String path) {
        return spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .option("pathGlobFilter", "*.{png,PNG,jpg,JPG,jpeg,JPEG,bmp,BMP,gif,GIF}")
                .load(path);
    }

    private static String describe(String path, TableFormat format, Exception failure) {
        if (failure instanceof AnalysisException analysis
                && String.valueOf(analysis.getCondition()).startsWith("PATH_NOT_FOUND")) {
            return "There is no table " + path;
        }
        String message = String.valueOf(failure.getMessage());
        return "The table %s cannot be read as %s: %s"
                .formatted(path, format, message.lines().findFirst().orElse("").strip());
    }
}
