/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.tta.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what is judged beyond the test set. */
final class BeyondConverters {

    /** What leaves an option of the run out. */
    static final String NONE = "none";

    /** What a rank beyond the first counts in regularised sets; for any number of classes. */
    private static final double PENALTY = 0.1;

    /** Of the shares that adaptive sets draw: without them, sets of sure models are large. */
    private static final long SEED = 0;

    private BeyondConverters() {}

    /**
     * How probabilities are calibrated.
     *
     * @param calibrator the calibrator; null for none
     * @param order what is scaled
     */
    record Calibrating(Calibrator calibrator, CalibrationOrder order) {}

    /**
     * What sets of classes are made.
     *
     * @param coverage how often they shall hold the right class
     * @param methods how; none for no sets
     */
    record Sets(double coverage, List<ConformalMethod> methods) {}

    /**
     * What goes wrong with images.
     *
     * @param isAll whether it is all that can
     * @param kinds what, unless it is all; none for no corruptions
     * @param severities how badly
     */
    record Corrupting(boolean isAll, List<Corruption> kinds, int... severities) {

        boolean isNone() {
            return !isAll && kinds.isEmpty();
        }
    }

    /**
     * How images are seen.
     *
     * @param all the views; none for images as they are
     */
    record Views(List<View> all) {}

    /** Reads {@code temperature} or {@code vector:members}. */
    static final class ToCalibration implements ITypeConverter<Calibrating> {

        static final String CHOICE = "temperature, vector or matrix, :pooled, :members or :both";

        private static final Pattern TEXT =
                Pattern.compile("(temperature|vector|matrix)(?::(pooled|members|both))?");

        /** {@inheritDoc} */
        @Override
        public Calibrating convert(String text) {
            if (text.equals(NONE)) {
                return new Calibrating(null, CalibrationOrder.POOLED);
            }
            Matcher matcher = TEXT.matcher(text.strip());
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'%s' is no calibration: use temperature, vector or matrix, and behind it :pooled, :members or :both, such as vector:members"
                                .formatted(text));
            }
            Calibrator calibrator =
                    switch (matcher.group(1)) {
                        case "temperature" -> Calibrator.temperature();
                        case "vector" -> Calibrator.vector();
                        default -> Calibrator.matrix();
                    };
            String of = matcher.group(2) == null ? "pooled" : matcher.group(2);
            CalibrationOrder order =
                    switch (of) {
                        case "pooled" -> CalibrationOrder.POOLED;
                        case "members" -> CalibrationOrder.MEMBERS;
                        default -> CalibrationOrder.MEMBERS_THEN_POOLED;
                    };
            return new Calibrating(calibrator, order);
        }
    }

    /** Reads {@code 0.9} or {@code 0.9:threshold,aps}. */
    static final class ToSets implements ITypeConverter<Sets> {

        /** {@inheritDoc} */
        @Override
        public Sets convert(String text) {
            if (text.equals(NONE)) {
                return new Sets(0, List.of());
            }
            String[] parts = text.strip().split(":", 2);
            double coverage;
            try {
                coverage = Double.parseDouble(parts[0]);
            } catch (NumberFormatException e) {
                throw wrong(text);
            }
            // written so that NaN fails
            if (!(coverage > 0 && coverage < 1)) {
                throw wrong(text);
            }
            String methods = parts.length == 1 ? "threshold" : parts[1];
            return new Sets(
                    coverage,
                    Arrays.stream(methods.split(",", -1))
                            .map(method -> read(method.strip(), text))
                            .toList());
        }

        private static ConformalMethod read(String method, String text) {
            return switch (method) {
                case "threshold" -> ConformalMethod.threshold();
                case "aps" -> ConformalMethod.randomizedAdaptive(SEED);
                case "raps" -> ConformalMethod.randomizedRegularized(PENALTY, 1, SEED);
                default -> throw wrong(text);
            };
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException(
                    "'%s' is no coverage above 0 and below 1, and behind it :threshold, :aps or :raps, such as 0.9 or 0.9:threshold,aps"
                            .formatted(text));
        }
    }

    /** Reads {@code all}, or {@code gaussian-noise,contrast:1,3,5}. */
    static final class ToCorruptions implements ITypeConverter<Corrupting> {

        /** {@inheritDoc} */
        @Override
        public Corrupting convert(String text) {
            if (text.equals(NONE)) {
                return new Corrupting(false, List.of());
            }
            String[] parts = text.strip().split(":", 2);
            int[] severities =
                    parts.length == 1
                            ? IntStream.rangeClosed(1, Corruption.SEVERITIES).toArray()
                            : Arrays.stream(parts[1].split(",", -1))
                                    .mapToInt(each -> severity(each.strip(), text))
                                    .distinct()
                                    .sorted()
                                    .toArray();
            if (parts[0].equals("all")) {
                return new Corrupting(true, List.of(), severities);
            }
            try {
                return new Corrupting(
                        false,
                        Arrays.stream(parts[0].split(",", -1))
                                .map(kind -> Corruption.of(kind.strip()))
                                .distinct()
                                .toList(),
                        severities);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage() + ", or all");
            }
        }

        private static int severity(String text, String all) {
            if (!text.matches("[1-" + Corruption.SEVERITIES + "]")) {
                throw new TypeConversionException(
                        "'%s': severities are from 1 to %d, such as :1,3,5, but one is '%s'"
                                .formatted(all, Corruption.SEVERITIES, text));
            }
            return Integer.parseInt(text);
        }
    }

    /** Reads {@code flip,shift:1:0,flip+rotate:5}; the image as it is comes first. */
    static final class ToViews implements ITypeConverter<Views> {

        static final String CHOICE =
                "flip, flip-vertical, shift:RIGHT:DOWN (pixels), rotate:DEGREES,"
                        + " crop:SHARE:RIGHT:DOWN, or several joined by +";

        /** {@inheritDoc} */
        @Override
        public Views convert(String text) {
            if (text.equals(NONE)) {
                return new Views(List.of());
            }
            List<View> views = new ArrayList<>(List.of(View.identity()));
            for (String one : text.split(",", -1)) {
                View view = read(one.strip());
                if (views.stream().noneMatch(other -> other.getName().equals(view.getName()))) {
                    views.add(view);
                }
            }
            return new Views(views);
        }

        private static View read(String text) {
            String calls =
                    Arrays.stream(text.split("\\+", -1))
                            .map(ToViews::call)
                            .collect(Collectors.joining("+"));
            try {
                return View.parse(calls);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'%s' is no view: use %s".formatted(text, CHOICE));
            }
        }

        /** {@code shift:1:0} is {@code shift(1,0)}, which a shell would want in quotes. */
        private static String call(String text) {
            String[] parts = text.split(":", 2);
            return parts.length == 1 ? text : parts[0] + "(" + parts[1].replace(':', ',') + ")";
        }
    }
}
