/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the columns of one input or task in a {@link MultiTable} come to, row by row. */
interface MultiColumns {

    /** Adds a row. */
    void add(String[] fields, int line) throws IOException;

    /** Adds all rows to examples. */
    void addTo(MultiExamples.Builder examples);

    /** The columns of an input. */
    static MultiColumns ofInput(String name, InputFormat format, Path file, List<String> header) {
        if (format instanceof ImageFormat images) {
            return new Images(images, ColumnPlaces.of(name, List.of(name), file, header));
        }
        if (format instanceof TableFormat table && !table.columns().isEmpty()) {
            return new Rows(table, ColumnPlaces.of(name, table.columns(), file, header));
        }
        throw new IllegalArgumentException(
                "The input '%s' was trained on as arrays, which no columns of a file are known for: predict in code"
                        .formatted(name));
    }

    /**
     * The columns of a task.
     *
     * @param known what labels and numbers are called, or null for what the header calls them
     */
    static MultiColumns ofTask(
            String name, Task task, List<String> known, Path file, List<String> header) {
        List<String> columns = ColumnPlaces.columns(name, header);
        boolean isOne = columns.equals(List.of(name));
        if (columns.isEmpty()
                || !isOne && (task == Task.CLASSIFICATION || columns.contains(name))) {
            String several =
                    task == Task.CLASSIFICATION ? "" : ", or %s.* for several".formatted(name);
            throw new IllegalArgumentException(
                    "%s:1: the task '%s' has its answers in a column %s%s, but the columns are: %s"
                            .formatted(file, name, name, several, ColumnPlaces.summary(header)));
        }
        if (task == Task.CLASSIFICATION) {
            return new Classes(known, ColumnPlaces.of(name, columns, file, header));
        }
        if (isOne) {
            return new Values(task, List.of(), ColumnPlaces.of(name, columns, file, header));
        }
        List<String> names =
                known != null
                        ? known
                        : columns.stream().map(one -> one.substring(name.length() + 1)).toList();
        return new Values(
                task,
                names,
                ColumnPlaces.of(
                        name, names.stream().map(one -> name + "." + one).toList(), file, header));
    }

    /** Numbers side by side. */
    private static float[] joined(List<float[]> rows, int width) {
        float[] all = new float[Math.multiplyExact(rows.size(), width)];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * width, width);
        }
        return all;
    }

    /** An input of numbers or ids. */
    final class Rows implements MultiColumns {

        private final TableFormat format;
        private final ColumnPlaces columns;
        private final List<float[]> rows = new ArrayList<>();

        Rows(TableFormat format, ColumnPlaces columns) {
            this.format = format;
            this.columns = columns;
        }

        @Override
        public void add(String[] fields, int line) {
            float[] row = new float[columns.count()];
            for (int at = 0; at < row.length; at++) {
                row[at] =
                        format.dataType() == DataType.INT64
                                ? columns.whole(fields, at, "an id, a whole number from 0", line)
                                : columns.number(fields, at, format.scale(), line);
            }
            rows.add(row);
        }

        @Override
        public void addTo(MultiExamples.Builder examples) {
            float[] all = joined(rows, columns.count());
            if (format.dataType() == DataType.INT64) {
                long[] ids = new long[all.length];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = (long) all[i];
                }
                examples.addIds(columns.owner(), ids, format.shape());
            } else {
                examples.addInput(columns.owner(), all, format.shape());
            }
            examples.optInputFormat(columns.owner(), format);
        }
    }

    /** An input of image files. */
    final class Images implements MultiColumns {

        private final ImageFormat format;
        private final ColumnPlaces column;
        private final List<float[]> rows = new ArrayList<>();

        Images(ImageFormat format, ColumnPlaces column) {
            this.format = format;
            this.column = column;
        }

        @Override
        public void add(String[] fields, int line) throws IOException {
            Path image = column.file().resolveSibling(column.field(fields, 0));
            if (!Files.isRegularFile(image)) {
                throw column.wrong(line, 0, "the path of an image", column.field(fields, 0));
            }
            rows.add(format.read(image));
        }

        @Override
        public void addTo(MultiExamples.Builder examples) {
            int width = Math.toIntExact(format.shape().size());
            examples.addInput(column.owner(), joined(rows, width), format.shape())
                    .optInputFormat(column.owner(), format);
        }
    }

    /** The classes of a task. */
    final class Classes implements MultiColumns {

        private final List<String> names;
        private final ColumnPlaces column;
        private final List<Integer> labels = new ArrayList<>();
        private final List<Boolean> missing = new ArrayList<>();

        /** Names may be null, for as many classes as there are. */
        Classes(List<String> names, ColumnPlaces column) {
            this.names = names;
            this.column = column;
        }

        @Override
        public void add(String[] fields, int line) {
            boolean isMissing = column.isMissing(fields, line);
            missing.add(isMissing);
            labels.add(isMissing ? 0 : label(fields, line));
        }

        private int label(String[] fields, int line) {
            int label = column.whole(fields, 0, "a class, a whole number from 0", line);
            if (names != null && label >= names.size()) {
                throw column.wrong(
                        line,
                        0,
                        "a class from 0 to %d, as the model tells them apart"
                                .formatted(names.size() - 1),
                        column.field(fields, 0));
            }
            return label;
        }

        @Override
        public void addTo(MultiExamples.Builder examples) {
            int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
            int classes = names == null ? Targets.classes(all) : names.size();
            examples.addClasses(column.owner(), all, classes);
            if (names != null) {
                examples.optOutputNames(column.owner(), names);
            }
            addMissing(column.owner(), missing, examples);
        }
    }

    /** The labels or numbers of a task. */
    final class Values implements MultiColumns {

        private final Task task;
        private final List<String> names;
        private final ColumnPlaces columns;
        private final List<float[]> rows = new ArrayList<>();
        private final List<Boolean> missing = new ArrayList<>();

        Values(Task task, List<String> names, ColumnPlaces columns) {
            this.task = task;
            this.names = names;
            this.columns = columns;
        }

        @Override
        public void add(String[] fields, int line) {
            float[] row = new float[columns.count()];
            boolean isMissing = columns.isMissing(fields, line);
            for (int at = 0; at < row.length && !isMissing; at++) {
                row[at] = columns.number(fields, at, 1, line);
                if (task == Task.MULTI_LABEL && row[at] != 0 && row[at] != 1) {
                    throw columns.wrong(line, at, "a label, 0 or 1", columns.field(fields, at));
                }
            }
            missing.add(isMissing);
            rows.add(row);
        }

        @Override
        public void addTo(MultiExamples.Builder examples) {
            String name = columns.owner();
            if (task == Task.REGRESSION) {
                examples.addTargets(name, rows.toArray(float[][]::new));
            } else {
                examples.addLabels(name, rows.stream().map(Values::toLabels).toArray(int[][]::new));
            }
            if (!names.isEmpty()) {
                examples.optOutputNames(name, names);
            }
            addMissing(name, missing, examples);
        }

        private static int[] toLabels(float... row) {
            int[] labels = new int[row.length];
            for (int i = 0; i < row.length; i++) {
                labels[i] = (int) row[i];
            }
            return labels;
        }
    }

    private static void addMissing(
            String name, List<Boolean> missing, MultiExamples.Builder examples) {
        boolean[] unknown = new boolean[missing.size()];
        boolean isAny = false;
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = missing.get(i);
            isAny |= unknown[i];
        }
        if (isAny) {
            examples.optMissing(name, unknown);
        }
    }
}
