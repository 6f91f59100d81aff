/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.train.checkpoint.Fingerprint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The data of a comparison. Training sees the first two, and nothing else: test data come in when a
 * row is trained, and nothing is chosen on them.
 *
 * @param train the training data
 * @param validation what each epoch is judged on, or null
 * @param test the test data
 * @param outOfDistribution data that the model is not made for, by name
 */
record ComparedData(
        Examples train,
        Examples validation,
        Examples test,
        Map<String, Examples> outOfDistribution) {

    ComparedData {
        Objects.requireNonNull(train, "train: run needs data to train on");
        Objects.requireNonNull(test, "test: run needs data to test on");
        Objects.requireNonNull(outOfDistribution, "outOfDistribution: give Map.of() for none");
        outOfDistribution = Collections.unmodifiableMap(new LinkedHashMap<>(outOfDistribution));
    }

    static ComparedData of(
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        return new ComparedData(
                train,
                validation,
                test,
                outOfDistribution == null ? null : new LinkedHashMap<>(outOfDistribution));
    }

    /** The data that training sees. */
    record Seen(Examples train, Examples validation) {}

    Seen seen() {
        return new Seen(train, validation);
    }

    /** What tells the data that rows are judged on from others. */
    String getJudgedText() {
        Fingerprint fields = new Fingerprint();
        add("test", test, fields);
        outOfDistribution.forEach((name, data) -> add("foreign " + name, data, fields));
        return fields.toString();
    }

    private static void add(String name, Examples data, Fingerprint fields) {
        fields.add(name, "%d %s %s".formatted(data.size(), data.getShape(), data.getChecksum()));
    }
}
