/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Deep ensembles: copies of the model. */
package dev.polyphony.nn.deepensemble;
