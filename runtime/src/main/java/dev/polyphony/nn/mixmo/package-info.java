/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** MixMo: MIMO whose inputs are mixed by a mask after the first layer. */
package dev.polyphony.nn.mixmo;
