/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Lets rows through until the first attempt at a partition has come to a certain row: there it
 * tells its process and waits. A test ends that process and so knows that the task was at work.
 */
public final class Gate implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final String folder;
    private final int partition;
    private final int row;

    /**
     * Creates a gate.
     *
     * @param folder an empty folder of its own
     * @param partition the partition
     * @param row the row to wait at
     */
    public Gate(Path folder, int partition, int row) {
        this.folder = folder.toString();
        this.partition = partition;
        this.row = row;
    }

    /**
     * Waits until a task has come to the gate.
     *
     * @param folder the gate's folder
     * @return the process of the executor
     * @throws IOException if that cannot be read
     */
    public static long awaitProcess(Path folder) throws IOException {
        LocalCluster.await("a task comes to the gate", () -> Files.exists(pid(folder)));
        return Long.parseLong(Files.readString(pid(folder)));
    }

    private static Path pid(Path folder) {
        return folder.resolve("process");
    }

    /** {@inheritDoc} */
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        TaskContext task = TaskContext.get();
        if (task.partitionId() != partition || task.attemptNumber() > 0) {
            return rows;
        }
        return new Iterator<>() {

            private int passed;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                if (passed++ == row) {
                    tellAndWait();
                }
                return rows.next();
            }
        };
    }

    private void tellAndWait() {
        Path told = pid(Path.of(folder));
        try {
            Path written =
                    Files.writeString(
                            told.resolveSibling("writing"),
                            Long.toString(ProcessHandle.current().pid()));
            Files.move(written, told, StandardCopyOption.ATOMIC_MOVE);
            // until this process is ended
            TimeUnit.HOURS.sleep(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("The executor should have been ended here");
    }
}
