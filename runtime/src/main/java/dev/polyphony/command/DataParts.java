/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.Examples;
import java.util.Map;

/**
 * Data by what they are for.
 *
 * @param train what is trained on, or null
 * @param validation what each epoch is judged on, or null
 * @param test what the result is judged on
 * @param outOfDistribution what the model is not made for, by name
 */
record DataParts(
        Examples train,
        Examples validation,
        Examples test,
        Map<String, Examples> outOfDistribution) {}
