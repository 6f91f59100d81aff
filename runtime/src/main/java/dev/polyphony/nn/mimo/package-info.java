/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** MIMO: members inside one trunk, with their own inputs and outputs. */
package dev.polyphony.nn.mimo;
