/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.LabeledData;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What a report says about how its numbers came about. */
final class Facts {

    private Facts() {}

    static String data(
            LabeledData train,
            LabeledData validation,
            LabeledData test,
            Map<String, LabeledData> outOfDistribution) {
        StringJoiner parts = new StringJoiner(", ");
        parts.add(count(train.size(), "examples to train"));
        if (validation != null) {
            parts.add(count(validation.size(), "to validate"));
        }
        parts.add(count(test.size(), "to test"));
        outOfDistribution.forEach(
                (name, data) ->
                        parts.add(count(data.size(), "out of distribution (" + name + ")")));
        return "%s; %d classes; examples of shape %s"
                .formatted(parts, train.getClasses(), train.getShape());
    }

    static String recipe(TrainedEnsemble trained) {
        return trained.getRecipe() + "; " + count(trained.getHistory().steps(), "updates");
    }

    private static String count(long number, String of) {
        return String.format(Locale.ROOT, "%,d %s", number, of);
    }
}
