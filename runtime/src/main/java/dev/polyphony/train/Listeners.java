/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.translate.Batchifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The user's listeners and evaluators, notified where DJL's {@code EasyTrain} notifies them. */
final class Listeners {

    private final Trainer trainer;
    private final List<TrainingListener> listeners;

    private Listeners(Trainer trainer, List<TrainingListener> listeners) {
        this.trainer = trainer;
        this.listeners = listeners;
    }

    /** The listeners that a trainer was made with. */
    static Listeners of(Trainer trainer, List<TrainingListener> listeners) {
        return new Listeners(trainer, listeners);
    }

    /**
     * The listeners of a training, with one that keeps what evaluators say if there are any: in
     * front, so that the others find its values.
     */
    static List<TrainingListener> with(LoopSettings<?> settings) {
        List<TrainingListener> all = new ArrayList<>(settings.listeners);
        boolean kept = all.stream().anyMatch(EvaluatorTrainingListener.class::isInstance);
        if (!settings.evaluators.isEmpty() && !kept) {
            all.add(0, new EvaluatorTrainingListener());
        }
        return all;
    }

    /** Whether listeners are known to leave the parameters alone: DJL's own do. */
    static boolean leaveParameters(List<TrainingListener> listeners) {
        return listeners.stream()
                .allMatch(listener -> listener.getClass().getName().startsWith("ai.djl."));
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** A batch as DJL hands it to listeners: inputs, labels, and predictions by device. */
    static final class Seen {

        private final NDManager manager;
        private final Batch batch;
        private final Map<Device, NDList> labels = new LinkedHashMap<>();
        private final Map<Device, NDList> predictions = new LinkedHashMap<>();

        /** The manager owns what is kept until the listeners have seen it. */
        Seen(NDManager manager, NDList inputs, NDList labels, int step, int steps) {
            this.manager = manager;
            int rows = Math.toIntExact(inputs.head().getShape().get(0));
            batch =
                    new Batch(
                            manager,
                            inputs,
                            labels,
                            rows,
                            Batchifier.STACK,
                            Batchifier.STACK,
                            step,
                            steps);
        }

        /** Keeps the labels and predictions of a part of the batch. */
        void add(NDList partLabels, NDList partPredictions) {
            Device device = partPredictions.head().getDevice();
            put(labels, device, partLabels);
            put(predictions, device, partPredictions);
        }

        /** Parts of one device follow one another. */
        private void put(Map<Device, NDList> byDevice, Device device, NDList arrays) {
            NDList before = byDevice.get(device);
            NDList all = new NDList(arrays.size());
            for (int i = 0; i < arrays.size(); i++) {
                NDList rows = new NDList(arrays.get(i).stopGradient());
                if (before != null) {
                    rows.add(0, before.get(i));
                }
                all.add(rows.size() == 1 ? rows.head() : NDArrays.concat(rows));
            }
            all.attach(manager);
            byDevice.put(device, all);
        }

        private BatchData toData() {
            return new BatchData(
                    batch, new ConcurrentHashMap<>(labels), new ConcurrentHashMap<>(predictions));
        }
    }

    void onTrainingBatch(Seen seen) {
        BatchData data = seen.toData();
        trainer.notifyListeners(listener -> listener.onTrainingBatch(trainer, data));
    }

    void onValidationBatch(Seen seen) {
        BatchData data = seen.toData();
        trainer.notifyListeners(listener -> listener.onValidationBatch(trainer, data));
    }

    /** Ends an epoch. */
    void onEpoch() {
        trainer.notifyListeners(listener -> listener.onEpoch(trainer));
    }

    /** What the evaluators came to in the epoch that is over. */
    Map<String, Double> getMetrics(List<String> evaluators) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Map<String, Float> latest = new TreeMap<>();
        for (TrainingListener listener : listeners) {
            if (listener instanceof EvaluatorTrainingListener values) {
                latest.putAll(values.getLatestEvaluations());
            }
        }
        for (String name : evaluators) {
            for (String key : List.of("train_" + name, "validate_" + name)) {
                Float value = latest.get(key);
                if (value != null && !value.isNaN()) {
                    metrics.put(key, value.doubleValue());
                }
            }
        }
        return metrics;
    }
}
