/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.polyphony.samples.spark.model.DigitModel;
import dev.polyphony.samples.spark.score.TableScorer;
import dev.polyphony.samples.spark.table.GeneratedDigits;
import dev.polyphony.samples.spark.table.ScoredTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how a table is scored, with a model and a table of its own. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Trains a small model of handwritten digits, and scores a generated table with it.")
final class DemoCommand implements Callable<Integer> {

    private static final int ROWS_OF_A_TASK = 25_000;
    private static final int DAMAGED_EVERY = 10_000;

    @Option(
            names = "--rows",
            defaultValue = "100000",
            paramLabel = "N",
            description = "Rows of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--out",
            defaultValue = "runs/demo",
            paramLabel = "DIR",
            description = "Folder for the model and the scored table (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin private SparkOptions options;

    @Spec private CommandSpec spec;

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        Path model = DigitModel.ensure(out.resolve("model"));
        TableScorer scorer = TableScorer.builder().setModel(model).build();
        try (SparkSession spark = options.open()) {
            int partitions =
                    (int)
                            Math.max(
                                    spark.sparkContext().defaultParallelism(),
                                    (rows + ROWS_OF_A_TASK - 1) / ROWS_OF_A_TASK);
            Dataset<Row> table = GeneratedDigits.of(spark, rows, partitions, DAMAGED_EVERY);
            ScoredTable written =
                    ScoredTable.write(
                            scorer.score(table),
                            scorer.getErrorColumn(),
                            out.resolve("scored").toString(),
                            true);
            PrintWriter print = spec.commandLine().getOut();
            Summary.print(written, print);
            Row figures =
                    spark.read()
                            .parquet(written.path())
                            .filter(col(ScoredTable.OUTCOME).equalTo("scored"))
                            .agg(
                                    avg(
                                            when(col("prediction").equalTo(col("label")), 1.0)
                                                    .otherwise(0.0)),
                                    avg("entropy"))
                            .first();
            if (written.scored() > 0) {
                print.printf(
                        Locale.ROOT,
                        "The digit is right in %.1f %% of them; mean entropy %.3f nats%n",
                        100 * figures.getDouble(0),
                        figures.getDouble(1));
            }
            print.flush();
        }
        return 0;
    }
}
