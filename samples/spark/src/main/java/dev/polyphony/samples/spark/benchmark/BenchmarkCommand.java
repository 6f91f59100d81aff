/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.benchmark;

import dev.polyphony.samples.spark.model.DigitModel;
import dev.polyphony.samples.spark.score.TableScorer;
import dev.polyphony.samples.spark.session.Sessions;
import dev.polyphony.samples.spark.table.GeneratedDigits;
import dev.polyphony.samples.spark.table.ScoredTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures scoring on this machine. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures how fast generated digits are scored: by one thread of the predictor and by Spark in"
                    + " this process, in turns; by one executor and by two, of a core each; and the heap"
                    + " that the driver keeps.",
            "Wants two idle cores."
        })
public final class BenchmarkCommand implements Callable<Integer> {

    /** Executors of a core and a GiB each. */
    private static final String EXECUTORS = "local-cluster[%d,1,1024]";

    /** As a container of one core does: else a JVM's collector and compiler take the other core. */
    private static final Map<String, String> ONE_CORE =
            Map.of("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1");

    private static final int FILES = 16;
    private static final double MEBI = 1 << 20;

    @Option(
            names = "--rows",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Rows of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Model folder that takes columns p0 to p63, such as that of samples/digits"
                            + " (default: the model of the demo).")
    private Path model;

    @Option(
            names = "--out",
            defaultValue = "runs/benchmark",
            paramLabel = "DIR",
            description = "Folder for table and model (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Spec private CommandSpec spec;

    private PrintWriter print;
    private TableScorer scorer;

    /** Creates the command, as picocli does. */
    public BenchmarkCommand() {}

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        print = spec.commandLine().getOut();
        Path folder = model == null ? DigitModel.ensure(out.resolve("model")) : model;
        scorer = TableScorer.builder().setModel(folder).build();
        try (SparkSession spark = Sessions.open("local[2]", Map.of())) {
            GeneratedDigits.of(spark, rows, FILES, 0)
                    .write()
                    .mode("overwrite")
                    .parquet(tablePath());
        }
        for (int cores = 1; cores <= 2; cores++) {
            try (SparkSession spark = Sessions.open("local[" + cores + "]", Map.of())) {
                Rates.Compared rates = Rates.compare(folder, scorer, table(spark));
                line("predictor, one thread", rates.predictor(), "");
                line(
                        "Spark, %d core%s of this process".formatted(cores, cores == 1 ? "" : "s"),
                        rates.spark(),
                        "%.2f of the predictor, by core".formatted(rates.relative() / cores));
            }
        }
        double one = ofExecutors(1);
        line("one executor", one, "");
        double two = ofExecutors(2);
        line("two executors", two, "%.2f of one".formatted(two / one));
        memory();
        return 0;
    }

    private String tablePath() {
        return out.resolve("table").toString();
    }

    private Dataset<Row> table(SparkSession spark) {
        return spark.read().parquet(tablePath());
    }

    private double ofExecutors(int number) throws IOException {
        try (SparkSession spark = Sessions.open(EXECUTORS.formatted(number), ONE_CORE)) {
            return Rates.ofSpark(scorer, table(spark), number);
        }
    }

    /**
     * The heap of the driver after a tenth of the rows and after all, with what comes of the second
     * job anew.
     */
    private void memory() throws IOException {
        try (SparkSession spark = Sessions.open(EXECUTORS.formatted(2), Map.of())) {
            for (long share : new long[] {10, 10, 1}) {
                Dataset<Row> table = table(spark).filter("id %% %d = 0".formatted(share));
                ScoredTable scored =
                        ScoredTable.write(
                                scorer.score(table),
                                scorer.getErrorColumn(),
                                out.resolve("scored").toString(),
                                true);
                System.gc();
                double heap =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
                print.printf(
                        Locale.ROOT,
                        "%-32s %,12.1f MiB%n",
                        "driver, after %,d rows".formatted(scored.scored()),
                        heap);
            }
        }
    }

    private void line(String what, double rate, String ratio) {
        print.printf(Locale.ROOT, "%-32s %,12.0f rows/s   %s%n", what, rate, ratio);
        print.flush();
    }
}
