/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.harness.Harness;
import dev.polyphony.nn.form.Form;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A form that a trial may take: a row of the generated comparison.
 *
 * @param row the name of the row
 * @param method the method's name, such as {@code Packed}; {@code plain} for the model itself
 * @param settings the form's settings by name, {@code m}, {@code alpha} and so on
 */
record Candidate(String row, String method, Map<String, String> settings) {

    /** The name of the model itself. */
    static final String PLAIN = "plain";

    /** What people call the number of members. */
    private static final String MEMBERS = "members";

    static Candidate of(String row, Harness harness) {
        Form form = harness.getRecipe().form();
        if (form.getMembers() == 1) {
            return new Candidate(row, PLAIN, Map.of());
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : form.getSettings().split(", ")) {
            String[] parts = setting.split(" = ", 2);
            settings.put(parts[0], parts.length == 1 ? "true" : parts[1]);
        }
        return new Candidate(row, form.getName(), settings);
    }

    /** The name of a setting as forms have it: {@code members} is {@code m}. */
    static String settingName(String name) {
        return name.equals(MEMBERS) ? "m" : name;
    }

    /** Whether people mean this method: {@code batch-ensemble} is {@code BatchEnsemble}. */
    boolean isOf(String name) {
        return normalize(method).equals(normalize(name));
    }

    private static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    boolean has(String setting, String value) {
        String own = settings.get(setting);
        if (own == null) {
            return false;
        }
        try {
            return Double.parseDouble(own) == Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return own.equalsIgnoreCase(value);
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method);
        settings.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
