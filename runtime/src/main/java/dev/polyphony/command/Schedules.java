/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.train.optimize.Schedule;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code constant}, {@code cosine}, {@code one-cycle} or {@code step:30,60:0.1}. */
final class Schedules implements ITypeConverter<Schedule> {

    private static final Pattern STEPS =
            Pattern.compile("step:(\\d{1,9}(?:,\\d{1,9})*)(?::(\\d+(?:\\.\\d+)?))?");
    private static final double TENTH = 0.1;

    /** {@inheritDoc} */
    @Override
    public Schedule convert(String text) {
        Matcher steps = STEPS.matcher(text);
        if (steps.matches()) {
            int[] epochs =
                    Arrays.stream(steps.group(1).split(",")).mapToInt(Integer::parseInt).toArray();
            double factor = steps.group(2) == null ? TENTH : Double.parseDouble(steps.group(2));
            try {
                return Schedule.multiStep(factor, epochs);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
        return switch (text) {
            case "constant" -> Schedule.constant();
            case "cosine" -> Schedule.cosine(0);
            case "one-cycle" -> Schedule.oneCycle();
            default ->
                    throw new TypeConversionException(
                            "'"
                                    + text
                                    + "' is no schedule: use constant, cosine, one-cycle, or"
                                    + " step:30,60");
        };
    }
}
