/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.ProblemCases.wrong;

import dev.polyphony.processor.ProblemCases.Case;
import dev.polyphony.processor.diagnose.Code;
import java.util.stream.Stream;

/** Mistakes in what is said of a model's outputs. */
final class TaskProblemCases {

    private static final String BODY = "public Net() { " + LINEAR + " }";

    private static final String TWO =
            BODY
                    + """
                    @Override
                    protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training,
                            PairList<String, Object> params) {
                        NDList y = super.forwardInternal(store, inputs, training, params);
                        return new NDList(y.head(), y.head());
                    }
                    """;

    private TaskProblemCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                wrong(
                        Code.TASK_NAME,
                        "'stroke mass' is not a Java identifier",
                        net("@Packed\n@Task(name = \"stroke mass\") // here", BODY)),
                wrong(
                        Code.TASK_NAME,
                        "'class' is not a Java identifier",
                        net("@Packed\n@Task(name = \"class\") // here", BODY)),
                wrong(
                        Code.TASK_NAME,
                        "'mass' is the name of two tasks",
                        net(
                                "@Packed\n@Task(name = \"mass\")\n@Task(name = \"mass\") // here",
                                BODY)),
                wrong(
                        Code.TASK_KIND,
                        "'SQUARED_ERROR' is a loss of REGRESSION, but the task is one of CLASSIFICATION",
                        net(
                                "@Packed\n@Task(name = \"digit\",\nloss = TaskLoss.SQUARED_ERROR) // here",
                                BODY)),
                wrong(
                        Code.TASK_KIND,
                        "'ACCURACY' is a metric of CLASSIFICATION, but the task is one of REGRESSION",
                        net(
                                "@Packed\n@Task(name = \"mass\", kind = TaskKind.REGRESSION,\nmetric = TaskMetric.ACCURACY) // here",
                                BODY)),
                wrong(
                        Code.OUT_OF_RANGE,
                        "'weight' is 0.0, but must be above 0",
                        net("@Packed\n@Task(name = \"mass\", weight = 0) // here", BODY)),
                wrong(
                        Code.TASK_COUNT,
                        "The model returns 2 arrays, but 1 task is named",
                        net("@Packed\n@Task(name = \"mass\") // here", TWO)),
                wrong(
                        Code.TASKS_ALONE,
                        "'Net' names tasks, but no ensemble is made of it",
                        net("@Task(name = \"mass\") // here", BODY)));
    }
}
