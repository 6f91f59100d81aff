/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import ai.djl.nn.Block;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Trains a model in each task alone, in all together, in other ways that are given, and its
 * ensembles, and holds them against one another. Generated comparisons extend it:
 *
 * <pre>{@code
 * TaskReport report = DigitAndMassComparison.of(10)
 *         .optSettings(harness -> harness.optEpochs(20))
 *         .addVariant("uncertainty weighting", harness -> harness.optBalance(Balance.uncertainty()))
 *         .optSeeds(0, 1, 2)
 *         .run(train, test);
 * report.writeTo(Path.of("report"));
 * }</pre>
 *
 * <p>All rows have the same data, and a seed gives all rows the same order of batches, as far as
 * their methods have it. Nothing is chosen on the test data.
 */
public class MultiTaskComparison {

    private final String name;
    private final Supplier<? extends Block> model;
    private final List<MultiTaskHarness> forms;
    private final List<TaskSpec> tasks;
    private final Map<String, Variant> variants = new LinkedHashMap<>();
    private Consumer<MultiTaskHarness> settings = harness -> {};
    private Consumer<MultiTaskHarness> formSettings = harness -> {};
    private int[] seeds = {0};

    /**
     * Creates a comparison.
     *
     * @param name the name of the model
     * @param model makes the plain model, a new one each time
     * @param forms the harnesses of its ensembles
     * @param tasks the outputs of the model, in order
     */
    protected MultiTaskComparison(
            String name,
            Supplier<? extends Block> model,
            List<? extends MultiTaskHarness> forms,
            List<TaskSpec> tasks) {
        this.name = Objects.requireNonNull(name, "name");
        this.model = Objects.requireNonNull(model, "model");
        this.forms = List.copyOf(forms);
        this.tasks = TaskSpec.requireDistinct(tasks);
    }

    /**
     * Creates a comparison of ways to train a plain model.
     *
     * @param name the name of the model
     * @param model makes the model, a new one each time
     * @param tasks the outputs of the model, in order
     * @return the comparison
     */
    public static MultiTaskComparison of(
            String name, Supplier<? extends Block> model, List<TaskSpec> tasks) {
        return new MultiTaskComparison(name, model, List.of(), tasks);
    }

    /**
     * Sets what all rows have in common.
     *
     * @param settings sets the options of a harness
     * @return this
     */
    public MultiTaskComparison optSettings(Consumer<MultiTaskHarness> settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Sets what the ensembles have besides, such as a balance.
     *
     * @param settings sets the options of an ensemble's harness, after the common ones
     * @return this
     */
    public MultiTaskComparison optFormSettings(Consumer<MultiTaskHarness> settings) {
        formSettings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Adds a row: the plain model, trained in another way.
     *
     * @param title the name of the row
     * @param change sets the options in which it differs, after the common ones
     * @return this
     */
    public MultiTaskComparison addVariant(String title, Consumer<MultiTaskHarness> change) {
        return addModel(title, model, change);
    }

    /**
     * Adds a row: another model with the same inputs and outputs.
     *
     * @param title the name of the row
     * @param other makes the model, a new one each time
     * @param change sets the options in which its training differs, after the common ones
     * @return this
     */
    public MultiTaskComparison addModel(
            String title, Supplier<? extends Block> other, Consumer<MultiTaskHarness> change) {
        Objects.requireNonNull(other, "other");
        variants.put(title, new Variant(other, Objects.requireNonNull(change, "change")));
        return this;
    }

    /** A plain model, and how it is trained. */
    private record Variant(Supplier<? extends Block> model, Consumer<MultiTaskHarness> change) {}

    /**
     * Sets the seeds: each row is trained with each.
     *
     * @param seeds the seeds, at least one; 0 if they are not set
     * @return this
     */
    public MultiTaskComparison optSeeds(int... seeds) {
        if (seeds.length == 0) {
            throw new IllegalArgumentException("A comparison needs at least one seed");
        }
        this.seeds = seeds.clone();
        return this;
    }

    /**
     * Trains all rows and judges them.
     *
     * @param train the training data, with an answer for each task
     * @param test the test data, with an answer for each task
     * @return the report
     */
    public TaskReport run(MultiExamples train, MultiExamples test) {
        List<TaskRow> rows = new ArrayList<>();
        TaskRow alone = new TaskRow("each task alone", tasks, 1);
        for (int seed : seeds) {
            alone.add(runAlone(seed, train, test));
        }
        rows.add(alone);
        Map<String, Variant> plain = new LinkedHashMap<>();
        plain.put("together", new Variant(model, harness -> {}));
        plain.putAll(variants);
        plain.forEach(
                (title, variant) -> {
                    TaskRow row = new TaskRow(title, tasks, 1);
                    for (int seed : seeds) {
                        MultiTaskHarness harness = plain(title, variant.model());
                        variant.change().accept(harness);
                        row.add(run(harness, title, seed, train, test));
                    }
                    rows.add(row);
                });
        for (MultiTaskHarness form : forms) {
            String whole = form.getName();
            String prefix = name + ", ";
            String title = whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
            TaskRow row = new TaskRow(title, tasks, form.getRecipe().form().getMembers());
            for (int seed : seeds) {
                settings.accept(form);
                formSettings.accept(form);
                row.add(run(form, title, seed, train, test));
            }
            form.optName(whole);
            rows.add(row);
        }
        return new TaskReport(name, tasks, rows, train.size(), test.size(), true);
    }

    private MultiTaskHarness plain(String title, Supplier<? extends Block> made) {
        MultiTaskHarness harness = MultiTaskHarness.plain(title, made, tasks);
        settings.accept(harness);
        return harness;
    }

    private TaskRow.Run runAlone(int seed, MultiExamples train, MultiExamples test) {
        double[] metrics = new double[tasks.size()];
        List<TaskRow.Doubt> doubts = new ArrayList<>();
        long parameters = 0;
        double seconds = 0;
        String text = "";
        for (int t = 0; t < metrics.length; t++) {
            TaskSpec own = tasks.get(t);
            MultiTaskHarness harness = plain(own.name(), model);
            for (TaskSpec other : tasks) {
                harness.optTaskWeight(other.name(), other.equals(own) ? own.weight() : 0);
            }
            TaskRow.Run run = run(harness, own.name() + " alone", seed, train, test);
            metrics[t] = run.metrics()[t];
            doubts.add(run.uncertainties().get(t));
            parameters += run.parameters();
            seconds += run.seconds();
            text = run.settings();
        }
        return new TaskRow.Run(seed, text, metrics, Double.NaN, doubts, parameters, seconds, null);
    }

    private TaskRow.Run run(
            MultiTaskHarness harness,
            String title,
            int seed,
            MultiExamples train,
            MultiExamples test) {
        String full = seeds.length == 1 ? title : "%s, seed %d".formatted(title, seed);
        try (TrainedTasks trained = harness.optSeed(seed).optName(full).fit(train)) {
            return TaskRow.Run.of(trained, trained.evaluate(test), seed);
        }
    }
}
