/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How MixMo mixes the members of a training batch: ratios, masks, loss weights, and their schedule.
 */
package dev.polyphony.data.mixmo;
