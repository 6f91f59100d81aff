/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.method.Form.NumberValue;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.method.Tasks;
import dev.polyphony.processor.method.Tasks.Mark;
import dev.polyphony.processor.model.Model;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the tasks of a model as a constant. */
final class TaskConstant {

    private static final String NAME = "TASKS";

    private TaskConstant() {}

    /** Adds the constant to a type, and returns what names it in an argument list. */
    static String add(TypeSpec.Builder type, Model model, Tasks tasks) {
        TypeName list =
                ParameterizedTypeName.get(ClassName.get(List.class), Types.name(Runtime.TASK_SPEC));
        FieldSpec.Builder field =
                FieldSpec.builder(list, NAME, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc(
                                "$L",
                                new Javadoc(4)
                                        .paragraph(
                                                "The outputs, as annotated on %s."
                                                        .formatted(model.link()))
                                        .toString())
                        .initializer(values(tasks));
        if (model.isPublic()) {
            field.addModifiers(Modifier.PUBLIC);
        }
        type.addField(field.build());
        return NAME;
    }

    /** The names of the tasks, for readers. */
    static String names(Tasks tasks) {
        return tasks.marks().stream().map(Mark::name).collect(Collectors.joining(", "));
    }

    private static CodeBlock values(Tasks tasks) {
        List<Mark> marks = tasks.isValid() ? tasks.marks() : List.of();
        CodeBlock specs = marks.stream().map(TaskConstant::value).collect(CodeBlock.joining(", "));
        return CodeBlock.of("$T.of($L)", List.class, specs);
    }

    private static CodeBlock value(Mark mark) {
        CodeBlock.Builder spec =
                CodeBlock.builder()
                        .add(
                                "$T.of($S, $T.$L)",
                                Types.name(Runtime.TASK_SPEC),
                                mark.name(),
                                Types.name(Runtime.TASK_KIND),
                                mark.kind());
        mark.loss()
                .ifPresent(
                        loss -> spec.add(".withLoss($T.$L)", Types.name(Runtime.TASK_LOSS), loss));
        mark.metric()
                .ifPresent(
                        metric ->
                                spec.add(
                                        ".withMetric($T.$L)",
                                        Types.name(Runtime.TASK_METRIC),
                                        metric));
        if (mark.weight() != 1) {
            spec.add(".withWeight($L)", new NumberValue(mark.weight()));
        }
        return spec.build();
    }
}
