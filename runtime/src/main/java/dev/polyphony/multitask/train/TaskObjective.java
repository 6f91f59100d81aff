/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.polyphony.TaskKind;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.form.Scalars;
import dev.polyphony.train.loss.AbsoluteMemberLoss;
import dev.polyphony.train.loss.BinaryMemberLoss;
import dev.polyphony.train.loss.DistillationLoss;
import dev.polyphony.train.loss.HuberMemberLoss;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.loss.SquaredMemberLoss;

/** The loss of a task: of the right answers and, if there is a teacher, of the teacher's. */
final class TaskObjective {

    /** Keeps a batch without a known answer from a division by zero, and changes no other. */
    private static final double NONE = 1e-12;

    private final TaskSpec task;
    private final Loss hard;
    private final Loss soft;
    private final double share;

    TaskObjective(TaskSpec task, Reduction reduction, Distillation teacher) {
        this.task = task;
        hard = loss(task, reduction);
        boolean isOfClasses = task.kind() == TaskKind.CLASSIFICATION;
        share = teacher == null ? 0 : teacher.getShare();
        soft =
                teacher != null && isOfClasses
                        ? new DistillationLoss(reduction, teacher.getTemperature())
                        : hard;
    }

    private static Loss loss(TaskSpec task, Reduction reduction) {
        return switch (task.loss()) {
            case CROSS_ENTROPY -> new MemberLoss(reduction);
            case BINARY_CROSS_ENTROPY -> new BinaryMemberLoss(reduction);
            case SQUARED_ERROR -> new SquaredMemberLoss(reduction);
            case ABSOLUTE_ERROR -> new AbsoluteMemberLoss(reduction);
            case HUBER -> new HuberMemberLoss(reduction);
            case DEFAULT -> throw new IllegalStateException("no loss is the default one");
        };
    }

    /**
     * Returns the loss.
     *
     * @param output what the model gives, {@code [B, M, K]}, or {@code [B, M]} for one number
     * @param answers as {@link TaskBatches.Batch} has them
     * @param weights the weights of the members' losses {@code [B, M]}, or null
     * @return the loss, a scalar
     */
    NDArray get(NDArray output, NDList answers, NDArray weights) {
        NDArray flat = flat(output, task);
        NDArray known = answers.get(1);
        NDArray present = known.div(known.mean().add(NONE));
        NDArray counted = weights == null ? present : weights.mul(present);
        NDArray right = hard.evaluate(new NDList(answers.head(), counted), new NDList(flat));
        if (share == 0) {
            return right;
        }
        NDList given = new NDList(answers.get(2));
        if (weights != null) {
            given.add(weights);
        }
        NDArray taught = soft.evaluate(given, new NDList(flat));
        return Scalars.mul(right, 1 - share).add(Scalars.mul(taught, share));
    }

    /** The output {@code [B, M, K]} of a task. */
    static NDArray flat(NDArray output, TaskSpec task) {
        Shape shape = requireFlat(output.getShape(), task);
        return shape.dimension() == output.getShape().dimension() ? output : output.expandDims(2);
    }

    /** The shape {@code [B, M, K]} of an output. */
    static Shape requireFlat(Shape output, TaskSpec task) {
        if (output.dimension() == 2 && task.kind() == TaskKind.REGRESSION) {
            return output.add(1);
        }
        if (output.dimension() != 3) {
            throw new IllegalArgumentException(
                    "The task '%s' takes an output [batch, %s] of the model, but with members second it is %s: flatten it"
                            .formatted(task.name(), what(task), output));
        }
        return output;
    }

    /** The axis of an answer, in words. */
    private static String what(TaskSpec task) {
        return switch (task.kind()) {
            case CLASSIFICATION -> "classes";
            case MULTI_LABEL -> "labels";
            case REGRESSION -> "numbers";
        };
    }

    /** Requires that an output of a width answers what the data ask. */
    static void requireWidth(TaskSpec task, long width, int wanted) {
        boolean fits = task.kind() == TaskKind.CLASSIFICATION ? width >= wanted : width == wanted;
        if (!fits) {
            throw new IllegalArgumentException(
                    "The data have %d %s for the task '%s', but the model's output has %d"
                            .formatted(wanted, what(task), task.name(), width));
        }
    }
}
