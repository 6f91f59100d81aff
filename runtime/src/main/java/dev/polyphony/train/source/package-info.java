/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Where batches come from: data that lie on the device, or that are read ahead of their use. */
package dev.polyphony.train.source;
