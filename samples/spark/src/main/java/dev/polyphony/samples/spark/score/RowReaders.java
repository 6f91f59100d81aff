/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.TableFormat;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Finds the columns that a model reads, and makes what reads them. */
final class RowReaders {

    private static final String FEATURES = "features";

    /** The second is that of Spark's data source of files. */
    private static final List<String> IMAGES = List.of("image", "content");

    private final StructType schema;
    private final InputFormat input;

    private RowReaders(StructType schema, InputFormat input) {
        this.schema = schema;
        this.input = input;
    }

    /**
     * Makes a reader.
     *
     * @param schema the columns of the table
     * @param input what the model takes
     * @param settings which columns are read
     * @throws IllegalArgumentException if columns are missing or of other types; says which there
     *     are and which should be
     */
    static RowReader of(StructType schema, InputFormat input, ScoreSettings settings) {
        RowReader reader = new RowReaders(schema, input).find(settings);
        if (settings.malformed() == null) {
            return reader;
        }
        int malformed = schema.fieldIndex(settings.malformed());
        return (row, features, at) ->
                row.isNullAt(malformed)
                        ? reader.read(row, features, at)
                        : "the line has more or fewer fields than the header";
    }

    private RowReader find(ScoreSettings settings) {
        if (settings.features() != null) {
            return single(settings.features());
        }
        if (!settings.columns().isEmpty()) {
            return columns(settings.columns());
        }
        if (input instanceof ImageFormat) {
            return IMAGES.stream()
                    .filter(this::has)
                    .findFirst()
                    .map(this::single)
                    .orElseThrow(() -> missing("a column '%s' with the bytes of images", IMAGES));
        }
        List<String> names = input instanceof TableFormat table ? table.columns() : List.of();
        if (!names.isEmpty() && (names.stream().anyMatch(this::has) || !has(FEATURES))) {
            return columns(names);
        }
        if (has(FEATURES)) {
            return single(FEATURES);
        }
        throw missing("a column '%s' with arrays of numbers, or name the columns", FEATURES);
    }

    private boolean has(String name) {
        return Arrays.asList(schema.fieldNames()).contains(name);
    }

    /** The place of a column, which a join may have brought twice. */
    private int place(String name) {
        int count = Collections.frequency(Arrays.asList(schema.fieldNames()), name);
        if (count > 1) {
            throw new IllegalArgumentException(
                    "The table has %d columns named '%s', which the model takes: drop or rename all but one"
                            .formatted(count, name));
        }
        return schema.fieldIndex(name);
    }

    private IllegalArgumentException missing(String what, Object name) {
        return new IllegalArgumentException(
                "The table needs %s: the model takes %s of the shape %s; the table has: %s"
                        .formatted(
                                what.formatted(
                                        name instanceof List<?> names
                                                ? names.get(0) + "' or '" + names.get(1)
                                                : name),
                                input instanceof ImageFormat ? "images" : "examples",
                                input.shape(),
                                describe(schema)));
    }

    private static String describe(StructType schema) {
        List<String> all =
                Stream.of(schema.fields())
                        .map(field -> field.name() + " " + field.dataType().simpleString())
                        .toList();
        int shown = 12;
        return all.size() <= shown
                ? String.join(", ", all)
                : "%s, ... (%d columns)"
                        .formatted(String.join(", ", all.subList(0, shown)), all.size());
    }

    private double scale() {
        return input instanceof TableFormat table ? table.scale() : 1;
    }

    private Cells cells() {
        return Cells.of(scale(), input.dataType());
    }

    private RowReader columns(List<String> names) {
        long length = input.shape().size();
        if (names.size() != length) {
            throw new IllegalArgumentException(
                    "%d columns are named, but the model takes %d numbers: name them in order"
                            .formatted(names.size(), length));
        }
        List<String> missing = names.stream().filter(name -> !has(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "The table lacks %d of the %d columns that the model takes: %s; it has: %s"
                            .formatted(
                                    missing.size(),
                                    names.size(),
                                    String.join(", ", missing),
                                    describe(schema)));
        }
        int[] places = names.stream().mapToInt(this::place).toArray();
        for (int place : places) {
            requireNumber(schema.fields()[place].name(), schema.fields()[place].dataType());
        }
        Cells cells = cells();
        return (row, features, at) -> {
            for (int i = 0; i < places.length; i++) {
                Object value = row.get(places[i]);
                float feature = cells.read(value);
                if (Float.isNaN(feature)) {
                    return cells.describe(value, "column '" + names.get(i) + "'");
                }
                features[at + i] = feature;
            }
            return null;
        };
    }

    private static void requireNumber(String name, DataType type) {
        if (!(type instanceof NumericType || type instanceof StringType)) {
            throw new IllegalArgumentException(
                    "The column '%s' has the type %s, but must hold numbers, or texts of numbers"
                            .formatted(name, type.simpleString()));
        }
    }

    /** One column with the whole example: an array of numbers, or an image. */
    private RowReader single(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException(
                    "The table has no column '%s', but: %s".formatted(name, describe(schema)));
        }
        int place = place(name);
        DataType type = schema.fields()[place].dataType();
        if (input instanceof ImageFormat images && type instanceof BinaryType) {
            return new ImageCells(name, place, images);
        }
        if (!(type instanceof ArrayType)) {
            throw new IllegalArgumentException(
                    "The column '%s' has the type %s, but must hold %sarrays of %d numbers"
                            .formatted(
                                    name,
                                    type.simpleString(),
                                    input instanceof ImageFormat ? "bytes of images, or " : "",
                                    input.shape().size()));
        }
        requireNumber(name, ((ArrayType) type).elementType());
        return arrays(name, place);
    }

    private RowReader arrays(String name, int place) {
        int length = Math.toIntExact(input.shape().size());
        Cells cells = cells();
        return (row, features, at) -> {
            if (row.isNullAt(place)) {
                return "column '%s' is null".formatted(name);
            }
            List<?> values = row.getList(place);
            if (values.size() != length) {
                return "column '%s' has %d numbers, not %d".formatted(name, values.size(), length);
            }
            Iterator<?> next = values.iterator();
            for (int i = 0; i < length; i++) {
                Object value = next.next();
                float feature = cells.read(value);
                if (Float.isNaN(feature)) {
                    return cells.describe(value, "number %d of '%s'".formatted(i + 1, name));
                }
                features[at + i] = feature;
            }
            return null;
        };
    }
}
