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
    private static final Pattern FACTOR =
            Pattern.compile("(cosine|linear|exponential)(?::(\\d+(?:\\.\\d+)?))?");
    private static final double TENTH = 0.1;

    /** What stands in a help. */
    static final String CHOICE =
            "constant, cosine or linear (down to 0; linear:0.1 to a tenth), exponential:0.95 (times"
                    + " that before each epoch), one-cycle, or step:30,60 (a tenth before the epochs"
                    + " from 0; step:30,60:0.2 a fifth)";

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
        Matcher factor = FACTOR.matcher(text);
        if (factor.matches()) {
            return ofFactor(factor.group(1), factor.group(2));
        }
        return switch (text) {
            case "constant" -> Schedule.constant();
            case "one-cycle" -> Schedule.oneCycle();
            default ->
                    throw new TypeConversionException(
                            "'%s' is no schedule: use %s".formatted(text, CHOICE));
        };
    }

    private static Schedule ofFactor(String name, String text) {
        double factor = text == null ? 0 : Double.parseDouble(text);
        if (name.equals("exponential") && text == null) {
            throw new TypeConversionException(
                    "exponential takes what the rate is multiplied by before each epoch, as exponential:0.95");
        }
        try {
            return switch (name) {
                case "cosine" -> Schedule.cosine(factor);
                case "linear" -> Schedule.linear(factor);
                default -> Schedule.exponential(factor);
            };
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(name + ": " + e.getMessage());
        }
    }
}
