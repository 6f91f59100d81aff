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
 */
record JudgedRow(
        RowDescription description, Result result, ExampleScores examples, Optional<Picture> map) {

    /** The sets of a row that are no foreign ones; those have names of the user's. */
    private static final String TEST = "test";

    private static final String PLANE = "plane";

    /**
     * Judges a row by its answers.
     *
     * @param description what it is
     * @param answers what its members say
     * @param test the test data
     * @param outOfDistribution foreign data by name
     * @param draws whether a map is drawn, if the inputs are points
     * @throws IOException if answers that are kept cannot be written or read
     */
    static JudgedRow of(
            RowDescription description,
            RowAnswers answers,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution,
            boolean draws)
            throws IOException {
        ClassificationMeter meter =
                ClassificationMeter.builder()
                        .setMembers(description.members())
                        .setClasses(description.classes())
                        .optAggregation(description.aggregation())
                        .optForeignSets(outOfDistribution.keySet())
                        .build();
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
                });
        for (Map.Entry<String, ? extends Examples> foreign : outOfDistribution.entrySet()) {
            answers.stream(
                    // apart from the other names
                    "foreign " + foreign.getKey(),
                    foreign.getValue(),
                    (scores, labels) -> meter.addForeign(foreign.getKey(), scores));
        }
        Optional<Picture> map =
                draws && test instanceof LabeledData points && isPlane(points)
                        ? Optional.of(map(description, answers, points))
                        : Optional.empty();
        Evaluation evaluation = meter.getEvaluation();
        return new JudgedRow(
                description,
                new Result(
                                description.name(),
                                description.settings(),
                                evaluation,
                                description.cost())
                        .withRole(description.role())
                        .withImages(ShownImages.of(test)),
                ExampleScores.join(examples),
                map);
    }

    /** The same with other costs. */
    JudgedRow with(Cost cost) {
        return new JudgedRow(description.with(cost), result.withCost(cost), examples, map);
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
        float[] all = new float[grid.size() * row.members() * row.classes()];
        int[] at = {0};
        try {
            answers.stream(
                    PLANE,
                    grid,
                    (scores, labels) -> {
                        System.arraycopy(scores, 0, all, at[0], scores.length);
                        at[0] += scores.length;
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Predictions.of(all, row.members(), row.classes(), row.aggregation());
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
