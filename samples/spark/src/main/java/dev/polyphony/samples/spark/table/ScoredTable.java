/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A scored table in files: Parquet, in the folders {@code outcome=scored} and {@code
 * outcome=rejected}, which are one table whose column {@code outcome} tells them apart.
 *
 * @param path the folder
 * @param scored the number of rows with an answer
 * @param rejected the number of rows without one
 * @param reasons the most frequent reasons for that, with their numbers of rows
 */
public record ScoredTable(String path, long scored, long rejected, Map<String, Long> reasons) {

    /** The column that tells rows with an answer from the others. */
    public static final String OUTCOME = "outcome";

    private static final String SCORED = "scored";
    private static final String REJECTED = "rejected";
    private static final int REASONS = 5;

    /**
     * Writes a table in one pass, and counts what has been written.
     *
     * @param table what a scorer has made
     * @param error the column with the reason of rows without an answer
     * @param path the folder
     * @param overwrite whether a folder that is there is replaced
     * @return what has been written
     * @throws IllegalArgumentException if the folder is there and shall not be replaced, or the
     *     table has a column {@link #OUTCOME}, or is read from the folder that would be replaced
     */
    public static ScoredTable write(
            Dataset<Row> table, String error, String path, boolean overwrite) {
        if (Arrays.stream(table.columns()).anyMatch(OUTCOME::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "The table has already a column named %s: rename it".formatted(OUTCOME));
        }
        if (overwrite) {
            requireNotRead(table, path);
        }
        SparkSession spark = table.sparkSession();
        // a file for each outcome, open at the same time: no need to sort rows by it
        spark.conf().set("spark.sql.maxConcurrentOutputFileWriters", 2);
        try {
            table.withColumn(OUTCOME, when(quoted(error).isNull(), SCORED).otherwise(REJECTED))
                    .write()
                    .mode(overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
                    .partitionBy(OUTCOME)
                    .parquet(path);
        } catch (Exception e) {
            if (e instanceof AnalysisException analysis
                    && String.valueOf(analysis.getCondition()).startsWith("PATH_ALREADY_EXISTS")) {
                throw new IllegalArgumentException(
                        path + " is there already: give another folder, or say to overwrite it", e);
            }
            throw e;
        }
        return count(spark, error, path);
    }

    /** Spark deletes the folder before it reads the first row. */
    private static void requireNotRead(Dataset<Row> table, String path) {
        Path out = new Path(path);
        try {
            FileSystem files =
                    out.getFileSystem(table.sparkSession().sparkContext().hadoopConfiguration());
            String folder = files.makeQualified(out) + "/";
            for (String file : table.inputFiles()) {
                if ((files.makeQualified(new Path(URI.create(file))) + "/").startsWith(folder)) {
                    throw new IllegalArgumentException(
                            "%s has the table that is scored, which would be deleted: give another folder for the result"
                                    .formatted(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be looked at: %s".formatted(path, e), e);
        }
    }

    private static ScoredTable count(SparkSession spark, String error, String path) {
        Dataset<Row> written = spark.read().parquet(path);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Row row : written.groupBy(OUTCOME).count().collectAsList()) {
            counts.put(row.getString(0), row.getLong(1));
        }
        Map<String, Long> reasons = new LinkedHashMap<>();
        if (counts.containsKey(REJECTED)) {
            for (Row row :
                    written.filter(col(OUTCOME).equalTo(REJECTED))
                            .groupBy(quoted(error))
                            .count()
                            .orderBy(col("count").desc(), quoted(error))
                            .limit(REASONS)
                            .collectAsList()) {
                reasons.put(row.getString(0), row.getLong(1));
            }
        }
        return new ScoredTable(
                path, counts.getOrDefault(SCORED, 0L), counts.getOrDefault(REJECTED, 0L), reasons);
    }

    private static org.apache.spark.sql.Column quoted(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }
}
