/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.TrainingListener;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.source.BatchSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Trains an ensemble by its method's recipe.
 *
 * <p>Data lie on the device, batches are gathered there by index, and the loss is read every few
 * steps only. One seed fixes parameters, batches and everything else that is drawn: on one thread,
 * training twice gives the same bits.
 */
public final class TrainingLoop {

    private final Recipe recipe;
    private final Training training;
    private final Progress progress;
    private final RunHook hook;

    /**
     * Creates a loop.
     *
     * @param recipe what training means for the method
     * @param training the other settings
     * @param progress is told how it comes along
     */
    public TrainingLoop(Recipe recipe, Training training, Progress progress) {
        this(recipe, training, progress, RunHook.none());
    }

    /**
     * Creates a loop that may be saved and taken up again.
     *
     * @param recipe what training means for the method
     * @param training the other settings
     * @param progress is told how it comes along
     * @param hook is called before the first step, after each step and after each epoch
     */
    public TrainingLoop(Recipe recipe, Training training, Progress progress, RunHook hook) {
        this.recipe = recipe;
        this.training = training;
        this.progress = progress;
        this.hook = hook;
    }

    /**
     * Trains an ensemble.
     *
     * @param name the name of the model
     * @param network makes the network
     * @param train the training data
     * @param validation what each epoch is judged on, or null; only a selection or patience makes
     *     the training depend on it
     * @return the trained model, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws DivergedException if the loss becomes NaN, infinite, or far larger than it was
     */
    public Trained train(
            String name,
            Supplier<? extends Ensemble> network,
            Examples train,
            Examples validation) {
        Objects.requireNonNull(train, "train: training needs data");
        requireValidation(train, validation);
        Trained trained = make(name, network, train);
        try {
            requireFit(trained, validation);
            TrainingState state = run(trained, train, validation);
            if (state.getBest() != null) {
                state.getBest().restore(trained.ensemble());
            }
            return freeze(trained, state.toHistory());
        } catch (EpochLoop.Diverged e) {
            trained.model().close();
            throw diverged(e, name, network, train);
        } catch (RuntimeException | Error e) {
            trained.model().close();
            throw e;
        } finally {
            progress.onEnd();
        }
    }

    /**
     * Makes an ensemble of parameters that were trained elsewhere.
     *
     * @param name the name of the model
     * @param network makes the network
     * @param train the data that were trained on
     * @param parameters sets the parameters of the network, which is initialised, and tells how
     *     training went
     * @return the trained model, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     */
    public Trained assemble(
            String name,
            Supplier<? extends Ensemble> network,
            Examples train,
            Function<Ensemble, History> parameters) {
        Trained trained = make(name, network, train);
        try {
            return freeze(trained, parameters.apply(trained.ensemble()));
        } catch (RuntimeException | Error e) {
            trained.model().close();
            throw e;
        }
    }

    /** Makes the model, with its first parameters. */
    private Trained make(String name, Supplier<? extends Ensemble> network, Examples train) {
        requireSelection(train);
        prepareEngine();
        Ensemble ensemble = network.get();
        requireForm(ensemble);
        Model model = Model.newInstance(name, training.getDevice());
        try {
            model.setBlock(ensemble);
            int classes = initialize(ensemble, model.getNDManager(), train);
            Recipe full = recipe.with(training.loop(), train, classes);
            History none = new History(List.of(), 0, 0, 0, 0);
            return new Trained(model, ensemble, classes, ensemble.getParameterCount(), none, full);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private void prepareEngine() {
        training.prepareEngine();
        // before the network is made: models may draw in their constructors
        Engine.getInstance().setRandomSeed(training.getSeed());
    }

    private static Trained freeze(Trained trained, History history) {
        trained.ensemble().freezeParameters(true);
        return new Trained(
                trained.model(),
                trained.ensemble(),
                trained.classes(),
                trained.parameters(),
                history,
                trained.recipe());
    }

    private DivergedException diverged(
            EpochLoop.Diverged e,
            String name,
            Supplier<? extends Ensemble> network,
            Examples train) {
        Path checkpoint = hook.getLastCheckpoint().orElse(null);
        History history = e.getHistory();
        Snapshot lastGood = e.getLastGood();
        String kept =
                lastGood == null
                        ? ""
                        : ". The parameters of epoch %d are kept: DivergedException.restore() gives the model with them"
                                .formatted(history.kept());
        String saved = checkpoint == null ? "" : ". The newest checkpoint is " + checkpoint;
        Supplier<Trained> restore =
                lastGood == null
                        ? null
                        : () -> {
                            Trained trained = make(name, network, train);
                            lastGood.restore(trained.ensemble());
                            return freeze(trained, history);
                        };
        return new DivergedException(
                e.getMessage() + kept + saved, e.getCause(), history, restore, checkpoint);
    }

    private void requireSelection(Examples train) {
        List<String> evaluators =
                training.loop().evaluators.stream().map(Evaluator::getName).toList();
        training.loop().selection.require(train.getTask(), evaluators);
    }

    private void requireValidation(Examples train, Examples validation) {
        Selection selection = training.loop().selection;
        if (validation == null && selection.isBest()) {
            throw new IllegalArgumentException(
                    "To keep %s takes validation data: give them to fit, or leave optSelection out"
                            .formatted(selection));
        }
        if (validation != null && !validation.hasLabels()) {
            throw new IllegalArgumentException(
                    "The validation data have no labels: each epoch is judged on them");
        }
        if (validation != null && validation.getTask() != train.getTask()) {
            throw new IllegalArgumentException(
                    "The training data are of the task %s, but the validation data of the task %s"
                            .formatted(train.getTask(), validation.getTask()));
        }
    }

    /** What would fail after the first epoch fails before its first step. */
    private static void requireFit(Trained trained, Examples validation) {
        if (validation != null) {
            String what = "validation data";
            Outputs.require(what, validation, trained.classes());
            NDManager manager = trained.model().getNDManager();
            FirstForward.require(trained.ensemble(), manager, what, validation);
        }
    }

    /**
     * Finds out whether an ensemble can be trained, which takes about as long as a step: makes the
     * network, runs it on an example of each data set, and frees it. Training afterwards gives the
     * same bits as without it.
     *
     * @param network makes the network
     * @param train the training data
     * @param judged what the network is asked about once it is trained, by what it is called in
     *     messages, such as {@code test data}
     * @return the number of classes that the network tells apart
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     */
    public int check(
            Supplier<? extends Ensemble> network,
            Examples train,
            Map<String, ? extends Examples> judged) {
        requireSelection(train);
        prepareEngine();
        Ensemble ensemble = network.get();
        requireForm(ensemble);
        try (Model model = Model.newInstance("check", training.getDevice())) {
            model.setBlock(ensemble);
            NDManager manager = model.getNDManager();
            int classes = initialize(ensemble, manager, train);
            Recipe full = recipe.with(training.loop(), train, classes);
            Augmenter.of(training, full, train, classes, manager);
            if (recipe.mixes()) {
                Step.mixer(ensemble, recipe);
            }
            judged.forEach((name, data) -> FirstForward.require(ensemble, manager, name, data));
            return classes;
        }
    }

    private static int initialize(Ensemble ensemble, NDManager manager, Examples train) {
        Shape input = new Shape(1).addAll(train.getShape());
        ensemble.initialize(manager, DataType.FLOAT32, input);
        int classes = requireClasses(ensemble, input, train);
        FirstForward.require(ensemble, manager, "training data", train);
        return classes;
    }

    private TrainingState run(Trained trained, Examples train, Examples validation) {
        Model model = trained.model();
        Ensemble ensemble = trained.ensemble();
        Recipe full = trained.recipe();
        IntFunction<Epoch> epochs =
                epoch ->
                        training.getBatches(full)
                                .getEpoch(
                                        train.size(),
                                        training.getBatchSize(),
                                        training.getSeed(),
                                        epoch);
        int updates = epochs.apply(0).getSteps();
        NDManager manager = model.getNDManager();
        List<TrainingListener> users = Listeners.with(training.loop());
        try (GroupedOptimizer optimizer =
                        training.newOptimizer(ensemble, full.fastLearningRate(), updates);
                NDManager sums = manager.newSubManager();
                BatchSource data = BatchSource.of(train, manager, training.loop().residentLimit);
                EnsembleTrainer trainer =
                        new EnsembleTrainer(
                                model, config(full, train.getTask(), optimizer, users))) {
            NDArray sum = sums.zeros(new Shape());
            TrainingRun run = new TrainingRun(model, ensemble, full, training, optimizer, sum);
            hook.onStart(run);
            if (run.getSteps() > 0) {
                trainer.goOn();
            }
            progress.onBegin(describe(run, updates, train));
            trainer.initialize(new Shape(1).addAll(train.getShape()));
            if (Listeners.leaveParameters(users)) {
                trainer.joinUpdates(optimizer);
            }
            Listeners listeners = Listeners.of(trainer, users);
            Augmenter augmenter = Augmenter.of(training, full, train, trained.classes(), manager);
            Step step =
                    new Step(
                            trainer,
                            ensemble,
                            full,
                            training,
                            listeners,
                            augmenter,
                            trained.classes());
            new EpochLoop(run, step, listeners, progress, hook).run(epochs, data, validation);
            return run.state();
        }
    }

    private Progress.Run describe(TrainingRun run, int updates, Examples train) {
        return new Progress.Run(
                run.getModel().getName(),
                training.getEpochs(),
                updates,
                (long) train.size() * recipe.batches().getRepetitions(),
                run.state().getEpochs(),
                run.state().getStep(),
                training.getLearningRates(updates));
    }

    private DefaultTrainingConfig config(
            Recipe full, Task task, GroupedOptimizer optimizer, List<TrainingListener> users) {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(full.loss())
                        .optOptimizer(optimizer)
                        .optDevices(training.getDevices())
                        .addTrainingListeners(users.toArray(new TrainingListener[0]));
        for (Evaluator evaluator : training.loop().evaluators) {
            config.addEvaluator(new MemberEvaluator(evaluator, full.aggregation(), task));
        }
        return config;
    }

    private void requireForm(Ensemble ensemble) {
        if (ensemble.getForm().getClass() != recipe.form().getClass()
                || ensemble.getMembers() != recipe.form().getMembers()) {
            throw new IllegalArgumentException(
                    "The recipe is that of %s, but the network is %s"
                            .formatted(recipe.form(), ensemble.getForm()));
        }
    }

    private static int requireClasses(Ensemble ensemble, Shape input, Examples train) {
        Shape output = ensemble.getOutputShapes(new Shape[] {input})[0];
        int classes = MemberPrediction.requireClasses(output, ensemble.getMembers());
        Outputs.require("data", train, classes);
        return classes;
    }
}
