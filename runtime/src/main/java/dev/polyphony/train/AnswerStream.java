/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.source.Prefetch;
import java.util.stream.IntStream;

/** Asks all members of an ensemble about a data set, batch by batch, and keeps nothing. */
final class AnswerStream {

    private final Ensemble ensemble;
    private final NDManager manager;
    private final Sink sink;
    private final TestTimeAugmentation views;

    /** Takes the answers to a batch. */
    @FunctionalInterface
    interface Sink {

        void onBatch(Batch batch);
    }

    /**
     * A batch.
     *
     * @param manager the manager of its arrays, closed after it
     * @param at its first example among all
     * @param source where its examples are
     * @param from its first example there
     * @param to behind its last example there
     * @param inputs the examples
     * @param outputs what the members give, {@code [B, M, K]}
     */
    record Batch(
            NDManager manager,
            int at,
            LabeledData source,
            int from,
            int to,
            NDList inputs,
            NDArray outputs) {}

    private AnswerStream(
            Ensemble ensemble, NDManager manager, TestTimeAugmentation views, Sink sink) {
        this.ensemble = ensemble;
        this.manager = manager;
        this.views = views;
        this.sink = sink;
    }

    /** Asks for all examples, in their order. */
    static void run(Ensemble ensemble, NDManager manager, Examples data, Sink sink) {
        run(ensemble, manager, data, null, sink);
    }

    /** Asks for all examples, in their order, about each view of them unless there is null. */
    static void run(
            Ensemble ensemble,
            NDManager manager,
            Examples data,
            TestTimeAugmentation views,
            Sink sink) {
        AnswerStream stream = new AnswerStream(ensemble, manager, views, sink);
        if (data instanceof LabeledData labeled) {
            stream.askAll(labeled);
        } else {
            stream.askReading(data);
        }
    }

    private void askAll(LabeledData all) {
        int size = all.size();
        for (int from = 0; from < size; from += MemberPrediction.BATCH) {
            ask(all, from, Math.min(from + MemberPrediction.BATCH, size), from);
        }
    }

    private void askReading(Examples data) {
        int size = data.size();
        int batches = (size + MemberPrediction.BATCH - 1) / MemberPrediction.BATCH;
        try (Prefetch prefetch = new Prefetch(data, batch -> indices(batch, size), 0, batches)) {
            for (int batch = 0; batch < batches; batch++) {
                LabeledData read = prefetch.next();
                ask(read, 0, read.size(), batch * MemberPrediction.BATCH);
            }
        }
    }

    private static int[] indices(int batch, int size) {
        int from = batch * MemberPrediction.BATCH;
        return IntStream.range(from, Math.min(from + MemberPrediction.BATCH, size)).toArray();
    }

    private void ask(LabeledData source, int from, int to, int at) {
        try (NDManager batch = manager.newSubManager()) {
            NDList x = new NDList(source.toArray(batch, from, to));
            ParameterStore store = new ParameterStore(batch, false);
            NDArray y =
                    views == null
                            ? ask(store, x)
                            : views.predict(
                                    x.singletonOrThrow(), view -> ask(store, new NDList(view)));
            int members = ensemble.getMembers();
            MemberPrediction.requireClasses(
                    y.getShape(), views == null ? members : views.getMembers(members));
            sink.onBatch(new Batch(batch, at, source, from, to, x, y));
        }
    }

    private NDArray ask(ParameterStore store, NDList x) {
        return ensemble.forward(store, x, false).singletonOrThrow();
    }
}
