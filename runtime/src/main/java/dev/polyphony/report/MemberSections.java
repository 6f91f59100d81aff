/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.PairMeasure;
import dev.polyphony.report.Section.Block;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Reading;
import java.util.ArrayList;
import java.util.List;

/** The members one by one, and two by two. */
final class MemberSections {

    static final List<Metric> METRICS =
            List.of(
                    Metrics.MEMBER_ACCURACY,
                    Metrics.MEMBER_NLL,
                    Metrics.MEMBER_BRIER,
                    Metrics.MEMBER_ECE,
                    PairMeasure.OUTCOME_AGREEMENT.getMetric(),
                    PairMeasure.DOUBLE_FAULT.getMetric(),
                    PairMeasure.RATIO_OF_ERRORS.getMetric(),
                    PairMeasure.Q_STATISTIC.getMetric(),
                    PairMeasure.CORRELATION.getMetric(),
                    PairMeasure.KL_DIVERGENCE.getMetric());

    private MemberSections() {}

    static List<Section> of(Report report) {
        List<Picture> matrices =
                report.getResults().stream()
                        .filter(row -> row.classification().getMembers() > 1)
                        .map(RowCharts::agreement)
                        .toList();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Grid(
                        report.table(
                                "The members on their own, and in pairs",
                                METRICS.stream().map(Column::quality).toList())));
        if (matrices.isEmpty()) {
            return List.of();
        }
        blocks.add(
                new Reading(
                        "An ensemble is better than its members only where they differ. Each square"
                                + " is the share of test examples that two members give the same class,"
                                + " right or wrong: the paler, the more they differ. Members that are"
                                + " all alike (dark throughout) add cost and nothing else."));
        blocks.add(new Gallery(matrices));
        return List.of(new Section("The members", blocks));
    }
}
