/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/**
 * What of a training batch each member sees.
 *
 * @see BatchEnsemble
 */
public enum BatchSplit {

    /** All of it: the batch is repeated for every member. */
    TILED,

    /** Its own part: the batch is divided among the members, at the cost of one forward pass. */
    SUB_BATCH
}
