/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import dev.polyphony.samples.spark.score.TableScorer;
import dev.polyphony.samples.spark.table.ScoredTable;
import dev.polyphony.samples.spark.table.TableFormat;
import dev.polyphony.samples.spark.table.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a table. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Adds the answers of a trained ensemble to the rows of a table.")
final class ScoreCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "Model folder, such as the folder 'model' of a run.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "TABLE",
            description =
                    "File, folder or pattern, on any file system that Spark and all executors see.")
    private String data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder for the scored table, in Parquet: outcome=scored and outcome=rejected.")
    private String out;

    @Option(
            names = "--overwrite",
            description = "Replaces the folder of the scored table if it is there.")
    private boolean overwrite;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "parquet; csv with a header; multiline for csv with line breaks in quoted fields;"
                            + " images for a folder of image files (default: csv if the name has .csv"
                            + " in it, else parquet).")
    private TableFormat format;

    @Option(
            names = "--features",
            paramLabel = "COLUMN",
            description =
                    "Column with arrays of all features, or with bytes of images (default: 'features';"
                            + " 'image' or 'content').")
    private String features;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Columns with a feature each, in order (default: those that the model was trained"
                            + " on).")
    private List<String> columns = List.of();

    @Option(
            names = "--batch-size",
            defaultValue = "256",
            paramLabel = "N",
            description = "Rows of a forward pass (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--interval",
            defaultValue = "0.9",
            paramLabel = "SHARE",
            description = "Share within lower and upper, for numbers (default: ${DEFAULT-VALUE}).")
    private double interval;

    @Option(
            names = "--prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "What the names of added columns begin with (default: nothing).")
    private String prefix;

    @Mixin private SparkOptions options;

    @Spec private CommandSpec spec;

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        TableScorer.Builder builder =
                TableScorer.builder()
                        .setModel(model)
                        .optFeatures(features)
                        .optColumns(columns)
                        .optBatchSize(batchSize)
                        .optInterval(interval)
                        .optPrefix(prefix);
        // what is wrong with the folder is said before Spark starts
        builder.build();
        TableFormat read = format == null ? Tables.formatOf(data) : format;
        try (SparkSession spark = options.open()) {
            Dataset<Row> table = Tables.read(spark, data, read);
            if (Arrays.asList(table.columns()).contains(Tables.MALFORMED)) {
                builder.optMalformed(Tables.MALFORMED);
            }
            TableScorer scorer = builder.build();
            Summary.print(
                    ScoredTable.write(scorer.score(table), scorer.getErrorColumn(), out, overwrite),
                    spec.commandLine().getOut());
        }
        return 0;
    }
}
