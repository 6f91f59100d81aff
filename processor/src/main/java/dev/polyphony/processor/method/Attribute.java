/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import java.util.function.DoublePredicate;

/**
 * A numeric attribute of an annotation and its valid range.
 *
 * @param name the name of the attribute
 * @param requirement what the value must be, to follow "must be"
 * @param range tells valid values
 */
record Attribute(String name, String requirement, DoublePredicate range) {

    static Attribute atLeast(String name, int least) {
        return new Attribute(
                name, "at least " + least, value -> Double.isFinite(value) && value >= least);
    }

    static Attribute above(String name, int bound) {
        return new Attribute(
                name,
                "above " + bound + " and finite",
                value -> Double.isFinite(value) && value > bound);
    }

    static Attribute between(String name, int least, int most) {
        return new Attribute(
                name, "from " + least + " to " + most, value -> value >= least && value <= most);
    }
}
