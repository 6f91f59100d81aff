/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import java.util.Map;

/**
 * What rows are judged by.
 *
 * @param suite what is judged beyond the test set
 * @param validation what calibrations and sets are fitted on; null if nothing is fitted
 * @param test the test data
 * @param outOfDistribution foreign data by name
 * @param draws whether a map is drawn, if the inputs are points
 */
record Judging(
        EvaluationSuite suite,
        Examples validation,
        Examples test,
        Map<String, ? extends Examples> outOfDistribution,
        boolean draws) {}
