/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask;

import dev.polyphony.TaskKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a model does in all its tasks. */
public final class MultiTaskEvaluation {

    private final Map<String, TaskAnswers> answers;
    private final Map<String, boolean[]> known;

    private MultiTaskEvaluation(Map<String, TaskAnswers> answers, Map<String, boolean[]> known) {
        this.answers = answers;
        this.known = known;
    }

    /**
     * Takes the answers of all tasks.
     *
     * @param answers the answers in the order of the tasks, of the same examples, judged
     * @param known for each task and example whether the right answer is known
     * @return the evaluation
     */
    public static MultiTaskEvaluation of(List<TaskAnswers> answers, List<boolean[]> known) {
        Map<String, TaskAnswers> all = new LinkedHashMap<>();
        Map<String, boolean[]> allKnown = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            String name = answers.get(i).getTask().name();
            all.put(name, answers.get(i));
            allKnown.put(name, known.get(i));
        }
        return new MultiTaskEvaluation(all, allKnown);
    }

    /**
     * Returns the tasks.
     *
     * @return the tasks, in the order of the outputs
     */
    public List<TaskSpec> getTasks() {
        return answers.values().stream().map(TaskAnswers::getTask).toList();
    }

    /**
     * Returns the answers of a task, where the right ones are known.
     *
     * @param task the name of the task
     * @return the answers, to be asked for metrics and uncertainty
     * @throws IllegalArgumentException if there is no such task
     */
    public TaskAnswers get(String task) {
        if (!answers.containsKey(task)) {
            throw new IllegalArgumentException(
                    "There is no task '%s', but %s".formatted(task, answers.keySet()));
        }
        return answers.get(task).filter(known.get(task));
    }

    /**
     * Returns what each task is judged by.
     *
     * @return the value of each task's metric, in the order of the tasks
     */
    public double[] getMetrics() {
        return answers.keySet().stream()
                .map(this::get)
                .mapToDouble(own -> own.getMetric(own.getTask().metric()))
                .toArray();
    }

    /**
     * Returns the share of the examples on which all classes and labels are right; numbers, which
     * are never quite right, have no part in it.
     *
     * @return the share, of the examples of which all these answers are known; NaN without any
     */
    public double getExactMatch() {
        double right = 0;
        int counted = 0;
        double[][] errors =
                answers.values().stream()
                        .filter(own -> own.getTask().kind() != TaskKind.REGRESSION)
                        .map(TaskAnswers::getErrors)
                        .toArray(double[][]::new);
        boolean[][] judged =
                answers.values().stream()
                        .filter(own -> own.getTask().kind() != TaskKind.REGRESSION)
                        .map(own -> known.get(own.getTask().name()))
                        .toArray(boolean[][]::new);
        for (int i = 0; errors.length > 0 && i < errors[0].length; i++) {
            boolean isKnown = true;
            boolean isRight = true;
            for (int t = 0; t < errors.length; t++) {
                isKnown &= judged[t][i];
                isRight &= errors[t][i] == 0;
            }
            counted += isKnown ? 1 : 0;
            right += isKnown && isRight ? 1 : 0;
        }
        return counted == 0 ? Double.NaN : right / counted;
    }
}
