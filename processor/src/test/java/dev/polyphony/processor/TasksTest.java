/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.polyphony.TaskKind;
import dev.polyphony.TaskLoss;
import dev.polyphony.TaskMetric;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code @Task} makes of a model. */
class TasksTest {

    private static final String BODY = "public Net() { " + LINEAR + " }";

    /** Which loss and metric fit which kind is told twice: by the runtime, and to the compiler. */
    @Test
    void whatFitsAKindIsWhatTheRuntimeSays() {
        StringBuilder annotations = new StringBuilder();
        Set<String> expected = new TreeSet<>();
        for (TaskKind kind : TaskKind.values()) {
            for (TaskLoss loss : TaskLoss.values()) {
                add(annotations, kind, "loss = TaskLoss." + loss);
                if (!loss.fits(kind)) {
                    expected.add(loss + " loss " + kind);
                }
            }
            for (TaskMetric metric : TaskMetric.values()) {
                add(annotations, kind, "metric = TaskMetric." + metric);
                if (!metric.fits(kind)) {
                    expected.add(metric + " metric " + kind);
                }
            }
        }
        Set<String> refused = new TreeSet<>();
        compile(net(annotations + "@DeepEnsemble", BODY))
                .errors()
                .forEach(error -> refused.add(told(error.getMessage(Locale.ROOT))));
        assertEquals(expected, refused);
    }

    private static void add(StringBuilder annotations, TaskKind kind, String what) {
        annotations.append(
                "@Task(name = \"t%d\", kind = TaskKind.%s, %s)\n"
                        .formatted(annotations.length(), kind, what));
    }

    private static String told(String message) {
        Matcher told =
                Pattern.compile("^\\[PLY026] '(\\w+)' is a (\\w+) of .* the task is one of (\\w+)")
                        .matcher(message);
        assertTrue(told.find(), message);
        return String.join(" ", told.group(1), told.group(2), told.group(3));
    }

    @Test
    void aModelWithoutTasksHasTheUsualHarness() throws IOException {
        Compilation compilation = compile(net("@Packed", BODY));
        assertClean(compilation);
        assertTrue(generated(compilation, "PackedNetHarness").contains("extends Harness"));
        assertFalse(generated(compilation, "NetComparison").contains("TASKS"));
    }

    @Test
    void oneTaskMayBeNamed() throws IOException {
        Compilation compilation = compile(net("@Task(name = \"kind\") @Packed", BODY));
        assertClean(compilation);
        assertTrue(
                generated(compilation, "PackedNetHarness")
                        .replaceAll("\\s+", "")
                        .contains("TASKS=List.of(TaskSpec.of(\"kind\",TaskKind.CLASSIFICATION));"));
    }

    /** After an error code that uses the generated types compiles: one mistake, one message. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Task(name = \"a b\") @Packed @DeepEnsemble",
                "@Task(name = \"a\", weight = -1) @Packed @DeepEnsemble",
                "@Task(name = \"a\") @Packed(m = 0) @DeepEnsemble"
            })
    void stubsCompile(String annotations) {
        JavaFileObject user =
                source(
                        """
                        class User {
                            dev.polyphony.multitask.train.MultiTaskHarness packed = PackedNetHarness.of();
                            dev.polyphony.multitask.train.MultiTaskHarness deep = DeepEnsembleNetHarness.of();
                            dev.polyphony.multitask.compare.MultiTaskComparison all = NetComparison.of();
                            List<dev.polyphony.multitask.TaskSpec> tasks = PackedNetHarness.TASKS;
                        }
                        """);
        Compilation compilation = compile(net(annotations, BODY), user);
        assertEquals(1, compilation.errors().size(), () -> compilation.errors().toString());
    }

    @Test
    void whatIsNotSeenIsNotCounted() {
        String forward =
                """
                @Override
                protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training,
                        PairList<String, Object> params) {
                    NDList all = super.forwardInternal(store, inputs, training, params);
                    all.add(all.head());
                    return all;
                }
                """;
        assertClean(
                compile(
                        net(
                                "@Task(name = \"a\") @Task(name = \"b\") @DeepEnsemble",
                                BODY + forward)));
    }
}
