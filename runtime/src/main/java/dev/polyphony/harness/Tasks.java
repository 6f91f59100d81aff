/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.NDManager;
import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.ClassificationMeter;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelMeter;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.regression.RegressionMeter;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.MemberPrediction;
import java.util.Map;

/** What an ensemble may be asked, by the task that it was trained for. */
final class Tasks {

    private Tasks() {}

    /**
     * Requires that an ensemble is asked for what it was trained for.
     *
     * @param trained the task that it was trained for
     * @param asked what it is asked for
     * @param data the examples
     */
    static void require(Task trained, Task asked, Examples data) {
        if (trained != asked) {
            String method =
                    switch (trained) {
                        case CLASSIFICATION -> "predict";
                        case MULTI_LABEL -> "predictLabels";
                        case REGRESSION -> "predictNumbers";
                    };
            throw new IllegalStateException(
                    "The ensemble was trained for the task %s: ask it with %s"
                            .formatted(trained, method));
        }
        if (data.hasLabels() && data.getTask() != trained) {
            throw new IllegalStateException(
                    "The ensemble was trained for the task %s, but the data are of the task %s"
                            .formatted(trained, data.getTask()));
        }
    }

    /** Requires data that a report can be made of. */
    static void requireJudgeable(Task trained, Examples test) {
        require(trained, trained, test);
        requireRight(test);
    }

    /** Requires an ensemble of classes, for what is made for these. */
    static void requireClasses(Task trained, String what, String instead) {
        if (trained != Task.CLASSIFICATION) {
            throw new IllegalStateException(
                    "%s classifiers, but the ensemble was trained for the task %s: %s"
                            .formatted(what, trained, instead));
        }
    }

    /** Judges an ensemble on data of its task, batch by batch. */
    static TaskEvaluation judge(TrainedEnsemble trained, Task task, Examples test) {
        require(task, task, test);
        return switch (task) {
            case CLASSIFICATION -> judgeClasses(trained, test, Map.of());
            case MULTI_LABEL -> judgeLabels(trained, test);
            case REGRESSION -> judgeNumbers(trained, test);
        };
    }

    /** Judges a classifier on a test set and on foreign sets, batch by batch. */
    static Evaluation judgeClasses(
            TrainedEnsemble trained,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        requireRight(test);
        Ensemble ensemble = trained.getEnsemble();
        NDManager manager = trained.getModel().getNDManager();
        ClassificationMeter meter =
                ClassificationMeter.builder()
                        .setMembers(ensemble.getMembers())
                        .setClasses(outputs(trained))
                        .optAggregation(trained.getRecipe().aggregation())
                        .optForeignSets(outOfDistribution.keySet())
                        .build();
        MemberPrediction.stream(ensemble, manager, test, meter::add);
        outOfDistribution.forEach(
                (name, data) ->
                        MemberPrediction.stream(
                                ensemble,
                                manager,
                                data,
                                (scores, labels) -> meter.addForeign(name, scores)));
        return meter.getEvaluation();
    }

    private static MultiLabelEvaluation judgeLabels(TrainedEnsemble trained, Examples test) {
        requireRight(test);
        MultiLabelMeter meter =
                MultiLabelMeter.of(
                        trained.getEnsemble().getMembers(),
                        outputs(trained),
                        trained.getRecipe().aggregation());
        MemberPrediction.streamTargets(
                trained.getEnsemble(), trained.getModel().getNDManager(), test, meter::add);
        return meter.getEvaluation();
    }

    /** Judges numbers, as points or with some noise. */
    static RegressionEvaluation judgeNumbers(
            TrainedEnsemble trained, Examples test, double... noise) {
        requireRight(test);
        int members = trained.getEnsemble().getMembers();
        int width = outputs(trained);
        RegressionMeter meter = RegressionMeter.of(members, width);
        MemberPrediction.streamTargets(
                trained.getEnsemble(),
                trained.getModel().getNDManager(),
                test,
                (outputs, targets) -> {
                    RegressionPredictions points =
                            RegressionPredictions.of(outputs, targets, members, width);
                    meter.add(noise.length == 0 ? points : points.withNoise(noise));
                });
        return meter.getEvaluation();
    }

    private static int outputs(TrainedEnsemble trained) {
        Ensemble ensemble = trained.getEnsemble();
        return MemberPrediction.requireClasses(
                ensemble.getOutputShapes(ensemble.getInputShapes())[0], ensemble.getMembers());
    }

    private static void requireRight(Examples test) {
        if (!test.hasLabels()) {
            throw new IllegalStateException(
                    "The test data have no right answers: without them nothing can be judged");
        }
    }
}
