/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.report.Role;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page at the end of a search: the best trials by the validation data, with what they come to
 * on the test data. It has no times, as trials ran on whatever machine was free: the same search
 * has the same page.
 *
 * @param space what was tried
 * @param data the data
 * @param criterion what trials are chosen by
 * @param folder where they are
 * @param most how many rows the page has at most
 */
record SearchReport(
        SearchSpace space, SearchData data, Criterion criterion, SearchFolder folder, int most) {

    /**
     * Makes the report.
     *
     * @param ranking the trials
     * @return the report
     * @throws IOException if answers that were kept cannot be read
     * @throws SearchException if no trial was trained
     */
    Report make(Ranking ranking) throws IOException {
        List<Ranking.Entry> all = ranking.getRanked();
        if (all.isEmpty()) {
            throw new SearchException(
                    "No trial was trained. The first one, %s, failed: %s"
                            .formatted(
                                    ranking.getFailed().get(0).first(),
                                    ranking.getFailed().get(0).failure()));
        }
        List<Ranking.Entry> shown = all.subList(0, Math.min(most, all.size()));
        String metric = criterion.metric().title();
        Report.Builder report =
                Report.builder()
                        .setTitle("Search")
                        .optIntroduction(
                                "Rows are in the order of their %s on the validation data, the best first: trials are chosen by it, and not by what they come to on the test data, which is shown."
                                        .formatted(metric));
        report.addFact("Data", data.getFingerprint());
        space.describe().forEach(report::addFact);
        report.addFact(
                "Trials",
                String.format(
                        Locale.ROOT,
                        "%d were trained, %d failed; the page has the best %d",
                        all.size(),
                        ranking.getFailed().size(),
                        shown.size()));
        for (Ranking.Entry entry : shown) {
            report.addFact(
                    "%s on validation data: %s".formatted(metric, space.getLabel(entry.first())),
                    criterion.metric().format(entry.score()));
        }
        for (Ranking.Entry entry : ranking.getFailed()) {
            report.addFact("Failed: " + space.getLabel(entry.first()), entry.failure());
        }
        addRows(report, shown);
        return report.build();
    }

    private void addRows(Report.Builder report, List<Ranking.Entry> shown) throws IOException {
        RunStatistics.Builder statistics =
                RunStatistics.builder().setReference(space.getLabel(shown.get(0).first()));
        for (Ranking.Entry entry : shown) {
            String label = space.getLabel(entry.first());
            for (Trial trial : entry.seeds().keySet()) {
                Result result = read(trial, label);
                Map<Figure, Double> values = Figure.getValues(result.evaluation(), result.cost());
                statistics.add(label, Integer.parseInt(trial.getSeed()), values, null);
                if (trial.equals(entry.first())) {
                    report.addResult(result);
                }
            }
        }
        if (space.seeds().size() > 1 && shown.size() > 1) {
            report.optStatistics(statistics.build());
        }
    }

    private Result read(Trial trial, String label) throws IOException {
        Result kept =
                TrialTraining.keptResult(folder.of(trial.getKey()), trial)
                        .read(data.validation(), data.test())
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "The answers of a trial are damaged or gone: delete %s, and it is trained again"
                                                        .formatted(
                                                                folder.of(trial.getKey()).path())));
        Cost cost = kept.cost();
        Cost untimed =
                new Cost(
                        cost.parameters(),
                        cost.multiplyAdds(),
                        cost.forwardCalls(),
                        Double.NaN,
                        Double.NaN,
                        Double.NaN);
        return new Result(
                label, kept.settings(), kept.evaluation(), untimed, Role.FORM, kept.extras());
    }
}
