/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** BatchEnsemble: shared weights, and fast weights for each member. */
package dev.polyphony.nn.batchensemble;
