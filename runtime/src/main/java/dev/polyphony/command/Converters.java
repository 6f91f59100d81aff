/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.MultiTable;
import dev.polyphony.data.Task;
import dev.polyphony.harness.MemberTraining;
import dev.polyphony.train.Selection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what options take that has no type of its own in Java. */
final class Converters {

    private Converters() {}

    /** Reads {@code 1,8,8}. */
    static final class ToShape implements ITypeConverter<Shape> {

        /** {@inheritDoc} */
        @Override
        public Shape convert(String text) {
            try {
                long[] axes =
                        Arrays.stream(text.split(","))
                                .map(String::trim)
                                .mapToLong(Long::parseLong)
                                .toArray();
                if (Arrays.stream(axes).allMatch(axis -> axis > 0)) {
                    return new Shape(axes);
                }
            } catch (NumberFormatException e) {
                // as for any other text
            }
            throw new TypeConversionException("'" + text + "' is not a shape, such as 1,8,8");
        }
    }

    /**
     * An input of a model.
     *
     * @param name its name
     * @param shape the shape of one example, or null for one axis
     * @param kind what its columns hold
     */
    record NamedInput(String name, Shape shape, MultiTable.Kind kind) {

        MultiTable.Input toTable(double scale, boolean resize) {
            return new MultiTable.Input(name, shape, kind, scale, resize);
        }
    }

    /** Reads {@code sensors}, {@code image=1,8,8}, {@code log=6:ids}. */
    static final class ToNamedInput implements ITypeConverter<NamedInput> {

        private static final Pattern TEXT =
                Pattern.compile("([^=:.,]+)(?:=([^:]*))?(?::(numbers|ids|files))?");

        /** {@inheritDoc} */
        @Override
        public NamedInput convert(String text) {
            Matcher matcher = TEXT.matcher(text.trim());
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'"
                                + text
                                + "' is no input, such as sensors, image=1,8,8, log=6:ids or"
                                + " photo=3,32,32:files");
            }
            String shape = matcher.group(2);
            String kind = matcher.group(3);
            return new NamedInput(
                    matcher.group(1),
                    shape == null ? null : new ToShape().convert(shape),
                    kind == null
                            ? MultiTable.Kind.NUMBERS
                            : MultiTable.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
        }
    }

    /**
     * A part of the data, or data of their own.
     *
     * @param share the share of the data; 0 where there is a file
     * @param file the file, or null
     */
    record Part(double share, Path file) {}

    /** Reads {@code 0.15} as a share, and anything that is no number as a file. */
    static final class ToPart implements ITypeConverter<Part> {

        /** {@inheritDoc} */
        @Override
        public Part convert(String text) {
            try {
                return new Part(Double.parseDouble(text), null);
            } catch (NumberFormatException e) {
                return new Part(0, Path.of(text));
            }
        }
    }

    /**
     * How often something is done.
     *
     * @param count the number
     * @param unit {@code steps}, {@code epochs}, {@code s} or {@code min}
     */
    record Interval(double count, String unit) {}

    /** Reads {@code 30s}, {@code 5min}, {@code 500steps} or {@code 1epochs}. */
    static final class ToInterval implements ITypeConverter<Interval> {

        private static final Pattern TEXT =
                Pattern.compile("(\\d{1,9}(?:\\.\\d+)?) ?(s|min|steps?|epochs?)");

        /** {@inheritDoc} */
        @Override
        public Interval convert(String text) {
            Matcher matcher = TEXT.matcher(text.trim());
            if (matcher.matches()) {
                double count = Double.parseDouble(matcher.group(1));
                String unit = matcher.group(2);
                boolean isTime = unit.equals("s") || unit.equals("min");
                if (count > 0 && (isTime || count == Math.rint(count))) {
                    return new Interval(count, isTime || unit.endsWith("s") ? unit : unit + "s");
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is no interval, such as 30s, 5min, 500steps or 1epoch");
        }
    }

    /** Reads {@code last}, {@code loss} or {@code accuracy}. */
    static final class ToSelection implements ITypeConverter<Selection> {

        /** {@inheritDoc} */
        @Override
        public Selection convert(String text) {
            return switch (text) {
                case "last" -> Selection.last();
                case "loss" -> Selection.leastLoss();
                case "accuracy" -> Selection.highestAccuracy();
                default ->
                        throw new TypeConversionException(
                                "'" + text + "' selects no epoch: use last, loss or accuracy");
            };
        }
    }

    /** Reads the name of a way in small letters. */
    static final class ToMembers implements ITypeConverter<MemberTraining> {

        /** {@inheritDoc} */
        @Override
        public MemberTraining convert(String text) {
            return Arrays.stream(MemberTraining.values())
                    .filter(way -> way.toString().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'%s' is no way to train members: use auto, vectorized, copies or processes"
                                                    .formatted(text)));
        }
    }

    /** Reads {@code classification}, {@code multi-label} or {@code regression}. */
    static final class ToTask implements ITypeConverter<Task> {

        /** {@inheritDoc} */
        @Override
        public Task convert(String text) {
            return switch (text) {
                case "classification" -> Task.CLASSIFICATION;
                case "multi-label" -> Task.MULTI_LABEL;
                case "regression" -> Task.REGRESSION;
                default ->
                        throw new TypeConversionException(
                                "'"
                                        + text
                                        + "' is no task: use classification, multi-label or"
                                        + " regression");
            };
        }
    }
}
