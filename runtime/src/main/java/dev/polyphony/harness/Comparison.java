/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.checks.Checks;
import dev.polyphony.data.Examples;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.report.Report;
import dev.polyphony.train.Training;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trains and judges the plain model, its annotated forms, and a deep ensemble, on the same data
 * with the same settings. Generated comparisons extend it:
 *
 * <pre>{@code
 * Report report = LeNetComparison.of(10).optEpochs(5).run(train, validation, test, Map.of());
 * report.print(System.out);
 * }</pre>
 */
public abstract class Comparison extends TrainingOptions<Comparison> {

    private final String name;
    private final List<Harness> rows = new ArrayList<>();
    private final DropoutRow dropout;
    private Budget budget = Budget.EPOCHS;
    private Path models;
    private Path results;
    private List<Integer> seeds = List.of();
    private int seedCount = 1;

    /**
     * Creates a comparison. It adds the plain model and, if no form is a deep ensemble, one of as
     * many members as the largest form has.
     *
     * @param name the model's name for readers
     * @param model makes the plain model, a new one each time
     * @param forms the harnesses of the annotated forms
     */
    protected Comparison(
            String name, Supplier<? extends Block> model, List<? extends Harness> forms) {
        super(model);
        this.name = Objects.requireNonNull(name, "name");
        dropout = new DropoutRow(model);
        rows.add(ModelHarness.plain(model));
        rows.addAll(forms);
        boolean deep = forms.stream().anyMatch(Comparison::isDeepEnsemble);
        int members =
                forms.stream()
                        .mapToInt(form -> form.getRecipe().form().getMembers())
                        .max()
                        .orElse(1);
        if (!deep && members > 1) {
            rows.add(ModelHarness.deepEnsemble(members, model));
        }
    }

    private static boolean isDeepEnsemble(Harness harness) {
        return harness.getRecipe().form() instanceof DeepEnsembleForm form && form.getMembers() > 1;
    }

    @Override
    protected final Comparison self() {
        return this;
    }

    /**
     * Adds a row, such as a form that is trained in another way.
     *
     * @param harness the harness; its own settings of training are not used
     * @return this
     */
    public Comparison add(Harness harness) {
        rows.add(harness);
        return this;
    }

    /**
     * Sets what is made equal.
     *
     * @param budget epochs, unless it is set
     * @return this
     */
    public Comparison optBudget(Budget budget) {
        this.budget = Objects.requireNonNull(budget, "budget");
        return this;
    }

    /**
     * Sets where the model of each row is saved once it is trained, in a folder of its name; with
     * its calibration, if {@linkplain #optEvaluation one is fitted}.
     *
     * @param folder the folder; made if it is not there; no models are saved if it is not set
     * @return this
     */
    public Comparison optModels(Path folder) {
        models = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Sets the seeds. Each has all rows, with parameters, orders and masks of its own, on the same
     * data; reports then give means and deviations, and compare rows seed by seed.
     *
     * @param seeds the seeds, distinct; the one of {@link #optSeed} alone if they are not set
     * @return this
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public Comparison optSeeds(int... seeds) {
        List<Integer> all = Arrays.stream(seeds).boxed().toList();
        if (all.isEmpty() || new HashSet<>(all).size() < all.size()) {
            throw new IllegalArgumentException(
                    "The seeds must be distinct, and at least one, but were " + all);
        }
        this.seeds = all;
        return this;
    }

    /**
     * Sets how many seeds there are: that of {@link #optSeed}, and those behind it.
     *
     * @param count the number, at least 1
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Comparison optSeedCount(int count) {
        Checks.require("number of seeds", count, count >= 1, "at least 1");
        seedCount = count;
        seeds = List.of();
        return this;
    }

    /**
     * Sets how often the plain model is asked with its dropout on, for the row of MC dropout. The
     * model is not trained for it again. There is no such row if the model has no dropout.
     *
     * @param passes the number of passes, which count as members; 20 if it is not set, 0 for no row
     * @return this
     * @throws IllegalArgumentException if it is negative or 1: one pass has nothing to differ from
     */
    public Comparison optDropoutPasses(int passes) {
        Checks.require(
                "number of passes with dropout",
                passes,
                passes == 0 || passes >= 2,
                "0 or at least 2");
        dropout.setPasses(passes);
        return this;
    }

    /**
     * Sets where it is kept what rows said of the data, in a folder for each seed and row. With
     * {@link #resume}, rows that are there are neither trained nor asked again, as long as network,
     * settings and data are the same.
     *
     * @param folder the folder; made if it is not there; nothing is kept if it is not set
     * @return this
     */
    public Comparison optResults(Path folder) {
        results = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Returns the names of the rows.
     *
     * @return the names in order
     */
    public List<String> getRows() {
        List<String> names = new ArrayList<>(rows.stream().map(this::getRow).toList());
        if (dropout.isThere()) {
            names.add(1, DropoutRow.NAME);
        }
        return names;
    }

    /**
     * Returns the harnesses of the rows that are trained: the plain model, the forms, and a deep
     * ensemble, to train one of them alone.
     *
     * @return the harnesses by the names of their rows, in order
     * @throws IllegalArgumentException if two rows have one name
     */
    public Map<String, Harness> getHarnesses() {
        requireDistinctRows();
        Map<String, Harness> byName = new LinkedHashMap<>();
        rows.forEach(harness -> byName.put(getRow(harness), harness));
        return byName;
    }

    /** The harness of {@code LeNet, packed} is the row {@code packed}. */
    private String getRow(Harness harness) {
        String prefix = name + ", ";
        String row = harness.getName();
        return row.startsWith(prefix) ? row.substring(prefix.length()) : row;
    }

    /**
     * Trains and judges every row, once all are known to fit the data and the settings.
     *
     * @param train the training data
     * @param validation what each epoch is judged on, or null; training depends on it only with a
     *     selection or patience
     * @param test the test data; nothing is chosen on them
     * @param outOfDistribution data that the model is not made for, by name; may be empty
     * @return the report
     * @throws ComparisonException if rows cannot be trained, before the first is: names them all;
     *     or if a row fails, with a report of those before it
     */
    public Report run(
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        return run(ComparedData.of(train, validation, test, outOfDistribution), false);
    }

    /**
     * Goes on with a comparison that stopped, by the checkpoints and results that are set. Rows
     * whose results are kept are taken from there; rows that are trained are judged and not trained
     * again; the one that was being trained goes on from its newest checkpoint, and those without
     * one begin.
     *
     * @param train the training data
     * @param validation what each epoch is judged on, or null
     * @param test the test data
     * @param outOfDistribution data that the model is not made for, by name; may be empty
     * @return the report
     * @throws ComparisonException as {@link #run}; a checkpoint that is damaged or of another
     *     training makes its row fail
     * @throws IllegalStateException if neither checkpoints nor results are set
     */
    public Report resume(
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        if (results == null) {
            requireCheckpoints();
        }
        return run(ComparedData.of(train, validation, test, outOfDistribution), true);
    }

    private Report run(ComparedData data, boolean resumes) {
        ComparisonPlan plan = newPlan();
        plan.requireFolders(resumes);
        Progress progress = newProgress(getTitle(), plan.getColors());
        new RowCheck(
                        plan.training(),
                        data.train(),
                        data.validation(),
                        data.test(),
                        data.outOfDistribution())
                .beyond(getEvaluation(), data.validation(), data.test())
                .require(plan.rows());
        Report.Builder report =
                Report.builder()
                        .setTitle(getTitle())
                        .addFact(
                                "Data",
                                Facts.data(
                                        data.train(),
                                        data.validation(),
                                        data.test(),
                                        data.outOfDistribution()))
                        .addFact("Training", plan.training().toString())
                        .addFact("Budget", budget.describe());
        plan.describe(report);
        return new ComparisonRun(plan, data, resumes, progress, newRows(report, plan)).run();
    }

    private String getTitle() {
        return name + " and its ensembles";
    }

    private static ComparedRows newRows(Report.Builder report, ComparisonPlan plan) {
        return new ComparedRows(report, plan.getPlain(), plan.getRowCount(), plan.seeds().size());
    }

    /**
     * Judges the rows that a comparison saved, without validation data.
     *
     * @param models the folder that was set with {@link #optModels}
     * @param test the test data
     * @param outOfDistribution data that the model is not made for, by name; may be empty
     * @return the report
     * @throws IOException if a row's model is not there, or is of another model or form
     * @throws IllegalArgumentException if {@linkplain #optEvaluation something is to be fitted}
     */
    public Report evaluate(
            Path models, Examples test, Map<String, ? extends Examples> outOfDistribution)
            throws IOException {
        return evaluate(models, null, test, outOfDistribution);
    }

    /**
     * Judges the rows that a comparison saved.
     *
     * @param models the folder that was set with {@link #optModels}
     * @param validation what calibrations and conformal sets are fitted on, or null
     * @param test the test data
     * @param outOfDistribution data that the model is not made for, by name; may be empty
     * @return the report
     * @throws IOException if a row's model is not there, or is of another model or form
     * @throws IllegalArgumentException if the data do not suit {@linkplain #optEvaluation what is
     *     judged beyond the test set}
     */
    public Report evaluate(
            Path models,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution)
            throws IOException {
        getEvaluation().require(validation, test);
        ComparisonPlan plan = newPlan(models);
        Report.Builder report =
                Report.builder()
                        .setTitle(getTitle())
                        .addFact("Data", Facts.data(null, validation, test, outOfDistribution));
        plan.describe(report);
        Judging by = new Judging(getEvaluation(), validation, test, outOfDistribution, true);
        return ComparisonRun.judgeSaved(plan, by, newRows(report, plan));
    }

    /**
     * Describes every row and what its training will need, without training it.
     *
     * @param example the shape of one example
     * @return the descriptions, in the order of the rows
     * @throws IllegalArgumentException if a network does not fit the example or the settings
     */
    public List<Description> describe(Shape example) {
        ComparisonPlan plan = newPlan();
        int seed = plan.seeds().get(0);
        return rows.stream()
                .map(
                        harness ->
                                harness.describe(
                                        getRow(harness), example, plan.getTraining(harness, seed)))
                .toList();
    }

    private ComparisonPlan newPlan() {
        return newPlan(models);
    }

    private ComparisonPlan newPlan(Path models) {
        Map<String, Harness> byName = getHarnesses();
        if (getStart() != null) {
            rows.forEach(harness -> harness.optWarmStart(getStart()));
        }
        Training training = getTraining();
        int seed = training.getSeed();
        List<Integer> all =
                seeds.isEmpty() ? IntStream.range(seed, seed + seedCount).boxed().toList() : seeds;
        Training first = training.toBuilder().optSeed(all.get(0)).build();
        return new ComparisonPlan(
                byName,
                dropout,
                all,
                first,
                budget,
                getCheckpoints(),
                models,
                results,
                getEvaluation());
    }

    private void requireDistinctRows() {
        Set<String> names = new HashSet<>();
        for (String row : getRows()) {
            if (!names.add(row)) {
                throw new IllegalArgumentException(
                        "Two rows of the comparison are called '%s': give one another name with optName"
                                .formatted(row));
            }
        }
    }
}
