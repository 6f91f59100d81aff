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

/** Rows a second: the median of three runs, after one that warms up. */
final class Rates {

    private static final int RUNS = 3;
    private static final int BATCH = 256;
    private static final double NANOS = 1e9;

    private Rates() {}

    /** Work that is timed. */
    @FunctionalInterface
    interface Work {

        void run() throws IOException, TranslateException;
    }

    static double measure(long rows, Work work) throws IOException {
        double[] rates = new double[RUNS];
        try {
            work.run();
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                work.run();
                rates[i] = rows / ((System.nanoTime() - start) / NANOS);
            }
        } catch (TranslateException e) {
            throw new IOException(e.getMessage(), e);
        }
        Arrays.sort(rates);
        return rates[RUNS / 2];
    }

    /** Spark reads the table and scores all of it; the rows go nowhere. */
    static double ofSpark(TableScorer scorer, Dataset<Row> table) throws IOException {
        return measure(
                table.count(),
                () -> scorer.score(table).write().format("noop").mode("overwrite").save());
    }

    /** DJL's predictor on one thread, with rows in memory and the same batches. */
    static double ofPredictor(Path model, Dataset<Row> table, int rows) throws IOException {
        List<float[]> examples = new ArrayList<>();
        int first = table.schema().fieldIndex("p0");
        for (Row row : table.limit(rows).collectAsList()) {
            float[] example = new float[Digits.PIXELS];
            for (int i = 0; i < example.length; i++) {
                example[i] = row.getInt(first + i) / 16f;
            }
            examples.add(example);
        }
        Criteria<float[], EnsembleClassifications> criteria =
                Criteria.builder()
                        .setTypes(float[].class, EnsembleClassifications.class)
                        .optModelPath(model)
                        .optTranslatorFactory(new EnsembleTranslatorFactory())
                        .build();
        try (ZooModel<float[], EnsembleClassifications> loaded = criteria.loadModel();
                Predictor<float[], EnsembleClassifications> predictor = loaded.newPredictor()) {
            return measure(
                    examples.size(), () -> BatchPrediction.predict(predictor, examples, BATCH));
        } catch (ModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
