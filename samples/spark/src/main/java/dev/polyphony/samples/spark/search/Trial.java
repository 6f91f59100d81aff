/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.polyphony.command.NamedSettings;
import dev.polyphony.files.Sha256;
import dev.polyphony.harness.Harness;
import dev.polyphony.inference.Arguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * One training: everything that decides what comes of it.
 *
 * @param row the row of the comparison
 * @param form the form, so that another annotation is another trial
 * @param model what the model is made of
 * @param settings how it is trained, by the names of the command line, with the seed
 * @param member the member of a deep ensemble that is trained by itself; null for the whole
 */
record Trial(
        String row,
        String form,
        Map<String, String> model,
        Map<String, String> settings,
        Integer member) {

    /** The setting that trials of the same kind differ in. */
    static final String SEED = "seed";

    private static final int KEY_LENGTH = 16;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Sorts the names: the same trial has the same text. */
    Trial {
        model = new TreeMap<>(model);
        settings = new TreeMap<>(settings);
    }

    /** Returns the text that trials are known by; {@link #parse} reads it. */
    String toJson() {
        return GSON.toJson(this) + "\n";
    }

    static Trial parse(String json) throws IOException {
        try {
            Trial trial = GSON.fromJson(json, Trial.class);
            if (trial != null && trial.row != null && trial.form != null) {
                return trial;
            }
        } catch (RuntimeException e) {
            throw new IOException("it is no trial: " + e.getMessage(), e);
        }
        throw new IOException("it is no trial");
    }

    /** The name of its folder: another trial has another one. */
    String getKey() {
        byte[] digest = Sha256.newDigest().digest(toJson().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
    }

    /** The same with another seed counts as the same kind. */
    Trial withoutSeed() {
        Map<String, String> others = new TreeMap<>(settings);
        others.remove(SEED);
        return new Trial(row, form, model, others, member);
    }

    Trial withMember(int number) {
        return new Trial(row, form, model, settings, number);
    }

    String getSeed() {
        return settings.getOrDefault(SEED, "0");
    }

    /**
     * Makes the harness that trains it.
     *
     * @throws IllegalArgumentException if a name is not known, or a value makes no sense
     */
    Harness newHarness(SearchProject project) {
        Harness harness =
                Arguments.of(model)
                        .make(project::newComparison, "the values of the model")
                        .getHarnesses()
                        .get(row);
        if (harness == null || !Candidate.of(row, harness).toString().equals(form)) {
            throw new IllegalArgumentException(
                    "The form %s is not annotated here: all processes need the same classes"
                            .formatted(form));
        }
        NamedSettings.of(settings).apply(harness);
        harness.optName(toString());
        // what makes no sense fails here, before any training
        harness.getTraining();
        return member == null ? harness : harness.getMember(member);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        text.add(form);
        model.forEach((name, value) -> text.add(name + "=" + value));
        settings.forEach((name, value) -> text.add(name + "=" + value));
        return text.toString();
    }
}
