/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.report.Role;

/**
 * What a report says of a row beside its answers.
 *
 * @param name the row
 * @param settings the method's settings in words
 * @param recipe how it was trained, in words
 * @param task what it predicts
 * @param members the number of members
 * @param classes the number of classes, labels or targets
 * @param aggregation how members are pooled
 * @param cost what it cost
 * @param role what it is in the comparison
 */
record RowDescription(
        String name,
        String settings,
        String recipe,
        Task task,
        int members,
        int classes,
        Aggregation aggregation,
        Cost cost,
        Role role) {

    RowDescription with(Cost cost) {
        return new RowDescription(
                name, settings, recipe, task, members, classes, aggregation, cost, role);
    }
}
