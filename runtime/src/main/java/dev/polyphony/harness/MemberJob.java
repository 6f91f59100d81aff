/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.BatchFormat;
import dev.polyphony.data.Examples;
import dev.polyphony.data.MemberColumn;
import dev.polyphony.engine.OneDnn;
import dev.polyphony.files.Sha256;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LoneMember;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.MemberParameters;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * What a process must know to train a member of a deep ensemble.
 *
 * @param name the ensemble's name for readers
 * @param network makes the ensemble
 * @param members the number of its members
 * @param training the settings
 * @param train the training data
 * @param validation what each epoch is judged on, or null
 * @param oneDnn whether PyTorch may use oneDNN
 */
record MemberJob(
        String name,
        Supplier<? extends Ensemble> network,
        int members,
        Training training,
        Examples train,
        Examples validation,
        boolean oneDnn)
        implements Serializable {

    /** Trains a member, on the examples in the order that it sees among the others. */
    MemberResult train(int member, String fingerprint, Progress progress) {
        if (!oneDnn) {
            OneDnn.setEnabled(false);
        }
        BatchFormat all = training.getBatches(Recipe.of(DeepEnsembleForm.of(members)));
        Recipe alone =
                Recipe.of(DeepEnsembleForm.of(1))
                        .withBatches(new MemberColumn(all, member))
                        .forTask(train.getTask());
        Training oneThread = training.toBuilder().optThreads(1).build();
        try (Trained trained =
                new TrainingLoop(alone, oneThread, progress)
                        .train(
                                "%s, member %d of %d".formatted(name, member, members),
                                () -> LoneMember.of(network.get(), member),
                                train,
                                validation)) {
            byte[] parameters = MemberParameters.save((LoneMember) trained.ensemble());
            return new MemberResult(fingerprint, trained.history(), parameters);
        }
    }

    /** A class of the user's. */
    Class<?> getUser() {
        return network instanceof PlainCopies copies
                ? copies.model().getClass()
                : network.getClass();
    }

    /**
     * Writes the job.
     *
     * @throws IllegalArgumentException if something of it cannot go to another process
     */
    byte[] toBytes() {
        try {
            return ObjectFile.write(this);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "%s cannot be trained in other processes, to which a %s cannot be handed: make the network in a lambda of NetworkSupplier that captures serializable values, as generated harnesses do, with data in memory or images in a folder, or train in this process"
                            .formatted(name, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + " cannot be handed to processes: " + e, e);
        }
    }

    /** Tells one job from another. */
    static String fingerprint(byte[] job) {
        return HexFormat.of().formatHex(Sha256.newDigest().digest(job));
    }
}
