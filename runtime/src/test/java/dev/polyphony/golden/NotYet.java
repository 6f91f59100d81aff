/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import java.util.Set;

/** What the references have and the library does not have yet. */
final class NotYet {

    static final Set<GoldenKind> KINDS =
            Set.of(GoldenKind.MIX_AUGMENTATION, GoldenKind.TEMPERATURE);

    private NotYet() {}

    /** Returns whether cases of a kind need what is missing. */
    static boolean has(GoldenKind kind) {
        return KINDS.contains(kind);
    }
}
