/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.nn.LoneMember;
import dev.polyphony.train.MemberParameters;
import dev.polyphony.train.Trained;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a deep ensemble together of members that were trained by themselves.
 *
 * @param ensemble the harness of the ensemble
 * @param members the checkpoints of each member
 * @param train the data that were trained on
 */
record MemberAssembly(Harness ensemble, List<Checkpoints> members, Examples train) {

    Trained assemble() {
        int count = ensemble.getRecipe().form().getMembers();
        if (members.size() != count) {
            throw new IllegalArgumentException(
                    "%s has %d members, but there are checkpoints of %d"
                            .formatted(ensemble.getName(), count, members.size()));
        }
        List<MemberResult> results = new ArrayList<>();
        for (int member = 0; member < count; member++) {
            results.add(restore(member));
        }
        History history = new MemberHistory(results).together();
        return new TrainingLoop(
                        ensemble.getRecipe().forTask(train.getTask()),
                        ensemble.getTraining(),
                        Progress.none())
                .assemble(
                        ensemble.getName(),
                        ensemble.getNetwork(),
                        train,
                        made -> {
                            MemberPlacement.load(
                                    made,
                                    ensemble.getCopies(count).orElse(null),
                                    results.stream().map(MemberResult::parameters).toList());
                            return history;
                        });
    }

    private MemberResult restore(int member) {
        Checkpoints checkpoints = members.get(member);
        Harness alone =
                ensemble.getMember(member).optCheckpoints(checkpoints).optProgress(Progress.none());
        requireOver(alone, checkpoints.getFolder());
        // which compares data and settings, and finds nothing left to train
        try (TrainedEnsemble trained = alone.resume(train)) {
            byte[] parameters = MemberParameters.save((LoneMember) trained.getEnsemble());
            return new MemberResult("", trained.getHistory(), parameters);
        }
    }

    private void requireOver(Harness alone, Path folder) {
        List<Path> files = CheckpointFolder.list(folder);
        if (files.isEmpty()) {
            throw new CheckpointException(
                    "There is no checkpoint of %s in %s: train it first"
                            .formatted(alone.getName(), folder));
        }
        int epochs = ensemble.getTraining().getEpochs();
        try (TrainedEnsemble trained = alone.loadCheckpoint(files.get(files.size() - 1), train)) {
            int made = trained.getHistory().epochs().size();
            if (made < epochs) {
                throw new IllegalArgumentException(
                        "The training of %s is not over: in %s, %d of %d epochs are made. Go on with it first"
                                .formatted(alone.getName(), folder, made, epochs));
            }
        }
    }
}
