/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.Pacing;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what the options of several tasks take. */
final class TaskConverters {

    static final String BALANCES =
            "fixed, uncertainty, gradnorm (gradnorm=1.5 with its alpha), dwa (dwa=2 with its"
                    + " temperature)";

    static final String TURNS =
            "joint, all; alternating=STEPS, one after the other; drawn=SHARE:SHARE:..., one that is"
                    + " drawn; focus=PERIOD:LENGTH:FACTOR, the weakest with a larger weight from time"
                    + " to time";

    static final String PACINGS = "linear=START:END or root=START:END, such as root=0.5:0.5";

    private TaskConverters() {}

    /** A name with numbers behind it: {@code focus=20:5:3}. */
    private record Call(String text, String name, double... numbers) {

        static Call of(String text) {
            String[] sides = text.trim().split("=", 2);
            double[] numbers = {};
            if (sides.length == 2) {
                try {
                    numbers =
                            Arrays.stream(sides[1].split(":"))
                                    .mapToDouble(Double::parseDouble)
                                    .toArray();
                } catch (NumberFormatException e) {
                    throw new TypeConversionException(
                            "'%s' has something else than numbers behind '='".formatted(text));
                }
            }
            return new Call(text, sides[0], numbers);
        }

        boolean is(String wanted, int count) {
            return name.equals(wanted) && numbers.length == count;
        }

        int whole(int at) {
            if (numbers[at] != Math.rint(numbers[at])) {
                throw new TypeConversionException(
                        "'%s' counts steps, which are whole numbers".formatted(text));
            }
            return (int) numbers[at];
        }

        TypeConversionException unknown(String choice) {
            return new TypeConversionException("'%s' is none of: %s".formatted(text, choice));
        }
    }

    /** Reads {@code uncertainty}, {@code gradnorm=1.5}. */
    static final class ToBalance implements ITypeConverter<Balance> {

        /** {@inheritDoc} */
        @Override
        public Balance convert(String text) {
            Call call = Call.of(text);
            if (call.is("fixed", 0)) {
                return Balance.fixed();
            } else if (call.is("uncertainty", 0)) {
                return Balance.uncertainty();
            } else if (call.is("gradnorm", 0)) {
                return Balance.gradNorm();
            } else if (call.is("gradnorm", 1)) {
                return Balance.gradNorm().withAlpha(call.numbers()[0]);
            } else if (call.is("dwa", 0)) {
                return Balance.dynamicWeightAverage();
            } else if (call.is("dwa", 1)) {
                return Balance.dynamicWeightAverage().withTemperature(call.numbers()[0]);
            }
            throw call.unknown(BALANCES);
        }
    }

    /** Reads {@code joint}, {@code focus=20:5:3}. */
    static final class ToTurns implements ITypeConverter<TaskSchedule> {

        /** {@inheritDoc} */
        @Override
        public TaskSchedule convert(String text) {
            Call call = Call.of(text);
            if (call.is("joint", 0)) {
                return TaskSchedule.joint();
            } else if (call.is("alternating", 1)) {
                return TaskSchedule.alternating(call.whole(0));
            } else if (call.name().equals("drawn") && call.numbers().length > 0) {
                return TaskSchedule.drawn(call.numbers());
            } else if (call.is("focus", 3)) {
                return TaskSchedule.focus(call.whole(0), call.whole(1), call.numbers()[2]);
            }
            throw call.unknown(TURNS);
        }
    }

    /** Reads {@code pcgrad}. */
    static final class ToSurgery implements ITypeConverter<GradientSurgery> {

        /** {@inheritDoc} */
        @Override
        public GradientSurgery convert(String text) {
            Call call = Call.of(text);
            if (call.is("pcgrad", 0)) {
                return GradientSurgery.pcGrad();
            }
            throw call.unknown("pcgrad");
        }
    }

    /** Reads {@code root=0.5:0.5}. */
    static final class ToCurriculum implements ITypeConverter<Curriculum> {

        /** {@inheritDoc} */
        @Override
        public Curriculum convert(String text) {
            Call call = Call.of(text);
            if (call.is("linear", 2)) {
                return Curriculum.byLoss(Pacing.linear(call.numbers()[0], call.numbers()[1]));
            } else if (call.is("root", 2)) {
                return Curriculum.byLoss(Pacing.root(call.numbers()[0], call.numbers()[1]));
            }
            throw call.unknown(PACINGS);
        }
    }
}
