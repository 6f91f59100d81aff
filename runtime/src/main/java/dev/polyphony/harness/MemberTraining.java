/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import java.util.Locale;

/**
 * How the members of a deep ensemble are trained. Each way gives the same members, but for rounding
 * in a {@link #VECTORIZED} network, which also draws dropout for all members at once.
 */
public enum MemberTraining {

    /**
     * In the network of the harness where the memory allows it, else in processes. What a folder
     * has begun goes on as it began.
     */
    AUTO,

    /** In one network that holds all members, for networks that are made so. */
    VECTORIZED,

    /** As models beside one another, in this process. */
    COPIES,

    /** In processes of their own. */
    PROCESSES;

    /** The name as options have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
