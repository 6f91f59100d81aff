/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

/** What a row is in a comparison. */
public enum Role {
    /** The model as it is, which prices are relative to. */
    PLAIN,
    /** An ensemble in one network, or whatever else is compared. */
    FORM,
    /** Several networks that know nothing of each other: what the forms are to come close to. */
    DEEP_ENSEMBLE
}
