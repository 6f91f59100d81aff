/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What training makes small: losses of all members at once, and what to beware of in those of
 * others.
 */
package dev.polyphony.train.loss;
