/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.compare.ExampleScores;
import dev.polyphony.evaluate.labels.MultiLabelMeter;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.GaussianNoise;
import dev.polyphony.evaluate.regression.RegressionMeter;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.evaluate.suite.SuiteResult;
import dev.polyphony.report.Forecasts;
import dev.polyphony.report.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Judges rows that predict several labels or numbers, by their answers. */
final class TargetRows {

    private static final String VALIDATION = "validation";

    private final RowDescription row;
    private final RowAnswers answers;
    private final Judging by;

    private TargetRows(RowDescription row, RowAnswers answers, Judging by) {
        this.row = row;
        this.answers = answers;
        this.by = by;
    }

    static JudgedRow judge(RowDescription row, RowAnswers answers, Judging by) throws IOException {
        TargetRows rows = new TargetRows(row, answers, by);
        return row.task() == Task.REGRESSION ? rows.judgeNumbers() : rows.judgeLabels();
    }

    private JudgedRow judgeLabels() throws IOException {
        MultiLabelMeter meter =
                MultiLabelMeter.of(
                        row.members(),
                        row.classes(),
                        row.aggregation(),
                        by.outOfDistribution().keySet());
        List<ExampleScores> scores = new ArrayList<>();
        answers.streamTargets(
                JudgedRow.TEST,
                by.test(),
                (outputs, labels) -> {
                    MultiLabelPredictions batch =
                            MultiLabelPredictions.of(
                                    outputs,
                                    labels,
                                    row.members(),
                                    row.classes(),
                                    row.aggregation());
                    meter.add(batch);
                    scores.add(ExampleScores.of(batch));
                });
        streamForeign(meter::addForeign);
        return toRow(meter.getEvaluation(), scores, Optional.empty());
    }

    /**
     * Numbers. With validation data members are Gaussians, whose variance is fitted to these: the
     * test data are only looked at.
     */
    private JudgedRow judgeNumbers() throws IOException {
        Optional<double[]> noise = by.validation() == null ? Optional.empty() : fitNoise();
        RegressionMeter meter =
                RegressionMeter.of(row.members(), row.classes(), by.outOfDistribution().keySet());
        List<ExampleScores> scores = new ArrayList<>();
        TargetBuffer shown = new TargetBuffer(row, Forecasts.getSample(by.test().size()));
        answers.streamTargets(
                JudgedRow.TEST,
                by.test(),
                (outputs, targets) -> {
                    RegressionPredictions points =
                            RegressionPredictions.of(
                                    outputs, targets, row.members(), row.classes());
                    RegressionPredictions batch = noise.map(points::withNoise).orElse(points);
                    meter.add(batch);
                    scores.add(ExampleScores.of(batch));
                    shown.onBatch(outputs, targets);
                });
        streamForeign(meter::addForeign);
        RegressionPredictions points = shown.getPredictions();
        return toRow(
                meter.getEvaluation(),
                scores,
                Optional.of(Forecasts.of(noise.map(points::withNoise).orElse(points), 0)));
    }

    private Optional<double[]> fitNoise() throws IOException {
        TargetBuffer all = TargetBuffer.ofAll(row, by.validation().size());
        answers.streamTargets(VALIDATION, by.validation(), all);
        return Optional.of(GaussianNoise.fit(all.getPredictions()));
    }

    private void streamForeign(BiConsumer<String, float[]> meter) throws IOException {
        for (Map.Entry<String, ? extends Examples> foreign : by.outOfDistribution().entrySet()) {
            answers.stream(
                    JudgedRow.foreignSet(foreign.getKey()),
                    foreign.getValue(),
                    (outputs, right) -> meter.accept(foreign.getKey(), outputs));
        }
    }

    private JudgedRow toRow(
            TaskEvaluation evaluation, List<ExampleScores> scores, Optional<Forecasts> forecasts) {
        Result result =
                new Result(row.name(), row.settings(), evaluation, row.cost()).withRole(row.role());
        return new JudgedRow(
                row,
                forecasts.map(result::withForecasts).orElse(result),
                ExampleScores.join(scores),
                Optional.empty(),
                SuiteResult.NONE);
    }
}
