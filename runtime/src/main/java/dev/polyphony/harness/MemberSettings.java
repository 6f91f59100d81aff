/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How the members of a deep ensemble are to be trained.
 *
 * @param way the way
 * @param processes how many processes run at a time; 0 for a choice
 * @param folder where members are kept that are trained in processes, or null
 */
record MemberSettings(MemberTraining way, int processes, Path folder) {

    static final MemberSettings AUTOMATIC = new MemberSettings(MemberTraining.AUTO, 0, null);

    MemberSettings {
        Objects.requireNonNull(way, "way");
    }

    /** Requires a number of processes, and a folder. */
    static MemberSettings inProcesses(int processes, Path folder) {
        if (processes < 1) {
            throw new IllegalArgumentException(
                    "There must be at least 1 process, not " + processes);
        }
        return new MemberSettings(
                MemberTraining.PROCESSES, processes, Objects.requireNonNull(folder, "folder"));
    }
}
