/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The two moons: every form against the plain model and a deep ensemble, in two dimensions. */
package dev.polyphony.samples.moons;
