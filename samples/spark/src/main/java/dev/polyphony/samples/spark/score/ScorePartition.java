/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.model.ModelDescription;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** Scores a partition, on an executor. */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final Broadcast<ModelFiles> files;
    private final StructType schema;
    private final ScoreSettings settings;

    ScorePartition(Broadcast<ModelFiles> files, StructType schema, ScoreSettings settings) {
        this.files = files;
        this.schema = schema;
        this.settings = settings;
    }

    /** {@inheritDoc} */
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        LoadedModel model = LoadedModel.acquire(files.value());
        // also where a task fails, is stopped, or wants no more rows
        TaskContext.get()
                .addTaskCompletionListener((TaskCompletionListener) context -> model.release());
        ModelDescription description = model.getDescription();
        return new ScoredRows(
                rows,
                RowReaders.of(schema, description.input(), settings),
                new ForwardPass(model, settings.batchSize()),
                AnswerColumns.of(description, settings.interval()),
                settings.batchSize());
    }
}
