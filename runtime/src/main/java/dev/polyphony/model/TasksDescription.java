/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import dev.polyphony.data.InputFormat;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that a model folder says of a model of several tasks, beside the parameters.
 *
 * @param name the name for readers
 * @param network the network, whose outputs are those of all tasks together
 * @param tasks what it answers, in the order of its outputs
 * @param inputs what an example is, in the order in which the network takes it
 * @param aggregation how members are pooled
 * @param training how it was trained
 * @param data fingerprints of the data, by {@code training} and {@code validation}
 * @param metrics what it came to when it was judged last, by name; may be empty
 * @param versions what it was written with
 */
public record TasksDescription(
        String name,
        NetworkDescription network,
        List<Output> tasks,
        List<Input> inputs,
        Aggregation aggregation,
        TrainingSummary training,
        Map<String, DataFingerprint> data,
        Map<String, Double> metrics,
        Versions versions) {

    /** Copies lists and maps. */
    public TasksDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(aggregation, "aggregation");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(versions, "versions");
        tasks = List.copyOf(tasks);
        inputs = List.copyOf(inputs);
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * A task.
     *
     * @param name its name
     * @param kind what it answers
     * @param outputNames the names of the classes, labels or numbers, one for each output
     */
    public record Output(String name, Task kind, List<String> outputNames) {

        /** Copies the names. */
        public Output {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            outputNames = List.copyOf(outputNames);
        }

        /** {@inheritDoc} */
        @Override
        public String toString() {
            return "%s: %s, %d %s"
                    .formatted(
                            name,
                            kind,
                            outputNames.size(),
                            outputNames.size() == 1 ? "output" : "outputs");
        }
    }

    /**
     * An input.
     *
     * @param name its name
     * @param format how a part of an example becomes an array
     */
    public record Input(String name, InputFormat format) {

        /** Requires both. */
        public Input {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(format, "format");
        }
    }

    /**
     * Returns the same with other metrics.
     *
     * @param other the figures by name
     * @return the description
     */
    public TasksDescription withMetrics(Map<String, Double> other) {
        return new TasksDescription(
                name, network, tasks, inputs, aggregation, training, data, other, versions);
    }
}
