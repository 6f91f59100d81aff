/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.Interval;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.compare.Spread;
import dev.polyphony.report.chart.BarChart;
import dev.polyphony.report.chart.Titles;
import dev.polyphony.report.chart.TradeOff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pictures that hold all rows, by one number each. A row has the colour of its place. */
final class Charts {

    private final List<Result> rows;
    private final RunStatistics statistics;

    Charts(Report report) {
        rows = report.getResults();
        statistics = report.getStatistics().orElse(null);
    }

    /** Bars of one column, with whiskers where statistics know what chance does to it. */
    Picture bars(Column column) {
        Table table = new Table("", List.of(column), rows, statistics);
        List<BarChart.Bar> bars = new ArrayList<>();
        Optional<Interval> whiskers = Optional.empty();
        for (int r = 0; r < rows.size(); r++) {
            Result row = rows.get(r);
            Optional<Interval> interval = interval(row, column);
            whiskers = interval.isPresent() ? interval : whiskers;
            bars.add(
                    new BarChart.Bar(
                            row.name(),
                            r,
                            table.value(row, column),
                            table.text(row, column),
                            interval.map(Interval::low).orElse(Double.NaN),
                            interval.map(Interval::high).orElse(Double.NaN)));
        }
        return Picture.of(
                Picture.nameOf("bars", column.label()),
                column.label(),
                column.metric().meaning() + whiskers.map(this::explanation).orElse(""),
                new BarChart(new Titles(column.label(), remark(column.metric())), bars)
                        .toDrawing());
    }

    private Optional<Interval> interval(Result row, Column column) {
        return column.figure().flatMap(figure -> interval(row, figure)).map(column::interval);
    }

    private Optional<Interval> interval(Result row, Figure figure) {
        return statistics == null
                ? Optional.empty()
                : statistics
                        .getSpread(row.name(), figure)
                        .map(Spread::bootstrap)
                        .filter(Interval::isKnown);
    }

    private String explanation(Interval whiskers) {
        return " Whiskers: %s interval %s."
                .formatted(
                        Words.percent(whiskers.level(), 0),
                        statistics.isOverSeeds()
                                ? "of the mean over %d seeds"
                                        .formatted(statistics.getSeeds().size())
                                : "over test examples");
    }

    private static String remark(Metric metric) {
        return switch (metric.better()) {
            case HIGHER -> "higher is better";
            case LOWER -> "lower is better";
            case NEITHER -> "";
        };
    }

    /** Quality against one cost; none if that cost is not known of two rows at least. */
    List<Picture> tradeOff(Metric cost) {
        Metric quality = rows.get(0).task().getProper();
        Table table = new Table("", List.of(), rows, statistics);
        List<TradeOff.Point> points = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Result row = rows.get(r);
            double price = table.value(row, Column.cost(cost));
            double value = table.value(row, Column.quality(quality));
            if (price > 0 && Double.isFinite(price) && Double.isFinite(value)) {
                Optional<Interval> interval = interval(row, Figure.of(quality));
                points.add(
                        new TradeOff.Point(
                                row.name(),
                                r,
                                price,
                                value,
                                interval.map(Interval::low).orElse(Double.NaN),
                                interval.map(Interval::high).orElse(Double.NaN)));
            }
        }
        if (points.stream().mapToDouble(TradeOff.Point::cost).distinct().count() < 2) {
            return List.of();
        }
        String title = "%s against %s".formatted(quality.title(), lower(cost.title()));
        TradeOff chart =
                new TradeOff(
                        new Titles(title, ""),
                        cost.getLabel(),
                        quality.getLabel() + ", lower is better",
                        points);
        List<String> front = chart.getFront().stream().map(TradeOff.Point::name).toList();
        return List.of(
                Picture.of(
                        Picture.nameOf("trade-off", quality.title(), cost.title()),
                        title,
                        "On the line, from the cheapest: %s.".formatted(String.join(", ", front)),
                        chart.toDrawing()));
    }

    static String lower(String title) {
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}
