/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Named values from outside, for what makes models, constructors or builders: from a command line,
 * from {@code Criteria.optArgument}, or from a file. Values may be of the wanted type, other
 * numbers, or text.
 */
public final class Arguments {

    private final Map<String, Object> values;
    private final Set<String> taken = new ConcurrentSkipListSet<>();

    /** Is told what is asked for, where no value matters; else null. */
    private final Ways.Inquiry inquiry;

    Arguments(Map<String, ?> values, Ways.Inquiry inquiry) {
        this.values = new TreeMap<>(values);
        this.inquiry = inquiry;
    }

    /**
     * Creates arguments.
     *
     * @param values values by name
     * @return the arguments
     */
    public static Arguments of(Map<String, ?> values) {
        return new Arguments(values, null);
    }

    /**
     * Creates arguments of names and values in turn, as generated code does. A value that is null
     * counts as not given.
     *
     * @param namesAndValues a name, its value, another name, its value, ...
     * @return the arguments
     */
    public static Arguments of(Object... namesAndValues) {
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                values.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return of(values);
    }

    /**
     * Returns the values as a file can hold them, of which {@link #of(Map)} makes equal arguments.
     *
     * @return numbers, truth values and texts by name
     */
    public Map<String, Object> toPlain() {
        Map<String, Object> plain = new TreeMap<>();
        values.forEach((name, value) -> plain.put(name, toPlain(value)));
        return plain;
    }

    private static Object toPlain(Object value) {
        if (value instanceof int[] numbers) {
            return join(Arrays.stream(numbers).mapToObj(Integer::toString));
        }
        if (value instanceof Shape shape) {
            return join(Arrays.stream(shape.getShape()).mapToObj(Long::toString));
        }
        // floating-point numbers as text, which keeps each digit of a float
        boolean isPlain =
                value instanceof Integer || value instanceof Long || value instanceof Boolean;
        return isPlain ? value : value instanceof Enum<?> one ? one.name() : value.toString();
    }

    private static String join(Stream<String> numbers) {
        return numbers.collect(Collectors.joining(","));
    }

    /**
     * Returns the names of the values that something asks for, without values: only what it may do
     * with any values may depend on them, as a supplier that is not called.
     *
     * @param maker takes arguments
     * @return the names, sorted; as far as it gets
     */
    public static Set<String> namesAskedBy(Function<Arguments, ?> maker) {
        return Ways.of(maker).getNames();
    }

    /**
     * Makes something of these values, all of which it must use: a name with a typing error shall
     * not be passed over.
     *
     * @param <T> what is made
     * @param maker makes it
     * @param where where the values are given, for the message, such as {@code --set}
     * @return what was made
     * @throws IllegalArgumentException if a value is missing, wrong or not used; names the values
     *     that are known, and which go together
     */
    public <T> T make(Function<Arguments, ? extends T> maker, String where) {
        T made;
        try {
            made = maker.apply(this);
        } catch (MissingValueException e) {
            Ways ways = Ways.of(maker);
            ways.requireKnown(values.keySet(), where);
            throw new IllegalArgumentException(ways.missing(values.keySet(), e.getMessage()), e);
        }
        for (String name : values.keySet()) {
            if (!taken.contains(name)) {
                Ways ways = Ways.of(maker);
                ways.requireKnown(values.keySet(), where);
                throw new IllegalArgumentException(
                        "'%s' in %s is not used: %s".formatted(name, where, ways));
            }
        }
        return made;
    }

    /**
     * Makes something of these values, which may be for others too.
     *
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    <T> T make(Function<Arguments, ? extends T> maker) {
        try {
            return maker.apply(this);
        } catch (MissingValueException e) {
            String why = Ways.of(maker).missing(values.keySet(), e.getMessage());
            throw new IllegalArgumentException(
                    why + "; given are: " + String.join(", ", values.keySet()), e);
        }
    }

    /**
     * Returns whether all of these values are given.
     *
     * @param names the names
     * @return whether each has a value
     */
    public boolean has(String... names) {
        if (inquiry != null) {
            return inquiry.has(names);
        }
        return Arrays.stream(names).allMatch(values::containsKey);
    }

    /**
     * Returns a whole number.
     *
     * @param name its name
     * @return the number
     * @throws IllegalArgumentException if it is missing, not a whole number or too large
     */
    public int getInt(String name) {
        return get(name, "a whole number", 1, text -> Integer.valueOf(whole(text)));
    }

    /**
     * Returns a whole number.
     *
     * @param name its name
     * @return the number
     * @throws IllegalArgumentException if it is missing, not a whole number or too large
     */
    public long getLong(String name) {
        return get(name, "a whole number", 1L, text -> Long.valueOf(whole(text)));
    }

    /**
     * Returns a number.
     *
     * @param name its name
     * @return the number
     * @throws IllegalArgumentException if it is missing or not a number
     */
    public float getFloat(String name) {
        return get(name, "a number", 1f, Float::valueOf);
    }

    /**
     * Returns a number.
     *
     * @param name its name
     * @return the number
     * @throws IllegalArgumentException if it is missing or not a number
     */
    public double getDouble(String name) {
        return get(name, "a number", 1.0, Double::valueOf);
    }

    /**
     * Returns a truth value.
     *
     * @param name its name
     * @return the value
     * @throws IllegalArgumentException if it is missing, or neither {@code true} nor {@code false}
     */
    public boolean getBoolean(String name) {
        return get(
                name,
                "true or false",
                false,
                text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException(text);
                        });
    }

    /**
     * Returns text.
     *
     * @param name its name
     * @return the text
     * @throws IllegalArgumentException if it is missing
     */
    public String getString(String name) {
        return get(name, "text", "", Function.identity());
    }

    /**
     * Returns whole numbers, given as an array or as text like {@code 16,32,64}.
     *
     * @param name their name
     * @return the numbers
     * @throws IllegalArgumentException if they are missing or not whole numbers
     */
    public int[] getInts(String name) {
        if (values.get(name) instanceof int[] numbers) {
            taken.add(name);
            return numbers.clone();
        }
        return get(
                name,
                "whole numbers, as in 16,32,64",
                new int[] {1},
                text ->
                        Arrays.stream(text.replaceAll("[\\[\\]\\s]", "").split(","))
                                .mapToInt(number -> Integer.parseInt(whole(number)))
                                .toArray());
    }

    /**
     * Returns a shape, given as one or as text like {@code 3,32,32}.
     *
     * @param name its name
     * @return the shape
     * @throws IllegalArgumentException if it is missing or not made of whole numbers
     */
    public Shape getShape(String name) {
        if (values.get(name) instanceof Shape shape) {
            taken.add(name);
            return shape;
        }
        return get(
                name,
                "a shape, as in 3,32,32",
                new Shape(1),
                text ->
                        new Shape(
                                Arrays.stream(text.replaceAll("[\\[\\]()\\s]", "").split(","))
                                        .mapToLong(number -> Long.parseLong(whole(number)))
                                        .toArray()));
    }

    /**
     * Returns a constant of an enum.
     *
     * @param <E> the enum
     * @param name its name
     * @param type the enum
     * @return the constant
     * @throws IllegalArgumentException if it is missing or no constant has this name
     */
    public <E extends Enum<E>> E getEnum(String name, Class<E> type) {
        String constants =
                Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "));
        return get(
                name,
                "one of " + constants,
                type.getEnumConstants()[0],
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    private <T> T get(String name, String wanted, T any, Function<String, T> parser) {
        if (inquiry != null) {
            inquiry.get(name, wanted);
            return any;
        }
        taken.add(name);
        Object value = values.get(name);
        if (value == null) {
            throw new MissingValueException(Ways.missing(name, wanted));
        }
        try {
            return parser.apply(value.toString().trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The value of '" + name + "' must be " + wanted + ", but is '" + value + "'",
                    e);
        }
    }

    /** JSON and DJL make 10.0 of 10. */
    private static String whole(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    /** A value that is asked for, but not given. */
    private static final class MissingValueException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        MissingValueException(String message) {
            super(message);
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return values.toString();
    }
}
