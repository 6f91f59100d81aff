/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An output of a model with several: what it answers, and how it is trained and judged. The
 * annotations name all outputs, in the order in which the model gives them:
 *
 * <pre>{@code
 * @Task(name = "digit", kind = TaskKind.CLASSIFICATION)
 * @Task(name = "mass", kind = TaskKind.REGRESSION, weight = 0.5)
 * @Packed(m = 4)
 * public final class DigitAndMass extends AbstractBlock {
 * }</pre>
 *
 * <p>The generated harnesses and comparison then are those of several tasks: they extend {@code
 * dev.polyphony.multitask.MultiTaskHarness} and {@code MultiTaskComparison}.
 *
 * @see <a href="https://arxiv.org/abs/1706.05098">An Overview of Multi-Task Learning in Deep Neural
 *     Networks</a>
 */
@Documented
@Repeatable(Task.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Task {

    /**
     * The name of the output: a Java identifier, which no other output of the model has. Data give
     * the right answers of the task by this name.
     *
     * @return the name
     */
    String name();

    /**
     * What the output answers.
     *
     * @return the kind
     */
    TaskKind kind() default TaskKind.CLASSIFICATION;

    /**
     * What is minimised.
     *
     * @return a loss of the kind; {@link TaskLoss#DEFAULT} stands for the usual one
     */
    TaskLoss loss() default TaskLoss.DEFAULT;

    /**
     * What the task is judged by.
     *
     * @return a metric of the kind; {@link TaskMetric#DEFAULT} stands for the usual one
     */
    TaskMetric metric() default TaskMetric.DEFAULT;

    /**
     * What the loss is multiplied by, above 0, besides what a balance of the losses does.
     *
     * @return the weight
     */
    double weight() default 1;

    /** The outputs of a model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The outputs, in the order in which the model gives them.
         *
         * @return the outputs
         */
        Task[] value();
    }
}
