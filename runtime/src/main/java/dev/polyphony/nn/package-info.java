/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Ensembles as DJL blocks: the base class of generated networks, how it finds the roles of their
 * layers, and the matrix that shows whether members leak into one another.
 */
package dev.polyphony.nn;
