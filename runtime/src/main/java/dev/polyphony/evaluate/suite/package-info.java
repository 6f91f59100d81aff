/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * All that a model is judged by beyond the test set, in one: {@link
 * dev.polyphony.evaluate.suite.EvaluationSuite} asks it, {@link
 * dev.polyphony.evaluate.suite.SuiteResult} holds what came of it.
 */
package dev.polyphony.evaluate.suite;
