/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What networks cost before they are trained: parameters, multiply-adds, activations. */
package dev.polyphony.nn.cost;
