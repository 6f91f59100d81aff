/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import com.google.gson.JsonObject;
import java.util.Locale;

/**
 * A number to reach.
 *
 * @param name what it is
 * @param value what was measured
 * @param bound the target
 * @param atLeast whether the value must be at least the target; else at most
 * @param detail what the value was chosen or made of; empty if nothing is to be said
 * @param note what holds it, where it is not reached
 */
record Target(
        String name, double value, double bound, boolean atLeast, String detail, String note) {

    static Target atLeast(String name, double value, double bound, String note) {
        return new Target(name, value, bound, true, "", note);
    }

    static Target atMost(String name, double value, double bound, String note) {
        return new Target(name, value, bound, false, "", note);
    }

    /** The same with what the value was chosen or made of. */
    Target with(String more) {
        return new Target(name, value, bound, atLeast, more, note);
    }

    /** Whether it is reached, and what there is to say of it. */
    String getVerdict() {
        String verdict = isReached() ? "reached" : "missed: " + note;
        return detail.isEmpty() ? verdict : verdict + "; " + detail;
    }

    boolean isReached() {
        return atLeast ? value >= bound : value <= bound;
    }

    String getBoundText() {
        return (atLeast ? "at least " : "at most ") + text(bound);
    }

    String getValueText() {
        return text(value);
    }

    static String text(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("value", Math.round(value * 1e4) / 1e4);
        json.addProperty("target", bound);
        json.addProperty("reached", isReached());
        return json;
    }
}
