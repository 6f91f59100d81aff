/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.report.DecisionMap;
import dev.polyphony.report.Picture;
import dev.polyphony.report.Report;
import dev.polyphony.train.Training;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

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
    private Budget budget = Budget.EPOCHS;
    private Path models;

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
        this.name = Objects.requireNonNull(name, "name");
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
     * Sets where the model of each row is saved once it is trained, in a folder of its name.
     *
     * @param folder the folder; made if it is not there; no models are saved if it is not set
     * @return this
     */
    public Comparison optModels(Path folder) {
        models = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Returns the names of the rows.
     *
     * @return the names in order
     */
    public List<String> getRows() {
        return rows.stream().map(this::getRow).toList();
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
     * @param validation what each epoch is judged on, or null; nothing depends on it
     * @param test the test data
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
        return run(train, validation, test, outOfDistribution, false);
    }

    /**
     * Goes on with a comparison that stopped, by the checkpoints that are set, of which each row
     * has a folder: rows that are done are judged and not trained again, the one that was being
     * trained goes on from its newest checkpoint, and those without one begin.
     *
     * @param train the training data
     * @param validation what each epoch is judged on, or null
     * @param test the test data
     * @param outOfDistribution data that the model is not made for, by name; may be empty
     * @return the report
     * @throws ComparisonException as {@link #run}; a checkpoint that is damaged or of another
     *     training makes its row fail
     * @throws IllegalStateException if no checkpoints are set
     */
    public Report resume(
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        requireCheckpoints();
        return run(train, validation, test, outOfDistribution, true);
    }

    private Report run(
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution,
            boolean resumes) {
        Objects.requireNonNull(train, "train: run needs data to train on");
        Objects.requireNonNull(test, "test: run needs data to test on");
        Objects.requireNonNull(outOfDistribution, "outOfDistribution: give Map.of() for none");
        requireDistinctRows();
        requireFolders(resumes);
        Training training = getTraining();
        Progress progress = newProgress(name + " and its ensembles", getRows());
        new RowCheck(training, train, validation, test, outOfDistribution).require(byName());
        Report.Builder report =
                Report.builder()
                        .setTitle(name + " and its ensembles")
                        .addFact("Data", Facts.data(train, validation, test, outOfDistribution))
                        .addFact("Training", training.toString())
                        .addFact("Budget", budgetText())
                        .addFact("Inference time", Facts.INFERENCE);
        List<Picture> maps = new ArrayList<>();
        for (Harness harness : rows) {
            String row = getRow(harness);
            try (TrainedEnsemble trained = train(harness, train, validation, progress, resumes)) {
                if (models != null) {
                    trained.save(getModelFolder(models, row));
                }
                judge(trained, test, outOfDistribution, report, maps);
            } catch (IOException | RuntimeException e) {
                throw new ComparisonException(
                        "The row '%s' of the comparison failed: %s"
                                .formatted(row, RowCheck.reason(e)),
                        e,
                        harness == rows.get(0) ? null : build(report, maps));
            }
        }
        return build(report, maps);
    }

    private static void judge(
            TrainedEnsemble trained,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution,
            Report.Builder report,
            List<Picture> maps) {
        report.addResult(trained.getResult(test, outOfDistribution));
        report.addFact("Recipe of " + trained.getName(), Facts.recipe(trained));
        if (test instanceof LabeledData points && isPlane(points)) {
            maps.add(decisionMap(trained, points));
        }
    }

    /**
     * Judges the rows that a comparison saved.
     *
     * @param models the folder that was set with {@link #optModels}
     * @param test the test data
     * @param outOfDistribution data that the model is not made for, by name; may be empty
     * @return the report
     * @throws IOException if a row's model is not there, or is of another model or form
     */
    public Report evaluate(
            Path models, Examples test, Map<String, ? extends Examples> outOfDistribution)
            throws IOException {
        requireDistinctRows();
        Report.Builder report =
                Report.builder()
                        .setTitle(name + " and its ensembles")
                        .addFact("Data", Facts.data(null, null, test, outOfDistribution))
                        .addFact("Inference time", Facts.INFERENCE);
        List<Picture> maps = new ArrayList<>();
        for (Harness harness : rows) {
            String row = getRow(harness);
            try (TrainedEnsemble trained = harness.load(row, getModelFolder(models, row))) {
                judge(trained, test, outOfDistribution, report, maps);
            }
        }
        return build(report, maps);
    }

    private static Path getModelFolder(Path models, String row) {
        return models.resolve(row.replaceAll("[^\\p{L}\\p{N}_=]+", "-"));
    }

    /**
     * Describes every row and what its training will need, without training it.
     *
     * @param example the shape of one example
     * @return the descriptions, in the order of the rows
     * @throws IllegalArgumentException if a network does not fit the example or the settings
     */
    public List<Description> describe(Shape example) {
        requireDistinctRows();
        return rows.stream()
                .map(harness -> harness.describe(getRow(harness), example, training(harness)))
                .toList();
    }

    private TrainedEnsemble train(
            Harness harness,
            Examples train,
            Examples validation,
            Progress progress,
            boolean resumes) {
        String row = getRow(harness);
        Training training = training(harness);
        Checkpoints checkpoints = getCheckpoints() == null ? null : getCheckpoints().under(row);
        return resumes && checkpoints.exist()
                ? harness.resume(row, train, validation, training, progress, checkpoints)
                : harness.fit(row, train, validation, training, progress, checkpoints);
    }

    private static Report build(Report.Builder report, List<Picture> maps) {
        if (!maps.isEmpty()) {
            report.addPictures("Decision boundaries", maps);
        }
        return report.build();
    }

    private Map<String, Harness> byName() {
        Map<String, Harness> byName = new LinkedHashMap<>();
        rows.forEach(harness -> byName.put(getRow(harness), harness));
        return byName;
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

    /** Each row has a folder of its own for checkpoints, with none in it if training begins. */
    private void requireFolders(boolean resumes) {
        if (getCheckpoints() == null) {
            return;
        }
        Map<Path, String> rowByFolder = new HashMap<>();
        for (String row : getRows()) {
            Checkpoints checkpoints = getCheckpoints().under(row);
            String other = rowByFolder.put(checkpoints.getFolder(), row);
            if (other != null) {
                throw new IllegalArgumentException(
                        "The rows '%s' and '%s' would have their checkpoints in one folder, %s: give one another name with optName"
                                .formatted(other, row, checkpoints.getFolder()));
            }
            if (!resumes) {
                checkpoints.requireNone();
            }
        }
    }

    private Training training(Harness harness) {
        Training training = getTraining();
        int repetitions = harness.getRecipe().batches().getRepetitions();
        if (budget == Budget.EPOCHS || repetitions == 1) {
            return training;
        }
        long epochs = Math.max(1, Math.round(training.getEpochs() / (double) repetitions));
        return training.toBuilder().optEpochs((int) epochs).build();
    }

    private String budgetText() {
        return switch (budget) {
            case EPOCHS ->
                    "every row goes through the training data equally often; batches that hold each"
                            + " example b times make an epoch b times as many updates";
            case UPDATES ->
                    "every row makes about as many updates; where batches hold each example b times,"
                            + " that is a b-th of the epochs";
        };
    }

    private static boolean isPlane(LabeledData data) {
        return data.getDataType() == DataType.FLOAT32 && data.getShape().equals(new Shape(2));
    }

    private static Picture decisionMap(TrainedEnsemble trained, LabeledData test) {
        float[] features = test.getFeatures();
        float[][] points = new float[test.size()][2];
        for (int i = 0; i < points.length; i++) {
            points[i][0] = features[2 * i];
            points[i][1] = features[2 * i + 1];
        }
        return DecisionMap.of(
                trained.getName(),
                grid -> trained.predict(LabeledData.unlabeled(flat(grid), test.getShape())),
                points,
                test.getLabels());
    }

    private static float[] flat(float[][] points) {
        float[] flat = new float[points.length * 2];
        for (int i = 0; i < points.length; i++) {
            flat[2 * i] = points[i][0];
            flat[2 * i + 1] = points[i][1];
        }
        return flat;
    }
}
