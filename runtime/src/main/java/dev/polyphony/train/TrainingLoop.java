/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.TrainingDivergedException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import dev.polyphony.nn.Ensemble;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Trains an ensemble by its method's recipe.
 *
 * <p>Data lie on the device, batches are gathered there by index, and the loss is read every few
 * steps only. One seed fixes parameters, batches and everything else that is drawn: on one thread,
 * training twice gives the same bits.
 */
public final class TrainingLoop {

    /** Reading a loss waits for the device. */
    private static final int READ_EVERY = 20;

    private static final double NANOS = 1e9;

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
     * @param validation what each epoch is judged on, or null; the training does not depend on it
     * @return the trained model, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws TrainingDivergedException if the loss becomes NaN or infinite
     */
    public Trained train(
            String name,
            Supplier<? extends Ensemble> network,
            LabeledData train,
            LabeledData validation) {
        Objects.requireNonNull(train, "train: training needs data");
        Device device = training.getDevice();
        // before the network is made: models may draw in their constructors
        Engine.getInstance().setRandomSeed(training.getSeed());
        Ensemble ensemble = network.get();
        requireForm(ensemble);
        Model model = Model.newInstance(name, device);
        try {
            model.setBlock(ensemble);
            int classes = initialize(ensemble, model.getNDManager(), train);
            long parameters = ensemble.getParameterCount();
            History history = run(model, ensemble, train, validation);
            ensemble.freezeParameters(true);
            return new Trained(model, ensemble, classes, parameters, history);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        } finally {
            progress.onEnd();
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
            LabeledData train,
            Map<String, LabeledData> judged) {
        Engine.getInstance().setRandomSeed(training.getSeed());
        Ensemble ensemble = network.get();
        requireForm(ensemble);
        try (Model model = Model.newInstance("check", training.getDevice())) {
            model.setBlock(ensemble);
            NDManager manager = model.getNDManager();
            int classes = initialize(ensemble, manager, train);
            if (recipe.mixes()) {
                Step.mixer(ensemble, recipe);
            }
            judged.forEach((name, data) -> FirstForward.require(ensemble, manager, name, data));
            return classes;
        }
    }

    private static int initialize(Ensemble ensemble, NDManager manager, LabeledData train) {
        Shape input = new Shape(1).addAll(train.getShape());
        ensemble.initialize(manager, DataType.FLOAT32, input);
        int classes = requireClasses(ensemble, input, train);
        FirstForward.require(ensemble, manager, "training data", train);
        return classes;
    }

    private History run(Model model, Ensemble ensemble, LabeledData train, LabeledData validation) {
        Batches batches = new Batches(train.size());
        int updates = batches.get(0).getSteps();
        NDManager manager = model.getNDManager();
        try (GroupedOptimizer optimizer =
                        training.newOptimizer(ensemble, recipe.fastLearningRate(), updates);
                Trainer trainer = model.newTrainer(config(optimizer));
                ResidentData data = new ResidentData(train, manager);
                NDManager sums = manager.newSubManager()) {
            NDArray sum = sums.zeros(new Shape());
            TrainingRun run = new TrainingRun(model, ensemble, recipe, training, optimizer, sum);
            hook.onStart(run);
            progress.onBegin(describe(run, updates, train));
            trainer.initialize(new Shape(1).addAll(train.getShape()));
            Step step = new Step(trainer, ensemble, recipe, training);
            TrainingState state = run.state();
            while (state.getEpoch() < training.getEpochs()) {
                Epoch epoch = batches.get(state.getEpoch());
                data.setEpoch(epoch);
                double loss = runEpoch(run, epoch, step, data);
                History.Epoch result = judge(state, loss, ensemble, manager, validation);
                state.endEpoch(result);
                run.clearLossSum();
                progress.onEpoch(result);
                hook.onEpoch(run);
            }
            return state.toHistory();
        }
    }

    private Progress.Run describe(TrainingRun run, int updates, LabeledData train) {
        return new Progress.Run(
                run.getModel().getName(),
                training.getEpochs(),
                updates,
                (long) train.size() * recipe.batches().getRepetitions(),
                run.state().getEpochs(),
                run.state().getStep());
    }

    private DefaultTrainingConfig config(GroupedOptimizer optimizer) {
        return new DefaultTrainingConfig(recipe.loss())
                .optOptimizer(optimizer)
                .optDevices(new Device[] {training.getDevice()});
    }

    /** Runs what is left of an epoch, and returns the mean of its losses. */
    private double runEpoch(TrainingRun run, Epoch epoch, Step step, ResidentData data) {
        TrainingState state = run.state();
        int number = state.getEpoch() + 1;
        int steps = epoch.getSteps();
        long before = System.nanoTime();
        double mean = run.getState().getLossSum() / steps;
        while (state.getStep() < steps) {
            step.run(state.getEpoch(), state.getStep(), data, run.lossSum());
            int done = state.getStep() + 1;
            boolean read = done % READ_EVERY == 0 || done == steps;
            if (read) {
                mean = run.getState().getLossSum() / done;
                requireFinite(mean, number, done);
            }
            long now = System.nanoTime();
            state.endStep((now - before) / NANOS);
            if (read) {
                progress.onStep(number, done, mean);
            }
            hook.onStep(run);
            before = System.nanoTime();
        }
        return mean;
    }

    private History.Epoch judge(
            TrainingState state,
            double loss,
            Ensemble ensemble,
            NDManager manager,
            LabeledData validation) {
        int number = state.getEpoch() + 1;
        double seconds = state.getEpochSeconds();
        if (validation == null) {
            return new History.Epoch(number, loss, Double.NaN, Double.NaN, seconds);
        }
        Predictions predictions =
                MemberPrediction.predict(ensemble, manager, validation, recipe.aggregation());
        return new History.Epoch(
                number,
                loss,
                Scores.accuracy(predictions.getPredicted(), predictions.getLabels()),
                Scores.negativeLogLikelihood(predictions),
                seconds);
    }

    private void requireForm(Ensemble ensemble) {
        if (ensemble.getForm().getClass() != recipe.form().getClass()
                || ensemble.getMembers() != recipe.form().getMembers()) {
            throw new IllegalArgumentException(
                    "The recipe is that of %s, but the network is %s"
                            .formatted(recipe.form(), ensemble.getForm()));
        }
    }

    private static int requireClasses(Ensemble ensemble, Shape input, LabeledData train) {
        Shape output = ensemble.getOutputShapes(new Shape[] {input})[0];
        int classes = MemberPrediction.requireClasses(output, ensemble.getMembers());
        if (train.getClasses() > classes) {
            throw new IllegalArgumentException(
                    "The data have %d classes, but the model has %d outputs"
                            .formatted(train.getClasses(), classes));
        }
        return classes;
    }

    private void requireFinite(double loss, int epoch, int step) {
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(
                    "Training diverged: the loss is %s in epoch %d, by step %d. Lower the learning rate (now %s), or scale the features to about -1 to 1"
                            .formatted(loss, epoch, step, training.getLearningRateText()));
        }
    }

    /** The batches of each epoch. */
    private final class Batches {

        private final int examples;

        Batches(int examples) {
            this.examples = examples;
        }

        Epoch get(int epoch) {
            return recipe.batches()
                    .getEpoch(examples, training.getBatchSize(), training.getSeed(), epoch);
        }
    }
}
