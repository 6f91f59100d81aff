/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LoneMember;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Training;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the members of a harness are trained this time.
 *
 * @param processes the processes; null to train in this one
 * @param reason why, where that was not said; else null
 */
record MemberPlan(ProcessTraining processes, String reason) {

    private static final MemberPlan HERE = new MemberPlan(null, null);

    /**
     * Chooses, if nothing was said.
     *
     * @param harness what is trained
     * @param checkpoints the checkpoints of this training, or null
     * @throws IllegalArgumentException if what was said does not go with the harness
     */
    static MemberPlan of(
            Harness harness, Examples train, Training training, Checkpoints checkpoints) {
        MemberSettings settings = harness.getMembers();
        if (settings.way() == MemberTraining.PROCESSES) {
            int count =
                    settings.processes() > 0
                            ? settings.processes()
                            : estimate(harness, train, training)
                                    .map(memory -> memory.countProcesses(training))
                                    .orElse(1);
            return new MemberPlan(new ProcessTraining(count, folder(settings, checkpoints)), null);
        }
        if (settings.way() != MemberTraining.AUTO || !isDeep(harness)) {
            return HERE;
        }
        return choose(harness, train, training, checkpoints);
    }

    /** Whether members are in a folder, or were being trained in it. */
    boolean goesOn() {
        return processes != null
                && processes.folder() != null
                && MemberProcesses.isBegun(processes.folder());
    }

    /** Says how, if that was chosen here. */
    void say(String title, Progress progress) {
        if (reason != null) {
            progress.onNote(title, reason);
        }
    }

    /** Whether there are members that could be trained in another way. */
    private static boolean isDeep(HarnessOptions harness) {
        return harness.getRecipe().form() instanceof DeepEnsembleForm form
                && form.getMembers() > 1
                && !harness.getRecipe().takesSnapshots();
    }

    private static Path folder(MemberSettings settings, Checkpoints checkpoints) {
        if (settings.folder() != null) {
            return settings.folder();
        }
        return checkpoints == null ? null : checkpoints.getFolder().resolve("members");
    }

    private static MemberPlan choose(
            Harness harness, Examples train, Training training, Checkpoints checkpoints) {
        Path folder = folder(harness.getMembers(), checkpoints);
        Optional<MemberMemory> memory = estimate(harness, train, training);
        int count = memory.map(one -> one.countProcesses(training)).orElse(1);
        ProcessTraining inProcesses = new ProcessTraining(count, folder);
        if (folder != null && MemberProcesses.isBegun(folder)) {
            return new MemberPlan(
                    inProcesses,
                    say(
                            "in processes, %d at a time: %s has what was begun so"
                                    .formatted(count, folder)));
        }
        if (memory.isEmpty()) {
            return HERE;
        }
        if (memory.get().fits()) {
            return new MemberPlan(null, say("together in this process: " + memory.get()));
        }
        Optional<String> refusal = inProcesses.refuse(harness, training, train);
        return refusal.isPresent()
                ? new MemberPlan(
                        null,
                        say(
                                "together in this process, which may fail: %s. %s"
                                        .formatted(memory.get(), refusal.get())))
                : new MemberPlan(
                        inProcesses,
                        say("in processes, %d at a time: %s".formatted(count, memory.get())));
    }

    private static String say(String how) {
        return "members are trained %s; optMembers, or --members of a harness' command, says otherwise"
                .formatted(how);
    }

    /** Empty where it is not known how a single member is made, or its network fails. */
    private static Optional<MemberMemory> estimate(
            HarnessOptions harness, Examples train, Training training) {
        int members = harness.getRecipe().form().getMembers();
        Optional<PlainCopies> copies = harness.getCopies(1);
        try {
            Ensemble member =
                    copies.isPresent()
                            ? copies.get().get()
                            : LoneMember.of(harness.getNetwork().get(), 0);
            return Optional.of(MemberMemory.of(members, member, train, training));
        } catch (RuntimeException e) {
            // training says what is wrong with it
            return Optional.empty();
        }
    }
}
