/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import com.google.gson.JsonObject;
import java.util.Set;

/** What the references have and the library does not have yet. */
final class NotYet {

    static final Set<GoldenKind> KINDS =
            Set.of(GoldenKind.MIX_AUGMENTATION, GoldenKind.TEMPERATURE);

    /** Methods of mixing two inputs, by the names of the reference. */
    static final Set<String> METHODS =
            Set.of(
                    "stackhorizontal",
                    "stackvertical",
                    "stackchannel",
                    "channel",
                    "cow",
                    "noise",
                    "patchuphard",
                    "patchupsoft",
                    "patchuphard2d");

    private NotYet() {}

    /** Returns whether a case needs what is missing. */
    static boolean has(GoldenKind kind, JsonObject entry) {
        return KINDS.contains(kind)
                || kind == GoldenKind.MIX_OF_TWO && METHODS.contains(method(entry));
    }

    private static String method(JsonObject entry) {
        return entry.getAsJsonObject("hyperparameters").get("method").getAsString();
    }
}
