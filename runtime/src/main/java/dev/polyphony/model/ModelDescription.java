/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import dev.polyphony.data.InputFormat;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.calibrate.Scaling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * All that a model folder says of its model, beside the parameters.
 *
 * @param name the name for readers
 * @param network the network, and how it is made again
 * @param task what it answers
 * @param classNames the names of the classes, labels or numbers
 * @param input what an example is, and how it becomes an array
 * @param answers how an answer is made of what members say
 * @param training how it was trained
 * @param data fingerprints of the data, by {@code training} and {@code validation}
 * @param metrics what it came to when it was judged last, by name; may be empty
 * @param versions what it was written with
 */
public record ModelDescription(
        String name,
        NetworkDescription network,
        Task task,
        List<String> classNames,
        InputFormat input,
        AnswerRule answers,
        TrainingSummary training,
        Map<String, DataFingerprint> data,
        Map<String, Double> metrics,
        Versions versions) {

    /** Requires a name for each output, and a rule of answers that fits the model. */
    public ModelDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(answers, "answers");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(versions, "versions");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        classNames = requireNames(classNames, network.outputs());
        requireFit(answers, task, network);
    }

    /**
     * Requires a name for each output.
     *
     * @param names the names; none stands for {@code 0}, {@code 1}, ...
     * @param outputs the number of outputs
     * @return the names
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static List<String> requireNames(List<String> names, int outputs) {
        if (names.isEmpty()) {
            return IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
        }
        if (names.size() != outputs) {
            throw new IllegalArgumentException(
                    "%d class names for a model of %d outputs: give the name of every class"
                            .formatted(names.size(), outputs));
        }
        return List.copyOf(names);
    }

    /**
     * Returns the same with other names of the classes.
     *
     * @param other the names, one for each output
     * @return the description
     */
    public ModelDescription withClassNames(List<String> other) {
        return new ModelDescription(
                name, network, task, other, input, answers, training, data, metrics, versions);
    }

    /**
     * Returns the same with another input.
     *
     * @param other what an example is
     * @return the description
     * @throws IllegalArgumentException if its array has another shape or data type
     */
    public ModelDescription withInput(InputFormat other) {
        if (!other.shape().equals(input.shape()) || other.dataType() != input.dataType()) {
            throw new IllegalArgumentException(
                    "The network takes examples of the shape %s and type %s, but the input gives %s and %s"
                            .formatted(
                                    input.shape(),
                                    input.dataType(),
                                    other.shape(),
                                    other.dataType()));
        }
        return new ModelDescription(
                name, network, task, classNames, other, answers, training, data, metrics, versions);
    }

    /**
     * Returns the same with another rule of answers.
     *
     * @param other how an answer is made
     * @return the description
     * @throws IllegalArgumentException if its calibration is for other members or classes, or it
     *     abstains, and the task is not one of classes
     */
    public ModelDescription withAnswers(AnswerRule other) {
        return new ModelDescription(
                name, network, task, classNames, input, other, training, data, metrics, versions);
    }

    private static void requireFit(AnswerRule answers, Task task, NetworkDescription network) {
        answers.calibration().ifPresent(calibration -> requireFit(calibration, task, network));
        if (answers.abstention().isPresent() && task != Task.CLASSIFICATION) {
            throw new IllegalArgumentException(
                    "A rule of abstention is for models that choose a class, but the task is %s: leave it out, and decide by the answer's uncertainty"
                            .formatted(task));
        }
    }

    private static void requireFit(
            EnsembleCalibration calibration, Task task, NetworkDescription network) {
        int members = calibration.getMembers().size();
        Scaling one = calibration.getPooled().orElseGet(() -> calibration.getMembers().get(0));
        boolean fits =
                (members == 0 || members == network.members())
                        && one.getClasses() == network.outputs();
        if (!fits || task != Task.CLASSIFICATION) {
            throw new IllegalArgumentException(
                    "The calibration is for %d members and %d classes, but the model has the task %s, %d members and %d outputs"
                            .formatted(
                                    members,
                                    one.getClasses(),
                                    task,
                                    network.members(),
                                    network.outputs()));
        }
    }

    /**
     * Returns the same with other metrics.
     *
     * @param other the figures by name
     * @return the description
     */
    public ModelDescription withMetrics(Map<String, Double> other) {
        return new ModelDescription(
                name, network, task, classNames, input, answers, training, data, other, versions);
    }

    /**
     * Returns the same with another name.
     *
     * @param other the name for readers
     * @return the description
     */
    public ModelDescription withName(String other) {
        return new ModelDescription(
                other,
                network,
                task,
                classNames,
                input,
                answers,
                training,
                data,
                metrics,
                versions);
    }
}
