/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.report.Curve;
import dev.polyphony.report.TrainingPage;
import dev.polyphony.report.TrainingPage.Plot;
import dev.polyphony.train.progress.History;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The page on trainings that run. */
final class HistoryPage {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final List<String> COLUMNS =
            List.of(
                    "Model",
                    "State",
                    "Training loss",
                    "Validation loss",
                    "Accuracy",
                    "Best epoch",
                    "Training");

    private static final String LOSSES =
            "The training loss of MIMO, MixMo and the deep ensemble is the sum over members, that of"
                    + " the others the mean: compare epochs of one model, not the heights of two.";

    private final List<HistoryRow> rows;

    private HistoryPage(List<HistoryRow> rows) {
        this.rows = rows;
    }

    static TrainingPage of(String title, List<HistoryRow> rows) {
        HistoryPage page = new HistoryPage(rows);
        boolean isRunning = !rows.stream().allMatch(HistoryRow::isOver);
        return new TrainingPage(
                title,
                page.status(isRunning),
                isRunning,
                page.plots(),
                COLUMNS,
                rows.stream().map(HistoryPage::cells).toList(),
                rows.stream().map(HistoryRow::getColor).toList());
    }

    private List<String> status(boolean isRunning) {
        List<String> status = new ArrayList<>();
        for (HistoryRow row : rows) {
            if (row.isRunning()) {
                status.add(
                        "%s: %s, %s examples/s, %s left"
                                .formatted(
                                        row.getName(),
                                        row.getState(),
                                        String.format(
                                                Locale.ROOT, "%,.0f", row.getPace().getRate()),
                                        row.getPace().getLeft()));
            }
        }
        String now = TIME.format(LocalDateTime.now());
        status.add(
                isRunning
                        ? "As of " + now + "; the page loads itself again."
                        : "The training was over at " + now + ".");
        return status;
    }

    private List<Plot> plots() {
        List<Plot> plots = new ArrayList<>();
        List<Curve> losses = new ArrayList<>(curves("training loss", false, HistoryPage::loss));
        addRunning(losses);
        boolean isValidated = has(History.Epoch::validationLoss);
        if (isValidated) {
            losses.addAll(curves("validation loss", true, History.Epoch::validationLoss));
        }
        plots.add(new Plot("Loss", lossNote(isValidated), losses));
        if (has(History.Epoch::validationAccuracy)) {
            plots.add(
                    new Plot(
                            "Accuracy",
                            "On the validation data.",
                            curves("accuracy", false, History.Epoch::validationAccuracy)));
        }
        plots.add(
                new Plot(
                        "Learning rate",
                        "Of the last update of each epoch.",
                        curves("learning rate", false, HistoryRow::getLearningRate)));
        plots.addAll(metrics());
        return plots;
    }

    /** Losses are those that were trained, which rows make of their members in two ways. */
    private String lossNote(boolean isValidated) {
        String dashed = isValidated ? "Dashed: on the validation data." : "";
        return rows.size() == 1 ? dashed : (LOSSES + " " + dashed).strip();
    }

    private static double loss(History.Epoch epoch) {
        return epoch.trainingLoss();
    }

    /** The loss of the epoch that runs ends the curve of those before. */
    private void addRunning(List<Curve> losses) {
        for (int i = 0; i < rows.size(); i++) {
            HistoryRow row = rows.get(i);
            if (row.isRunning() && !Double.isNaN(row.getLoss())) {
                Curve curve = losses.get(i);
                losses.set(
                        i,
                        new Curve(
                                curve.name(),
                                curve.color(),
                                false,
                                append(curve.x(), row.getPlace()),
                                append(curve.y(), row.getLoss())));
            }
        }
    }

    private static double[] append(double[] values, double value) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }

    /** Of DJL's names, {@code train_Accuracy} and {@code validate_Accuracy} are of one chart. */
    private List<Plot> metrics() {
        Map<String, Set<String>> byEvaluator = new LinkedHashMap<>();
        for (String metric : HistoryText.getMetrics(rows)) {
            String evaluator = metric.replaceFirst("^(train|validate)_", "");
            byEvaluator.computeIfAbsent(evaluator, key -> new LinkedHashSet<>()).add(metric);
        }
        List<Plot> plots = new ArrayList<>();
        byEvaluator.forEach(
                (evaluator, metrics) -> {
                    List<Curve> curves = new ArrayList<>();
                    boolean isSplit = metrics.size() > 1;
                    for (String metric : metrics) {
                        boolean isDashed = isSplit && metric.startsWith("validate_");
                        curves.addAll(
                                curves(
                                        metric,
                                        isDashed,
                                        epoch -> epoch.metrics().getOrDefault(metric, Double.NaN)));
                    }
                    plots.add(
                            new Plot(
                                    evaluator,
                                    isSplit ? "Dashed: on the validation data." : "",
                                    curves));
                });
        return plots;
    }

    private boolean has(ToDoubleFunction<History.Epoch> value) {
        return rows.stream()
                .flatMap(row -> row.getEpochs().stream())
                .anyMatch(epoch -> Double.isFinite(value.applyAsDouble(epoch)));
    }

    private List<Curve> curves(
            String what, boolean isDashed, ToDoubleFunction<History.Epoch> value) {
        return curves(what, isDashed, (row, epoch) -> value.applyAsDouble(epoch));
    }

    private List<Curve> curves(
            String what, boolean isDashed, ToDoubleBiFunction<HistoryRow, History.Epoch> value) {
        return IntStream.range(0, rows.size())
                .mapToObj(
                        i -> {
                            HistoryRow row = rows.get(i);
                            List<History.Epoch> epochs = row.getEpochs();
                            return new Curve(
                                    row.getName() + ", " + what,
                                    row.getColor(),
                                    isDashed,
                                    epochs.stream().mapToDouble(History.Epoch::number).toArray(),
                                    epochs.stream()
                                            .mapToDouble(epoch -> value.applyAsDouble(row, epoch))
                                            .toArray());
                        })
                .toList();
    }

    private static List<String> cells(HistoryRow row) {
        List<History.Epoch> epochs = row.getEpochs();
        History.Epoch last = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        double seconds = epochs.stream().mapToDouble(History.Epoch::seconds).sum();
        return List.of(
                row.getName(),
                row.getState(),
                last == null ? "" : text(last.trainingLoss()),
                last == null ? "" : text(last.validationLoss()),
                last == null ? "" : text(last.validationAccuracy()),
                last == null ? "" : best(epochs),
                last == null ? "" : String.format(Locale.ROOT, "%.1f s", seconds));
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String best(List<History.Epoch> epochs) {
        int best = History.getBestEpoch(epochs);
        return best == 0 ? "" : String.valueOf(best);
    }
}
