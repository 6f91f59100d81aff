/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.compare.Bootstrap;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes the report of several seeds: numbers are means, and bars have whiskers. */
class SeedsReportTest {

    @TempDir private Path folder;

    private static Report report(Bootstrap bootstrap) {
        RunStatistics.Builder statistics =
                RunStatistics.builder()
                        .setReference("Plain model")
                        .optBootstrap(bootstrap, bootstrap);
        Report.Builder report = Report.builder().setTitle("Seeds");
        for (Result row : Samples.results().subList(0, 2)) {
            report.addResult(row);
            for (int seed = 0; seed < 3; seed++) {
                Map<Figure, Double> values =
                        Map.of(
                                Figure.of(Metrics.NLL), 0.25 + seed / 8.0,
                                Figure.of(Metrics.ACCURACY), 0.8 + seed / 100.0);
                statistics.add(row.name(), seed, values, null);
            }
        }
        return report.optStatistics(statistics.build()).build();
    }

    @Test
    void pageIsWritten() throws IOException {
        Path html = report(Bootstrap.seeded(1)).writeTo(folder);
        String page = Files.readString(html);
        assertTrue(page.contains("Whiskers: 95% interval of the mean over 3 seeds."));
        String csv = Files.readString(folder.resolve("results.csv"));
        assertTrue(csv.contains("MIMO,2,,,negativeLogLikelihood,0.5\n"), csv);
    }

    @Test
    void whiskersAreOfTheLevelThatWasAskedFor() {
        Report report = report(Bootstrap.seeded(1).optLevel(0.9));
        Picture bars = new Charts(report).bars(Column.quality(Metrics.NLL));
        assertTrue(bars.getCaption().endsWith("Whiskers: 90% interval of the mean over 3 seeds."));
    }

    /** As the accuracy in the table is. */
    @Test
    void theErrorRateIsAMeanToo() {
        Report report = report(Bootstrap.seeded(1));
        Column column = Column.errorRate();
        Table table = report.table("", List.of(column));
        Result row = report.getResults().get(0);
        assertEquals("0.1900", table.text(row, column));
        assertEquals("± 0.0100", table.deviation(row, column));
        var accuracy =
                report.getStatistics()
                        .flatMap(all -> all.getSpread(row.name(), Figure.of(Metrics.ACCURACY)))
                        .orElseThrow()
                        .bootstrap();
        var error = column.interval(accuracy);
        assertEquals(1 - accuracy.high(), error.low());
        assertEquals(1 - accuracy.low(), error.high());
        assertEquals(Optional.of(Figure.of(Metrics.ACCURACY)), column.figure());
    }

    /** The value of one seed is not shown as if it were the mean of all. */
    @Test
    void aFigureThatASeedLacksHasNoMean() {
        List<Result> rows = Samples.results().subList(0, 2);
        RunStatistics.Builder statistics = RunStatistics.builder().setReference(rows.get(0).name());
        for (int seed = 0; seed < 2; seed++) {
            for (Result row : rows) {
                boolean isMissing = seed == 1 && row == rows.get(1);
                statistics.add(
                        row.name(),
                        seed,
                        Map.of(Figure.of(Metrics.NLL), isMissing ? Double.NaN : 0.5),
                        null);
            }
        }
        Column column = Column.quality(Metrics.NLL);
        Table table = new Table("", List.of(column), rows, statistics.build());
        assertEquals("0.5000", table.text(rows.get(0), column));
        assertEquals("-", table.text(rows.get(1), column));
        assertEquals("", table.deviation(rows.get(1), column));
    }
}
