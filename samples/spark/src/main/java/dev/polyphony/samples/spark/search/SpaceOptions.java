/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of what is tried. */
final class SpaceOptions {

    @Mixin ModelChoices model;

    @Option(
            names = "--form",
            split = ",",
            paramLabel = "NAME",
            description = "Methods to try, such as packed,mimo,plain (default: all).")
    List<String> forms = new ArrayList<>();

    @Option(
            names = "--members",
            split = ",",
            paramLabel = "M",
            description = "Numbers of members, of all forms that have some.")
    List<String> members = new ArrayList<>();

    @Option(
            names = "--alpha",
            split = ",",
            paramLabel = "ALPHA",
            description =
                    "Width of packed forms; other forms have it, too, or are left alone by it.")
    List<String> alpha = new ArrayList<>();

    @Option(
            names = "--gamma",
            split = ",",
            paramLabel = "GAMMA",
            description = "Groups of packed forms.")
    List<String> gamma = new ArrayList<>();

    @Option(
            names = "--form-setting",
            paramLabel = "NAME=VALUES",
            description = "Any other setting of forms, such as batchRepetitions=2,4.")
    Map<String, String> formSettings = new LinkedHashMap<>();

    @Option(
            names = "--seeds",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Each is trained with the seeds 0, 1, ..., and judged by the mean (default:"
                            + " ${DEFAULT-VALUE}).")
    int seeds;

    /**
     * Makes the space.
     *
     * @throws IllegalArgumentException if a name is not known or there is nothing to try
     */
    SearchSpace newSpace(SearchProject project) {
        if (seeds < 1) {
            throw new IllegalArgumentException("There must be at least 1 seed, not " + seeds);
        }
        return new SearchSpace(
                model.getCandidates(project).choose(forms, asked()),
                model.getModel(project),
                model.getTraining(project),
                IntStream.range(0, seeds).mapToObj(Integer::toString).toList());
    }

    private Map<String, List<String>> asked() {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        put(asked, "m", members);
        put(asked, "alpha", alpha);
        put(asked, "gamma", gamma);
        formSettings.forEach((name, text) -> asked.put(name, Choice.parse(name, text).values()));
        return asked;
    }

    private static void put(Map<String, List<String>> asked, String name, List<String> values) {
        if (!values.isEmpty()) {
            asked.put(name, values);
        }
    }
}
