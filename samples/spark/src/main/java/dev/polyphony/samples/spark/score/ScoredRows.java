/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition with their answers, in the same order; a batch is in memory at a time.
 */
final class ScoredRows implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final RowReader reader;
    private final ForwardPass pass;
    private final AnswerColumns columns;
    private final int added;

    private final Row[] batch;
    private final String[] reasons;
    private Object[][] answers;
    private int size;
    private int next;
    private int nextAnswer;

    ScoredRows(
            Iterator<Row> rows,
            RowReader reader,
            ForwardPass pass,
            AnswerColumns columns,
            int batchSize) {
        this.rows = rows;
        this.reader = reader;
        this.pass = pass;
        this.columns = columns;
        this.added = columns.fields().size();
        this.batch = new Row[batchSize];
        this.reasons = new String[batchSize];
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasNext() {
        if (next == size) {
            fill();
        }
        return next < size;
    }

    /** {@inheritDoc} */
    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more rows");
        }
        Row row = batch[next];
        String reason = reasons[next++];
        Object[] answer = reason == null ? answers[nextAnswer++] : null;
        int length = row.length();
        Object[] values = new Object[length + added + 1];
        for (int i = 0; i < length; i++) {
            values[i] = row.get(i);
        }
        if (answer != null) {
            System.arraycopy(answer, 0, values, length, added);
        }
        values[values.length - 1] = reason;
        return RowFactory.create(values);
    }

    private void fill() {
        size = 0;
        next = 0;
        nextAnswer = 0;
        int good = 0;
        while (size < batch.length && rows.hasNext()) {
            Row row = rows.next();
            String reason = reader.read(row, pass.getFeatures(), good * pass.getLength());
            batch[size] = row;
            reasons[size++] = reason;
            good += reason == null ? 1 : 0;
        }
        if (good > 0) {
            float[] scores = pass.run(good);
            int sound = dropUnsound(scores, good);
            if (sound > 0) {
                int width = scores.length / good;
                answers =
                        columns.answer(
                                sound == good ? scores : Arrays.copyOf(scores, sound * width),
                                sound);
            }
        }
    }

    /** Moves the scores of rows that the model cannot answer out of the way; counts the others. */
    private int dropUnsound(float[] scores, int good) {
        int width = scores.length / good;
        int sound = 0;
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (reasons[i] != null) {
                continue;
            }
            if (isFinite(scores, at * width, width)) {
                if (sound < at) {
                    System.arraycopy(scores, at * width, scores, sound * width, width);
                }
                sound++;
            } else {
                reasons[i] = "the model's scores are not finite";
            }
            at++;
        }
        return sound;
    }

    private static boolean isFinite(float[] scores, int from, int width) {
        for (int i = from; i < from + width; i++) {
            if (!Float.isFinite(scores[i])) {
                return false;
            }
        }
        return true;
    }
}
