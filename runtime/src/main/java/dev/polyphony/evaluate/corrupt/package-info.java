/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Images that go bad in many ways, to see whether a model notices: {@link
 * dev.polyphony.evaluate.corrupt.Corruption} lists the ways, {@link
 * dev.polyphony.evaluate.corrupt.CorruptedExamples} corrupts a data set as it is read, {@link
 * dev.polyphony.evaluate.corrupt.CorruptionSummary} sums up what a model made of it.
 */
package dev.polyphony.evaluate.corrupt;
