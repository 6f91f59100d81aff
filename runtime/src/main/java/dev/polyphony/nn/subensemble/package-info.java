/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Sub-ensembles: a shared trunk with several heads. */
package dev.polyphony.nn.subensemble;
