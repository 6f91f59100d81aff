/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.InputFormat;
import dev.polyphony.data.MultiTable;
import dev.polyphony.data.Task;
import dev.polyphony.model.TasksDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How files are read for a model that has been trained. */
final class TaskTables {

    private TaskTables() {}

    /** Reads as training read, by what the model folder says. */
    static MultiTable of(TasksDescription model) {
        Map<String, InputFormat> inputs = new LinkedHashMap<>();
        model.inputs().forEach(input -> inputs.put(input.name(), input.format()));
        Map<String, Task> kinds = new LinkedHashMap<>();
        Map<String, List<String>> names = new LinkedHashMap<>();
        model.tasks()
                .forEach(
                        task -> {
                            kinds.put(task.name(), task.kind());
                            names.put(task.name(), task.outputNames());
                        });
        return MultiTable.of(inputs, kinds, names);
    }
}
