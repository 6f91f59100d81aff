/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.nn.ModelSource;
import dev.polyphony.nn.WarmStart;
import dev.polyphony.train.LoopSettings;
import dev.polyphony.train.Training;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The settings of training that harnesses and comparisons share.
 *
 * @param <T> the harness or comparison
 */
public abstract class TrainingOptions<T extends TrainingOptions<T>> extends LoopSettings<T> {

    private Progress progress = Progress.automatic();
    private Path history;
    private Checkpoints checkpoints;
    private EvaluationSuite evaluation = EvaluationSuite.builder().build();
    private Supplier<? extends Block> plainModel;
    private WarmStart start;

    /** Creates options; how the plain model is made may be null. */
    TrainingOptions(Supplier<? extends Block> plainModel) {
        this.plainModel = plainModel;
    }

    /**
     * Sets who is told how training comes along.
     *
     * @param progress the listener; if it is not set, a bar in a terminal and some lines elsewhere
     * @return this
     */
    public T optProgress(Progress progress) {
        this.progress = Objects.requireNonNull(progress, "progress");
        return self();
    }

    /**
     * Sets where files tell how training goes, while it runs: {@code history.csv}, {@code
     * history.json}, and {@code training.html}, a page of curves that loads itself again.
     *
     * @param folder the folder; made if it is not there; no files if it is not set
     * @return this
     */
    public T optHistory(Path folder) {
        history = Objects.requireNonNull(folder, "folder");
        return self();
    }

    /**
     * Sets where checkpoints are kept, when one is written and which stay. A training that was
     * killed then goes on by {@code resume}, and ends with the bits of one that was not.
     *
     * @param checkpoints the checkpoints, in a folder of this training's own; none if it is not set
     * @return this
     */
    public T optCheckpoints(Checkpoints checkpoints) {
        this.checkpoints = Objects.requireNonNull(checkpoints, "checkpoints");
        return self();
    }

    /**
     * Sets what classifiers are judged by beyond the test set: calibration, conformal sets,
     * corrupted images, several views. What is fitted is fitted on validation data, so that
     * training must be given some; what came of it is in the rows of reports.
     *
     * @param evaluation the suite; nothing if it is not set
     * @return this
     */
    public T optEvaluation(EvaluationSuite evaluation) {
        this.evaluation = Objects.requireNonNull(evaluation, "evaluation");
        return self();
    }

    /**
     * Starts from a plain model that has been trained, instead of parameters that are drawn: all
     * members from one, or, in deep and packed ensembles, each from its own. In a comparison all
     * rows start from the model.
     *
     * @param models the plain model, or one for each member; initialised, and open until the
     *     ensemble has been trained
     * @return this
     */
    public T optWarmStart(Block... models) {
        return optWarmStart(WarmStart.of(models));
    }

    /**
     * Starts from plain models that have been trained.
     *
     * @param start what to start from, and how far from it
     * @return this
     */
    public T optWarmStart(WarmStart start) {
        this.start = Objects.requireNonNull(start, "start");
        return self();
    }

    /**
     * Returns what is judged beyond the test set.
     *
     * @return the suite
     */
    public EvaluationSuite getEvaluation() {
        return evaluation;
    }

    /**
     * Sets how the plain model is made, for {@link #savedModel}: needed where a supplier makes the
     * networks.
     *
     * @param model makes the plain model, a new one each time
     * @return this
     */
    public T optPlainModel(Supplier<? extends Block> model) {
        plainModel = Objects.requireNonNull(model, "model");
        return self();
    }

    /**
     * Returns a plain model that was saved, to start from. It is read when networks start from it.
     *
     * <pre>{@code
     * harness.optWarmStart(WarmStart.reading(harness.savedModel(Path.of("run/model/plain"))));
     * }</pre>
     *
     * @param path what DJL's {@code Model.save} wrote, the folder or the file with the parameters,
     *     or the model folder of a comparison's plain row
     * @return the model; reading it fails if it is not there, or another one
     * @throws IllegalArgumentException if it is not known how the plain model is made
     */
    public ModelSource savedModel(Path path) {
        if (plainModel == null) {
            throw new IllegalArgumentException(
                    "It is not known here how the plain model is made: say it with optPlainModel, or load the model and give it to optWarmStart");
        }
        return new SavedPlainModel(plainModel, path);
    }

    /**
     * Returns the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if a value makes no sense
     */
    public Training getTraining() {
        return Training.builder().optSettings(this).build();
    }

    /** Who is told, files included. */
    Progress newProgress(String title, Map<String, Integer> colors) {
        return history == null
                ? progress
                : Progress.all(
                        progress, new HistoryFiles(history, title, colors, System::nanoTime));
    }

    /** How the plain model is made, or null if nobody knows. */
    final Supplier<? extends Block> getPlainModel() {
        return plainModel;
    }

    /** What networks start from, or null if their parameters are drawn. */
    final WarmStart getStart() {
        return start;
    }

    /** The checkpoints, or null if none are kept. */
    Checkpoints getCheckpoints() {
        return checkpoints;
    }

    /** The checkpoints, which resuming needs. */
    Checkpoints requireCheckpoints() {
        if (checkpoints == null) {
            throw new IllegalStateException(
                    "There is nothing to resume from: say with optCheckpoints where checkpoints are kept");
        }
        return checkpoints;
    }
}
