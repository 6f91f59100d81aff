/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.benchmark;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.polyphony.inference.BatchPrediction;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.samples.spark.model.Digits;
import dev.polyphony.samples.spark.score.TableScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many rows a second are scored: medians of runs, after others that warm up. */
final class Rates {

    private static final int RUNS = 5;

    /** Until the JVM that scores has compiled what it does. */
    private static final int WARM_UPS = 3;

    private static final int BATCH = 256;
    private static final int PREDICTED = 100_000;
    private static final double NANOS = 1e9;

    private Rates() {}

    /**
     * What two ways of scoring come to in turns, so that both meet the machine in the same moods.
     *
     * @param predictor rows a second of the predictor
     * @param spark rows a second of Spark
     * @param relative Spark's rate in the predictor's, the median of the turns
     */
    record Compared(double predictor, double spark, double relative) {}

    /** Work that is timed. */
    @FunctionalInterface
    private interface Work {

        void run() throws IOException, TranslateException;
    }

    /**
     * Spark, which reads the table and scores all of it into nothing, beside DJL's predictor on one
     * thread with rows in memory and batches of the same size.
     */
    static Compared compare(Path model, TableScorer scorer, Dataset<Row> table) throws IOException {
        long rows = table.count();
        List<float[]> examples = examples(table.limit((int) Math.min(PREDICTED, rows)));
        Criteria<float[], EnsembleClassifications> criteria =
                Criteria.builder()
                        .setTypes(float[].class, EnsembleClassifications.class)
                        .optModelPath(model)
                        .optTranslatorFactory(new EnsembleTranslatorFactory())
                        .build();
        try (ZooModel<float[], EnsembleClassifications> loaded = criteria.loadModel();
                Predictor<float[], EnsembleClassifications> predictor = loaded.newPredictor()) {
            double[] ours = new double[RUNS];
            double[] sparks = new double[RUNS];
            double[] relative = new double[RUNS];
            for (int i = -WARM_UPS; i < RUNS; i++) {
                double one =
                        time(
                                examples.size(),
                                () -> BatchPrediction.predict(predictor, examples, BATCH));
                double other = time(rows, () -> score(scorer, table));
                if (i >= 0) {
                    ours[i] = one;
                    sparks[i] = other;
                    relative[i] = other / one;
                }
            }
            return new Compared(median(ours), median(sparks), median(relative));
        } catch (ModelException | TranslateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Spark alone.
     *
     * @param executors the number of processes among which the runs that warm up are shared out
     */
    static double ofSpark(TableScorer scorer, Dataset<Row> table, int executors)
            throws IOException {
        long rows = table.count();
        double[] rates = new double[RUNS];
        try {
            for (int i = 0; i < WARM_UPS * executors; i++) {
                score(scorer, table);
            }
            for (int i = 0; i < RUNS; i++) {
                rates[i] = time(rows, () -> score(scorer, table));
            }
        } catch (TranslateException e) {
            throw new IOException(e.getMessage(), e);
        }
        return median(rates);
    }

    private static void score(TableScorer scorer, Dataset<Row> table) {
        scorer.score(table).write().format("noop").mode("overwrite").save();
    }

    private static List<float[]> examples(Dataset<Row> table) {
        int first = table.schema().fieldIndex("p0");
        List<float[]> examples = new ArrayList<>();
        for (Row row : table.collectAsList()) {
            float[] example = new float[Digits.PIXELS];
            for (int i = 0; i < example.length; i++) {
                example[i] = row.getInt(first + i) / 16f;
            }
            examples.add(example);
        }
        return examples;
    }

    private static double time(long rows, Work work) throws IOException, TranslateException {
        long start = System.nanoTime();
        work.run();
        return rows / ((System.nanoTime() - start) / NANOS);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
