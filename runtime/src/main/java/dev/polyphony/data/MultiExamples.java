/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Examples with several inputs and several right answers, in the memory of the host: an image and a
 * vector, say, and for each a class and a number.
 *
 * <pre>{@code
 * MultiExamples data = MultiExamples.builder()
 *         .addInput("image", pixels, new Shape(1, 8, 8))
 *         .addInput("sensors", readings, new Shape(12))
 *         .addClasses("digit", digits, 10)
 *         .addTargets("mass", masses)
 *         .build();
 * }</pre>
 *
 * <p>Inputs stand in the order in which the model takes them; answers are found by the names of the
 * model's tasks. Where an answer is not known, a placeholder stands in its place and {@link
 * Builder#optMissing} says so: such an example teaches the other tasks only.
 */
public final class MultiExamples {

    private final Map<String, LabeledData> inputs;
    private final Map<String, Targets> answers;
    private final Map<String, boolean[]> missing;
    private final Map<String, InputFormat> formats;
    private final Map<String, List<String>> names;
    private final int size;

    private MultiExamples(
            Map<String, LabeledData> inputs,
            Map<String, Targets> answers,
            Map<String, boolean[]> missing,
            Map<String, InputFormat> formats,
            Map<String, List<String>> names) {
        this.inputs = inputs;
        this.answers = answers;
        this.missing = missing;
        this.formats = formats;
        this.names = names;
        size = inputs.values().iterator().next().size();
    }

    /**
     * Creates a builder.
     *
     * @return a builder of examples without inputs and answers
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with these inputs and answers.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.inputs.putAll(inputs);
        builder.answers.putAll(answers);
        builder.missing.putAll(missing);
        builder.formats.putAll(formats);
        builder.names.putAll(names);
        return builder;
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return size;
    }

    /**
     * Returns the names of the inputs.
     *
     * @return the names, in the order in which a model takes the inputs
     */
    public List<String> getInputs() {
        return List.copyOf(inputs.keySet());
    }

    /**
     * Returns the shapes of a number of examples.
     *
     * @param examples the number
     * @return a shape {@code [examples, x...]} for each input
     */
    public Shape[] getInputShapes(int examples) {
        return inputs.values().stream()
                .map(input -> new Shape(examples).addAll(input.getShape()))
                .toArray(Shape[]::new);
    }

    /**
     * Returns an input.
     *
     * @param name its name
     * @return its features, without answers
     * @throws IllegalArgumentException if there is none of this name
     */
    public LabeledData getInput(String name) {
        return require("input", inputs, name);
    }

    /**
     * Returns how an input became an array.
     *
     * @param name its name
     * @return that of the file that it was read from; of arrays their shape and type
     */
    public InputFormat getInputFormat(String name) {
        return formats.getOrDefault(name, getInput(name).getInputFormat());
    }

    /**
     * Returns the names of the answers.
     *
     * @return the names, in the order in which they were added
     */
    public List<String> getAnswers() {
        return List.copyOf(answers.keySet());
    }

    /**
     * Returns of what task an answer is.
     *
     * @param name its name
     * @return the task
     */
    public Task getTask(String name) {
        return answer(name).task();
    }

    /**
     * Returns how many numbers a model gives for an answer.
     *
     * @param name its name
     * @return the classes, labels or targets
     */
    public int getOutputs(String name) {
        return answer(name).outputs();
    }

    /**
     * Returns what the numbers of an answer are called.
     *
     * @param name its name
     * @return the names of the classes, labels or targets; {@code 0}, {@code 1}, ... without names
     */
    public List<String> getOutputNames(String name) {
        int outputs = getOutputs(name);
        return names.getOrDefault(
                name, IntStream.range(0, outputs).mapToObj(Integer::toString).toList());
    }

    /**
     * Returns the class of each example.
     *
     * @param name the name of the answer
     * @return the classes; placeholders where they are missing
     */
    public int[] getClasses(String name) {
        return answer(name).labels();
    }

    /**
     * Returns the labels or numbers of each example.
     *
     * @param name the name of the answer
     * @return the targets {@code [N, K]} in row-major order; placeholders where they are missing
     */
    public float[] getTargets(String name) {
        return answer(name).values();
    }

    /**
     * Returns where an answer is known.
     *
     * @param name its name
     * @return for each example whether it is
     */
    public boolean[] getKnown(String name) {
        answer(name);
        boolean[] known = new boolean[size];
        boolean[] unknown = missing.get(name);
        for (int i = 0; i < size; i++) {
            known[i] = unknown == null || !unknown[i];
        }
        return known;
    }

    private Targets answer(String name) {
        return require("answer", answers, name);
    }

    private static <T> T require(String what, Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "The data have no %s '%s', but %s".formatted(what, name, all.keySet()));
        }
        return found;
    }

    /**
     * Copies inputs to arrays.
     *
     * @param manager the manager of the arrays
     * @param from the first example
     * @param to the example after the last
     * @return the arrays {@code [to - from, x...]}, in the order of the inputs
     */
    public NDList toInputs(NDManager manager, int from, int to) {
        NDList arrays = new NDList();
        inputs.values().forEach(input -> arrays.add(input.toArray(manager, from, to)));
        return arrays;
    }

    /**
     * Copies the right answers of a task to an array.
     *
     * @param name the name of the answer
     * @param manager the manager of the array
     * @return classes {@code [N]} of {@code int64}, or targets {@code [N, K]} of {@code float32}
     */
    public NDArray toAnswers(String name, NDManager manager) {
        return answer(name).toArray(manager, 0, size);
    }

    /**
     * Returns some of the examples, in the given order.
     *
     * @param examples the examples; may repeat
     * @return the data
     */
    public MultiExamples subset(int... examples) {
        Map<String, LabeledData> someInputs = new LinkedHashMap<>();
        inputs.forEach((name, input) -> someInputs.put(name, input.subset(examples)));
        Map<String, Targets> someAnswers = new LinkedHashMap<>();
        answers.forEach((name, answer) -> someAnswers.put(name, answer.subset(examples)));
        Map<String, boolean[]> someMissing = new LinkedHashMap<>();
        missing.forEach(
                (name, unknown) -> {
                    boolean[] some = new boolean[examples.length];
                    for (int i = 0; i < some.length; i++) {
                        some[i] = unknown[examples[i]];
                    }
                    someMissing.put(name, some);
                });
        return new MultiExamples(someInputs, someAnswers, someMissing, formats, names);
    }

    /**
     * Returns what tells these data from others.
     *
     * @return the SHA-256 of inputs and answers with their names, and of what is missing
     */
    public String getChecksum() {
        Checksum checksum = new Checksum();
        inputs.forEach((name, input) -> checksum.add(name).add(input.getChecksum()));
        answers.forEach(
                (name, answer) -> {
                    checksum.add(name);
                    if (answer.task() == Task.CLASSIFICATION) {
                        checksum.add(answer.labels());
                    } else {
                        checksum.add(answer.values());
                    }
                    for (boolean known : getKnown(name)) {
                        checksum.add((byte) (known ? 1 : 0));
                    }
                });
        return checksum.get();
    }

    /**
     * Divides the examples at random.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts
     * @throws IllegalArgumentException if a share is not above 0, they exceed 1, or a part is empty
     */
    public MultiExamples[] split(long seed, double... fractions) {
        return Arrays.stream(Splits.plain(size, seed, fractions))
                .map(this::subset)
                .toArray(MultiExamples[]::new);
    }

    /** The builder of {@link MultiExamples}. */
    public static final class Builder {

        private final Map<String, LabeledData> inputs = new LinkedHashMap<>();
        private final Map<String, Targets> answers = new LinkedHashMap<>();
        private final Map<String, boolean[]> missing = new LinkedHashMap<>();
        private final Map<String, InputFormat> formats = new LinkedHashMap<>();
        private final Map<String, List<String>> names = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds an input of numbers, or replaces the one of this name.
         *
         * @param name the name for readers
         * @param features the examples one after the other, {@code [N, shape...]}; not copied
         * @param shape the shape of one example
         * @return this builder
         */
        public Builder addInput(String name, float[] features, Shape shape) {
            inputs.put(name, LabeledData.unlabeled(features, shape));
            formats.remove(name);
            return this;
        }

        /**
         * Adds an input of ids, which the model looks up in an embedding, such as tokens of a text.
         *
         * @param name the name for readers
         * @param ids the ids of the examples one after the other, {@code [N, shape...]}; not copied
         * @param shape the shape of one example
         * @return this builder
         */
        public Builder addIds(String name, long[] ids, Shape shape) {
            inputs.put(name, LabeledData.unlabeledIds(ids, shape));
            formats.remove(name);
            return this;
        }

        /**
         * Adds a class of each example.
         *
         * @param name the name of the task
         * @param labels the classes, from 0
         * @param classes the number of classes
         * @return this builder
         */
        public Builder addClasses(String name, int[] labels, int classes) {
            answers.put(name, new Targets.Classes(labels, classes));
            return this;
        }

        /**
         * Adds several labels of each example.
         *
         * @param name the name of the task
         * @param labels a 1 for each label that an example has and a 0 for all others, {@code
         *     [N][K]}
         * @return this builder
         */
        public Builder addLabels(String name, int[][] labels) {
            answers.put(name, Targets.ofLabels(labels));
            return this;
        }

        /**
         * Adds a number of each example. Numbers are trained on as they are: scale them to about -1
         * to 1 where their units do not.
         *
         * @param name the name of the task
         * @param targets the numbers
         * @return this builder
         */
        public Builder addTargets(String name, float[] targets) {
            answers.put(name, new Targets.Values(Task.REGRESSION, targets.clone(), 1));
            return this;
        }

        /**
         * Adds several numbers of each example.
         *
         * @param name the name of the task
         * @param targets the numbers, {@code [N][K]}
         * @return this builder
         */
        public Builder addTargets(String name, float[][] targets) {
            answers.put(name, Targets.of(Task.REGRESSION, targets));
            return this;
        }

        /**
         * Says how an input became an array, for model folders: {@code predict} reads it alike.
         *
         * @param name the name of the input
         * @param format the format
         * @return this builder
         */
        public Builder optInputFormat(String name, InputFormat format) {
            formats.put(name, format);
            return this;
        }

        /**
         * Sets what the numbers of an answer are called.
         *
         * @param name the name of the task
         * @param outputs the names of the classes, labels or targets, one for each
         * @return this builder
         */
        public Builder optOutputNames(String name, List<String> outputs) {
            names.put(name, List.copyOf(outputs));
            return this;
        }

        /**
         * Says where an answer is not known. A placeholder stands there, any class or number.
         *
         * @param name the name of the task
         * @param unknown for each example whether its answer is missing
         * @return this builder
         */
        public Builder optMissing(String name, boolean... unknown) {
            missing.put(name, unknown.clone());
            return this;
        }

        /**
         * Builds the examples.
         *
         * @return the examples
         * @throws IllegalArgumentException if there is no input, or the numbers of examples differ
         */
        public MultiExamples build() {
            if (inputs.isEmpty()) {
                throw new IllegalArgumentException("Examples need at least one input: addInput");
            }
            Map.Entry<String, LabeledData> first = inputs.entrySet().iterator().next();
            int size = first.getValue().size();
            List<String> wrong = new ArrayList<>();
            inputs.forEach((name, input) -> require(name, input.size(), size, wrong));
            answers.forEach((name, answer) -> require(name, answer.length(), size, wrong));
            missing.forEach((name, unknown) -> require(name, unknown.length, size, wrong));
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(
                        "'%s' has %d examples, but %s: give one of each for an example"
                                .formatted(first.getKey(), size, String.join(", ", wrong)));
            }
            for (String name : missing.keySet()) {
                if (!answers.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "There is no answer '%s' of which some could be missing"
                                    .formatted(name));
                }
            }
            formats.forEach(this::requireFormat);
            names.forEach(this::requireNames);
            return new MultiExamples(
                    new LinkedHashMap<>(inputs),
                    new LinkedHashMap<>(answers),
                    new LinkedHashMap<>(missing),
                    new LinkedHashMap<>(formats),
                    new LinkedHashMap<>(names));
        }

        private void requireFormat(String name, InputFormat format) {
            LabeledData input = MultiExamples.require("input", inputs, name);
            if (!format.shape().equals(input.getShape())
                    || format.dataType() != input.getDataType()) {
                throw new IllegalArgumentException(
                        "The input '%s' has examples of the shape %s and type %s, but its format gives %s and %s"
                                .formatted(
                                        name,
                                        input.getShape(),
                                        input.getDataType(),
                                        format.shape(),
                                        format.dataType()));
            }
        }

        private void requireNames(String name, List<String> own) {
            int outputs = MultiExamples.require("answer", answers, name).outputs();
            if (own.size() != outputs) {
                throw new IllegalArgumentException(
                        "%d names for the answer '%s' of %d outputs: give one for each"
                                .formatted(own.size(), name, outputs));
            }
        }

        private static void require(String name, int length, int size, List<String> wrong) {
            if (length != size) {
                wrong.add("'%s' has %d".formatted(name, length));
            }
        }
    }
}
