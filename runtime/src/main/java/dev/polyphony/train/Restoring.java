/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.MixMethod;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointReader;
import dev.polyphony.train.checkpoint.SectionContent;
import dev.polyphony.train.progress.Resumed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a checkpoint of a run holds, and how the run goes on from it. */
final class Restoring {

    private static final String FINGERPRINT = "fingerprint";
    private static final String RATES = "rates";
    private static final String STATE = "state";
    private static final String PARAMETERS = "parameters";
    private static final String OPTIMIZER = "optimizer";
    private static final String MEMBERS = "members";

    /** The differences that a message lists. */
    private static final int LISTED = 3;

    private final CheckpointReader checkpoint;
    private final TrainingRun run;

    private Restoring(CheckpointReader checkpoint, TrainingRun run) {
        this.checkpoint = checkpoint;
        this.run = run;
    }

    /** The sections of a checkpoint. */
    static Map<String, SectionContent> sections(
            TrainingRun run, RunFingerprint fingerprint, Snapshot parameters, int stepsPerEpoch) {
        Training training = run.getTraining();
        Map<String, SectionContent> sections = new LinkedHashMap<>();
        sections.put(FINGERPRINT, fingerprint::write);
        sections.put(RATES, Rates.of(training, stepsPerEpoch, training.getEpochs())::write);
        sections.put(STATE, run.getState()::write);
        sections.put(PARAMETERS, parameters::write);
        sections.put(
                OPTIMIZER,
                out -> run.getOptimizer().saveState(run.getEnsemble().getParameters(), out));
        List<byte[]> members = run.getState().getMembers();
        if (!members.isEmpty()) {
            sections.put(MEMBERS, out -> writeMembers(members, out));
        }
        return sections;
    }

    private static void writeMembers(List<byte[]> members, DataOutputStream out)
            throws IOException {
        out.writeInt(members.size());
        for (byte[] member : members) {
            out.writeInt(member.length);
            out.write(member);
        }
    }

    private void readMembers(TrainingState state) throws IOException {
        if (!checkpoint.has(MEMBERS)) {
            return;
        }
        try (DataInputStream in = checkpoint.open(MEMBERS)) {
            for (int left = in.readInt(); left > 0; left--) {
                byte[] member = new byte[in.readInt()];
                in.readFully(member);
                state.addMember(member);
            }
        }
    }

    /**
     * Lets a run go on from a checkpoint.
     *
     * @throws CheckpointException if it is of another training; the run is as it was
     */
    static Resumed restore(CheckpointReader checkpoint, TrainingRun run, RunFingerprint now) {
        try {
            return new Restoring(checkpoint, run).restore(now);
        } catch (IOException e) {
            throw new CheckpointException(
                    "The checkpoint %s cannot be read: %s"
                            .formatted(checkpoint.getFile(), e.getMessage()),
                    e);
        }
    }

    private Resumed restore(RunFingerprint now) throws IOException {
        RunFingerprint then = read(checkpoint, FINGERPRINT, RunFingerprint::read);
        List<String> differences = then.getDifferences(now);
        if (!differences.isEmpty()) {
            throw otherTraining(differences);
        }
        TrainingState state = readState(checkpoint);
        requireSameSteps(state, read(checkpoint, RATES, Rates::read));
        readMembers(state);
        Snapshot parameters = readParameters(checkpoint);
        try (DataInputStream in = checkpoint.open(OPTIMIZER)) {
            run.getOptimizer()
                    .loadState(
                            run.getEnsemble().getParameters(),
                            List.of(run.getTraining().getDevices()),
                            in);
        }
        parameters.restore(run.getEnsemble());
        run.setState(state);
        return new Resumed(
                checkpoint.getFile(),
                state.getEpoch(),
                state.getSteps(),
                run.isOver(),
                then.environment().getDifferences(now.environment()));
    }

    /** What training had come to. */
    static TrainingState readState(CheckpointReader checkpoint) throws IOException {
        return read(checkpoint, STATE, TrainingState::read);
    }

    /** The parameters of the last step. */
    static Snapshot readParameters(CheckpointReader checkpoint) throws IOException {
        return read(checkpoint, PARAMETERS, Snapshot::read);
    }

    private interface Reading<T> {

        T from(DataInputStream in) throws IOException;
    }

    private static <T> T read(CheckpointReader checkpoint, String section, Reading<T> reading)
            throws IOException {
        try (DataInputStream in = checkpoint.open(section)) {
            return reading.from(in);
        }
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
     * Requires that the steps made are those that a training by the settings of now would have
     * made: with another number of epochs, only if they do not depend on it.
     */
    private void requireSameSteps(TrainingState state, Rates rates) {
        Training training = run.getTraining();
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
        long made = state.getSteps();
        int begun = state.getEpoch() + (state.getStep() > 0 ? 1 : 0);
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
        if (run.getRecipe().mixes() && !mixedAlike(begun, rates.epochs(), epochs)) {
            throw otherEpochs(rates, "how often MixMo cuts depends on the number of epochs");
        }
    }

    private boolean mixedAlike(int begun, int then, int now) {
        MixMoForm form = (MixMoForm) run.getRecipe().form();
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
                                run.getTraining().getEpochs(),
                                why,
                                then.epochs()));
    }
}
