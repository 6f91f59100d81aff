/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** MC dropout: one model, asked several times with its dropout on. */
package dev.polyphony.nn.dropout;
