/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The annotations: put one on a DJL model class, and the compiler writes the ensemble.
 *
 * <p>Most name a method of the literature and carry their settings under the names that the
 * literature uses. Several may stand on one class, also several of one kind (give all but one a
 * {@code name}). For a model {@code LeNet}, {@code @Packed} makes {@code PackedLeNet} (the
 * network), {@code PackedLeNetHarness} (its training and evaluation) and, once for all forms,
 * {@code LeNetComparison}.
 */
package dev.polyphony;
