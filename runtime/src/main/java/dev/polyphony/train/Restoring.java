/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointReader;
import dev.polyphony.train.checkpoint.SectionContent;
import dev.polyphony.train.progress.Resumed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a checkpoint of a run holds, and how the run goes on from it. */
final class Restoring {

    private static final String MEMBERS = "members";

    private final CheckpointReader checkpoint;
    private final TrainingRun run;

    private Restoring(CheckpointReader checkpoint, TrainingRun run) {
        this.checkpoint = checkpoint;
        this.run = run;
    }

    /** The sections of a checkpoint. */
    static Map<String, SectionContent> sections(
            TrainingRun run, RunFingerprint fingerprint, Snapshot parameters, int stepsPerEpoch) {
        Map<String, SectionContent> sections =
                CheckpointContent.sections(
                        new CheckpointContent.Run(
                                run.getEnsemble(),
                                run.getTraining(),
                                run.getOptimizer(),
                                fingerprint,
                                stepsPerEpoch),
                        run.getState()::write,
                        parameters);
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
        CheckpointContent content =
                new CheckpointContent(checkpoint, run.getRecipe(), run.getTraining());
        List<String> environment = content.requireSame(now);
        TrainingState state = content.readState(TrainingState::read);
        content.requireSameSteps(
                state.getSteps(), state.getEpoch() + (state.getStep() > 0 ? 1 : 0));
        readMembers(state);
        content.restore(run.getEnsemble(), run.getOptimizer());
        run.setState(state);
        return new Resumed(
                checkpoint.getFile(),
                state.getEpoch(),
                state.getSteps(),
                run.isOver(),
                environment);
    }

    /** What training had come to. */
    static TrainingState readState(CheckpointReader checkpoint) throws IOException {
        return CheckpointContent.readState(checkpoint, TrainingState::read);
    }

    /** The parameters of the last step. */
    static Snapshot readParameters(CheckpointReader checkpoint) throws IOException {
        return CheckpointContent.readParameters(checkpoint);
    }
}
