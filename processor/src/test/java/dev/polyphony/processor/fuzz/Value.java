/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import java.util.HashSet;
import java.util.Set;

/**
 * What is known of the features at a place of the network.
 *
 * @param size their size
 * @param raw whether the network's input reaches them without passing a linear map
 * @param mapped whether they come through a linear map
 * @param fresh the layers whose answer they are, with no linear map behind
 */
record Value(Size size, boolean raw, boolean mapped, Set<String> fresh) {

    static Value input(Size size) {
        return new Value(size, true, false, Set.of());
    }

    Value resized(Size other) {
        return new Value(other, raw, mapped, fresh);
    }

    /** Behind a linear map. */
    static Value mapped(Size size, String layer) {
        return new Value(size, false, true, Set.of(layer));
    }

    /** Behind a normalisation. */
    Value through(String layer) {
        Set<String> more = new HashSet<>(fresh);
        more.add(layer);
        return new Value(size, raw, mapped, more);
    }

    Value joined(Value other, Size size) {
        Set<String> both = new HashSet<>(fresh);
        both.addAll(other.fresh);
        return new Value(size, raw || other.raw, mapped || other.mapped, both);
    }
}
