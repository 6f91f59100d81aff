/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDManager;
import dev.polyphony.TaskKind;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskAnswers;
import java.util.Arrays;
import java.util.List;

/**
 * Asks what is trained about examples, between its epochs.
 *
 * @param run what is trained
 * @param manager the manager of the arrays
 */
record TaskJudge(TaskRun run, NDManager manager) {

    private List<TaskAnswers> ask(MultiExamples examples) {
        return TaskAsk.ask(
                run.ensemble(), run.tasks(), run.recipe().aggregation(), examples, manager);
    }

    /**
     * The weighed loss of each example.
     *
     * @param weights what the balance multiplies the losses by
     */
    double[] exampleLosses(MultiExamples train, double... weights) {
        double[] losses = new double[train.size()];
        List<TaskAnswers> answers = ask(train);
        for (int t = 0; t < weights.length; t++) {
            String name = run.task(t).name();
            boolean isOfClasses = run.task(t).kind() == TaskKind.CLASSIFICATION;
            ExampleLosses.add(
                    answers.get(run.places()[t]),
                    isOfClasses ? train.getClasses(name) : null,
                    isOfClasses ? null : train.getTargets(name),
                    train.getKnown(name),
                    weights[t] * run.weight(t),
                    losses);
        }
        return losses;
    }

    /** Each task's metric; NaN of those that are not trained. */
    double[] metrics(MultiExamples validation) {
        double[] metrics = new double[run.tasks().size()];
        Arrays.fill(metrics, Double.NaN);
        List<TaskAnswers> answers = ask(validation);
        for (int place : run.places()) {
            TaskAnswers judged = TaskAsk.judge(answers.get(place), validation);
            boolean[] known = validation.getKnown(judged.getTask().name());
            metrics[place] =
                    MultiTaskEvaluation.of(List.of(judged), List.of(known)).getMetrics()[0];
        }
        return metrics;
    }
}
