/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What generated harnesses are made of: an ensemble with its recipe, trained and judged in one
 * call, side by side with others, from code or from a command line.
 */
package dev.polyphony.harness;
