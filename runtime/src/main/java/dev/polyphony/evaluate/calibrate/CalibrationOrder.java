/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

/** What of an ensemble is calibrated. */
public enum CalibrationOrder {
    /** What the ensemble says as a whole: members are pooled, and then scaled. */
    POOLED,

    /**
     * Each member by itself: members are scaled, and then pooled. An ensemble of calibrated members
     * that disagree is not sure enough.
     */
    MEMBERS,

    /** Each member by itself, and then what the ensemble says of that. */
    MEMBERS_THEN_POOLED
}
