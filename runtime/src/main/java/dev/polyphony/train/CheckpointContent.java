/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.MixMethod;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointReader;
import dev.polyphony.train.checkpoint.SectionContent;
import dev.polyphony.train.optimize.GroupedOptimizer;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint of any training holds, and which training it is of: the fingerprint, the
 * learning rates, where the run stands, the parameters, and what the optimizer keeps.
 */
public final class CheckpointContent {

    private static final String FINGERPRINT = "fingerprint";
    private static final String RATES = "rates";
    private static final String STATE = "state";
    private static final String PARAMETERS = "parameters";
    private static final String OPTIMIZER = "optimizer";

    /** The differences that a message lists. */
    private static final int LISTED = 3;

    private final CheckpointReader checkpoint;
    private final Recipe recipe;
    private final Training training;

    /**
     * Takes a checkpoint, to go on from it.
     *
     * @param checkpoint the checkpoint
     * @param recipe the recipe of now
     * @param training the settings of now
     */
    public CheckpointContent(CheckpointReader checkpoint, Recipe recipe, Training training) {
        this.checkpoint = checkpoint;
        this.recipe = recipe;
        this.training = training;
    }

    /**
     * A training, as a checkpoint is written of it.
     *
     * @param ensemble the network
     * @param training the settings
     * @param optimizer the optimizer
     * @param fingerprint what tells the training from others
     * @param updatesPerEpoch the updates in an epoch
     */
    public record Run(
            Ensemble ensemble,
            Training training,
            GroupedOptimizer optimizer,
            RunFingerprint fingerprint,
            int updatesPerEpoch) {}

    /**
     * Returns the sections of a checkpoint.
     *
     * @param run the training
     * @param state writes where the run stands
     * @param parameters the parameters of the moment
     * @return the sections in order, by name; others may be added
     */
    public static Map<String, SectionContent> sections(
            Run run, SectionContent state, Snapshot parameters) {
        Training training = run.training();
        Map<String, SectionContent> sections = new LinkedHashMap<>();
        sections.put(FINGERPRINT, run.fingerprint()::write);
        sections.put(RATES, Rates.of(training, run.updatesPerEpoch(), training.getEpochs())::write);
        sections.put(STATE, state);
        sections.put(PARAMETERS, parameters::write);
        sections.put(
                OPTIMIZER, out -> run.optimizer().saveState(run.ensemble().getParameters(), out));
        return sections;
    }

    /**
     * Reads a section.
     *
     * @param <T> what is read
     */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * Reads.
         *
         * @param in the section
         * @return what is there
         * @throws IOException if it is something else
         */
        T from(DataInputStream in) throws IOException;
    }

    static <T> T read(CheckpointReader checkpoint, String section, Reading<T> reading)
            throws IOException {
        try (DataInputStream in = checkpoint.open(section)) {
            return reading.from(in);
        }
    }

    /** Where the run of a checkpoint stands. */
    static <T> T readState(CheckpointReader checkpoint, Reading<T> reading) throws IOException {
        return read(checkpoint, STATE, reading);
    }

    /** The parameters of the last step. */
    static Snapshot readParameters(CheckpointReader checkpoint) throws IOException {
        return read(checkpoint, PARAMETERS, Snapshot::read);
    }

    /**
     * Returns where the run stands.
     *
     * @param <T> what it is
     * @param reading reads it
     * @return the state
     * @throws IOException if it cannot be read
     */
    public <T> T readState(Reading<T> reading) throws IOException {
        return readState(checkpoint, reading);
    }

    /**
     * Requires that the checkpoint is of the training of now.
     *
     * @param now what tells that from others
     * @return what differs in where it runs, at the price of other last bits
     * @throws CheckpointException if it is of another; says what differs
     * @throws IOException if it cannot be read
     */
    public List<String> requireSame(RunFingerprint now) throws IOException {
        RunFingerprint then = read(checkpoint, FINGERPRINT, RunFingerprint::read);
        List<String> differences = then.getDifferences(now);
        if (!differences.isEmpty()) {
            throw otherTraining(differences);
        }
        return then.environment().getDifferences(now.environment());
    }

    /**
     * Restores parameters, and what the optimizer keeps.
     *
     * @param ensemble the network
     * @param optimizer the optimizer, before its first update
     * @throws IOException if they cannot be read
     */
    public void restore(Ensemble ensemble, GroupedOptimizer optimizer) throws IOException {
        Snapshot parameters = readParameters(checkpoint);
        try (DataInputStream in = checkpoint.open(OPTIMIZER)) {
            optimizer.loadState(ensemble.getParameters(), List.of(training.getDevices()), in);
        }
        parameters.restore(ensemble);
    }

    private CheckpointException otherTraining(List<String> differences) {
        int listed = Math.min(LISTED, differences.size());
        String more =
                listed < differences.size()
                        ? " (and %d more)".formatted(differences.size() - listed)
                        : "";
        return new CheckpointException(
                "The checkpoint %s is of another training: %s%s. Resume it with what it was made with, or begin anew in another folder"
                        .formatted(
                                checkpoint.getFile(),
                                String.join("; ", differences.subList(0, listed)),
                                more));
    }

    /**
     * Requires that the updates made are those that a training by the settings of now would have
     * made: with another number of epochs, only if they do not depend on it.
     *
     * @param made the updates that were made
     * @param begun the epochs that were begun
     * @throws CheckpointException if they are not; says why
     * @throws IOException if the checkpoint cannot be read
     */
    public void requireSameSteps(long made, int begun) throws IOException {
        Rates rates = read(checkpoint, RATES, Rates::read);
        int epochs = training.getEpochs();
        Rates now = Rates.of(training, rates.updatesPerEpoch(), rates.epochs());
        Optional<Long> changed = rates.getFirstDifference(now);
        if (changed.isPresent()) {
            throw otherTraining(
                    List.of(
                            "learning rate of update %d: %s in the checkpoint, %s now"
                                    .formatted(
                                            changed.get() + 1,
                                            rates.get(changed.get()),
                                            now.get(changed.get()))));
        }
        if (epochs == rates.epochs()) {
            return;
        }
        if (begun > epochs) {
            throw otherEpochs(rates, "%d have been begun".formatted(begun));
        }
        Rates madeThen = Rates.of(training, made, rates.updatesPerEpoch(), rates.epochs());
        Rates madeNow = Rates.of(training, made, rates.updatesPerEpoch(), epochs);
        if (madeThen.getFirstDifference(madeNow).isPresent()) {
            throw otherEpochs(
                    rates,
                    "the learning rate, %s, depends on the number of epochs"
                            .formatted(training.getScheduleText()));
        }
        if (recipe.mixes() && !mixedAlike(begun, rates.epochs(), epochs)) {
            throw otherEpochs(rates, "how often MixMo cuts depends on the number of epochs");
        }
    }

    private boolean mixedAlike(int begun, int then, int now) {
        MixMoForm form = (MixMoForm) recipe.form();
        if (form.getMethod() == MixMethod.LINEAR) {
            return true;
        }
        double probability = form.getProbability();
        for (double epoch = 1; epoch <= begun; epoch++) {
            if (Mixer.getProbability(probability, epoch / then)
                    != Mixer.getProbability(probability, epoch / now)) {
                return false;
            }
        }
        return true;
    }

    private CheckpointException otherEpochs(Rates then, String why) {
        return new CheckpointException(
                "The checkpoint %s is of a training of %d epochs, and cannot go on in one of %d: %s. Resume with %d epochs, or begin anew in another folder"
                        .formatted(
                                checkpoint.getFile(),
                                then.epochs(),
                                training.getEpochs(),
                                why,
                                then.epochs()));
    }
}
