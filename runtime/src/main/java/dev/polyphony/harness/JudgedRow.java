/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.ClassificationMeter;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.compare.ExampleScores;
import dev.polyphony.evaluate.corrupt.CorruptionSummary;
import dev.polyphony.evaluate.suite.SuiteResult;
import dev.polyphony.report.DecisionMap;
import dev.polyphony.report.Picture;
import dev.polyphony.report.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row, judged.
 *
 * @param description what it is
 * @param result for the report
 * @param examples how good it is on each test example
 * @param map what it says in the plane, if its inputs are points
 * @param beyond what came of it beyond the test set
 */
record JudgedRow(
        RowDescription description,
        Result result,
        ExampleScores examples,
        Optional<Picture> map,
        SuiteResult beyond) {

    /** The sets of a row that are no foreign ones; those have names of the user's. */
    static final String TEST = "test";

    private static final String PLANE = "plane";

    /**
     * Judges a row by its answers.
     *
     * @param description what it is
     * @param answers what its members say
     * @param by the data, and what else it is judged by
     * @throws IOException if answers that are kept cannot be written or read
     */
    static JudgedRow of(RowDescription description, RowAnswers answers, Judging by)
            throws IOException {
        return switch (description.task()) {
            case CLASSIFICATION -> ofClasses(description, answers, by);
            case MULTI_LABEL, REGRESSION -> TargetRows.judge(description, answers, by);
        };
    }

    private static JudgedRow ofClasses(RowDescription description, RowAnswers answers, Judging by)
            throws IOException {
        ClassificationMeter meter =
                ClassificationMeter.builder()
                        .setMembers(description.members())
                        .setClasses(description.classes())
                        .optAggregation(description.aggregation())
                        .optForeignSets(by.outOfDistribution().keySet())
                        .build();
        Examples test = by.test();
        AnswerBuffer all =
                by.suite().needsValidation()
                        ? new AnswerBuffer(description, description.members(), test)
                        : null;
        List<ExampleScores> examples = new ArrayList<>();
        answers.stream(
                TEST,
                test,
                (scores, labels) -> {
                    Predictions batch =
                            Predictions.of(
                                    scores,
                                    labels,
                                    description.members(),
                                    description.classes(),
                                    description.aggregation());
                    meter.add(batch);
                    examples.add(ExampleScores.of(batch));
                    if (all != null) {
                        all.onBatch(scores, labels);
                    }
                });
        for (Map.Entry<String, ? extends Examples> foreign : by.outOfDistribution().entrySet()) {
            answers.stream(
                    foreignSet(foreign.getKey()),
                    foreign.getValue(),
                    (scores, labels) -> meter.addForeign(foreign.getKey(), scores));
        }
        Optional<Picture> map =
                by.draws() && test instanceof LabeledData points && isPlane(points)
                        ? Optional.of(map(description, answers, points))
                        : Optional.empty();
        Evaluation evaluation = meter.getEvaluation();
        SuiteAnswers asked =
                new SuiteAnswers(
                        description, answers, test, all == null ? null : all.getPredictions());
        SuiteResult beyond = by.suite().run(asked, by.validation(), test);
        return new JudgedRow(
                description,
                new Result(
                                description.name(),
                                description.settings(),
                                evaluation,
                                description.cost())
                        .withRole(description.role())
                        .withImages(ShownImages.of(test))
                        .withCalibrations(beyond.calibration().stream().toList())
                        .withConformal(beyond.conformal())
                        .withCorruptions(
                                beyond.corruptions()
                                        .map(CorruptionSummary::getResults)
                                        .orElse(List.of()))
                        .withViews(beyond.augmented()),
                ExampleScores.join(examples),
                map,
                beyond);
    }

    /** The name of a foreign set among all, apart from the others. */
    static String foreignSet(String name) {
        return "foreign " + name;
    }

    /** The same with other costs. */
    JudgedRow with(Cost cost) {
        return new JudgedRow(description.with(cost), result.withCost(cost), examples, map, beyond);
    }

    private static boolean isPlane(LabeledData data) {
        return data.getDataType() == DataType.FLOAT32 && data.getShape().equals(new Shape(2));
    }

    private static Picture map(RowDescription row, RowAnswers answers, LabeledData test) {
        float[] features = test.getFeatures();
        float[][] points = new float[test.size()][2];
        for (int i = 0; i < points.length; i++) {
            points[i][0] = features[2 * i];
            points[i][1] = features[2 * i + 1];
        }
        return DecisionMap.of(
                row.name(),
                grid -> predict(row, answers, LabeledData.unlabeled(flat(grid), test.getShape())),
                points,
                test.getLabels());
    }

    private static Predictions predict(RowDescription row, RowAnswers answers, LabeledData grid) {
        try {
            return answers.predict(PLANE, grid, Optional.empty(), row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] flat(float[][] points) {
        float[] flat = new float[points.length * 2];
        for (int i = 0; i < points.length; i++) {
            flat[2 * i] = points[i][0];
            flat[2 * i + 1] = points[i][1];
        }
        return flat;
    }
}
