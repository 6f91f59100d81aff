/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports on numbers and on several labels. */
class TaskReportTest {

    private static List<String> headings(Report report) {
        return Page.of(report).sections().stream().map(Section::heading).toList();
    }

    private static JsonObject json(Report report) {
        String text = JsonDocument.of(report, Page.of(report).pictures());
        return new Gson().fromJson(text, JsonObject.class);
    }

    @Test
    void numbersHaveTheirOwnSections() {
        Report report = Samples.numbers();
        List<String> headings = headings(report);
        assertTrue(headings.contains("Calibration: can the intervals be believed?"));
        assertTrue(headings.contains("Predicted and true"), headings.toString());
        assertTrue(!headings.contains("The members"), headings.toString());
        JsonObject json = json(report);
        assertEquals("numbers", json.get("task").getAsString());
        JsonObject row = json.getAsJsonArray("results").get(0).getAsJsonObject();
        Result first = report.getResults().get(0);
        assertEquals(
                first.evaluation().getValue(RegressionMetrics.CRPS),
                row.getAsJsonObject("quality").get(RegressionMetrics.CRPS.key()).getAsDouble());
        assertEquals(
                19, row.getAsJsonObject("intervalCalibration").getAsJsonArray("claimed").size());
        assertTrue(CsvTable.of(report).contains("narrow,,,,rootMeanSquaredError,"));
    }

    @Test
    void intervalsAreHeldAgainstTheirClaim() {
        Report report = Samples.numbers();
        // of intervals that are three times too narrow, 90% cover 1.645 / 3 deviations: 41.6%
        Result narrow = report.getResults().get(0);
        double covered = narrow.evaluation().getValue(RegressionMetrics.COVERAGE_90);
        assertEquals(0.416, covered, 0.08);
        Report alone = Report.builder().setTitle("Alone").addResult(narrow).build();
        assertEquals(
                "Its intervals are too narrow: do not rely on them",
                Verdict.of(alone).get(1).inShort());
        Report.Builder fair = Report.builder().setTitle("Fair");
        fair.addResult(report.getResults().get(1));
        assertEquals("Its intervals hold what they say", Verdict.of(fair.build()).get(1).inShort());
        assertEquals("Fair leads, perhaps by chance", Verdict.of(report).get(0).inShort());
    }

    @Test
    void forecastsAreThoseOfTheDistribution() {
        Forecasts forecasts =
                Samples.numbers().getResults().get(1).extras().forecasts().orElseThrow();
        assertEquals(200, forecasts.truth().length);
        for (int i = 0; i < 200; i++) {
            // a Gaussian of deviation 0.3: the central 90% lie within 1.645 deviations
            assertEquals(0.3 * 1.645, forecasts.high()[i] - forecasts.predicted()[i], 2e-3);
            assertEquals(0.3 * 1.645, forecasts.predicted()[i] - forecasts.low()[i], 2e-3);
        }
    }

    @Test
    void labelsHaveTheirOwnSections() {
        Report report = Samples.labels();
        assertTrue(headings(report).contains("Calibration: can the probabilities be believed?"));
        JsonObject row = json(report).getAsJsonArray("results").get(0).getAsJsonObject();
        assertEquals(3, row.get("labels").getAsInt());
        assertEquals(
                report.getResults().get(0).evaluation().getValue(MultiLabelMetrics.BCE),
                row.getAsJsonObject("quality").get(MultiLabelMetrics.BCE.key()).getAsDouble());
        assertEquals("How good is it?", Verdict.of(report).get(0).question());
    }

    @Test
    void tasksAreNotMixed() {
        Report.Builder mixed = Report.builder().setTitle("Mixed");
        mixed.addResult(Samples.numbers().getResults().get(0));
        mixed.addResult(Samples.result("classes", "", 1, 1, new Cost(1, 1, 1, 1)));
        Exception e = assertThrows(IllegalArgumentException.class, mixed::build);
        assertEquals(
                "'classes' predicts something else than 'narrow': make a report of each task",
                e.getMessage());
    }
}
