/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.data.Examples;
import dev.polyphony.model.DataFingerprint;
import java.util.Objects;

/**
 * The data of a search.
 *
 * @param train what trials are trained on
 * @param validation what they are chosen by
 * @param test what they are reported on; nothing is chosen by it
 */
public record SearchData(Examples train, Examples validation, Examples test) {

    /** Requires all three. */
    public SearchData {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation: trials are chosen by it");
        Objects.requireNonNull(test, "test");
    }

    /** What tells these data from others. */
    String getFingerprint() {
        return "training %s, validation %s, test %s"
                .formatted(text(train), text(validation), text(test));
    }

    private static String text(Examples data) {
        DataFingerprint one = DataFingerprint.of(data);
        return "%d examples (%s)".formatted(one.examples(), one.checksum());
    }
}
