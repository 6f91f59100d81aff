/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.files.AtomicFile;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Pace;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes how trainings go while they run: {@code history.csv}, {@code history.json} and the page
 * {@code training.html}. Each file is there whole at any moment, and no older than two seconds or
 * the epoch that runs.
 */
public final class HistoryFiles implements Progress {

    private static final long INTERVAL = 2_000_000_000L;

    private final Path folder;
    private final String title;
    private final LongSupplier clock;
    private final List<HistoryRow> rows = new ArrayList<>();
    private HistoryRow current;
    private long written;

    /**
     * Creates the files' writer.
     *
     * @param folder the folder; made if it is not there
     * @param title what is trained
     * @param colors the names of the trainings that there will be, in order, with the numbers of
     *     their colours
     * @param clock the time in nanoseconds
     */
    HistoryFiles(Path folder, String title, Map<String, Integer> colors, LongSupplier clock) {
        this.folder = folder;
        this.title = title;
        this.clock = clock;
        colors.forEach((name, color) -> rows.add(new HistoryRow(name, color)));
    }

    /**
     * Creates the files of one training.
     *
     * @param folder the folder; made if it is not there
     * @param title what is trained
     * @return who is to be told of the training
     */
    public static Progress of(Path folder, String title) {
        return new HistoryFiles(folder, title, Map.of(title, 0), System::nanoTime);
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        current =
                rows.stream()
                        .filter(row -> row.getName().equals(run.name()))
                        .findFirst()
                        .orElseGet(() -> add(run.name()));
        current.begin(run, new Pace(run, clock));
        write();
    }

    private HistoryRow add(String name) {
        rows.add(new HistoryRow(name, rows.size()));
        return rows.get(rows.size() - 1);
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        current.setStep(epoch, step, loss);
        writeIfDue();
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        current.add(epoch);
        writeIfDue();
    }

    private void writeIfDue() {
        if (clock.getAsLong() - written >= INTERVAL) {
            write();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        if (current != null) {
            current.end();
            current = null;
            write();
        }
    }

    private void write() {
        try {
            AtomicFile.write(folder.resolve("history.csv"), HistoryText.toCsv(rows));
            AtomicFile.write(folder.resolve("history.json"), HistoryText.toJson(title, rows));
            AtomicFile.write(folder.resolve("training.html"), HistoryPage.of(title, rows).toHtml());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The history of the training cannot be kept: " + e.getMessage(), e);
        }
        written = clock.getAsLong();
    }
}
