/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.command.NamedSettings;
import dev.polyphony.inference.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options of whose model is trained, what it is made of and how it is trained. */
final class ModelChoices {

    @Option(
            names = "--project",
            defaultValue = "dev.polyphony.samples.spark.search.DigitsProject",
            paramLabel = "CLASS",
            description =
                    "The model with its forms, the data, and what is tried unless said here: a"
                            + " SearchProject on the class path (default: the digits of this sample).")
    private String project;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUES",
            description = "What the model is made of, such as units=16,32.")
    private Map<String, String> model = new LinkedHashMap<>();

    @Option(
            names = "--training",
            paramLabel = "NAME=VALUES",
            description =
                    "How it is trained, by the names of the command line of harnesses:"
                            + " learning-rate=0.001,0.01, or a range to draw from,"
                            + " learning-rate=0.001..0.1 (evenly by the logarithm where its ends are"
                            + " a factor of 10 apart). Values with commas are separated by"
                            + " semicolons.")
    private Map<String, String> settings = new LinkedHashMap<>();

    SearchProject newProject() {
        return Projects.of(project);
    }

    /** What the model is made of. */
    Map<String, Choice> getModel(SearchProject made) {
        Map<String, Choice> choices = choices(made.getModelChoices(), model);
        Set<String> known = Arguments.namesAskedBy(made::newComparison);
        for (String name : choices.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "The model is not made of '%s'. It is made of: %s"
                                .formatted(name, String.join(", ", known)));
            }
        }
        return choices;
    }

    /** How it is trained, but the seed. */
    Map<String, Choice> getTraining(SearchProject made) {
        Map<String, Choice> choices = choices(made.getSettingChoices(), settings);
        for (String name : choices.keySet()) {
            if (name.equals(Trial.SEED)) {
                throw new IllegalArgumentException(
                        "The seed is no setting to choose: it has an option of its own");
            }
            NamedSettings.requireKnown(name);
        }
        return choices;
    }

    Candidates getCandidates(SearchProject made) {
        // which forms there are does not depend on the values
        Map<String, String> some = new TreeMap<>();
        getModel(made).forEach((name, choice) -> some.put(name, choice.getAny()));
        return Candidates.of(
                Arguments.of(some).make(made::newComparison, "the values of the model"));
    }

    private static Map<String, Choice> choices(
            Map<String, String> usual, Map<String, String> given) {
        Map<String, String> texts = new TreeMap<>(usual);
        texts.putAll(given);
        Map<String, Choice> choices = new TreeMap<>();
        texts.forEach((name, text) -> choices.put(name, Choice.parse(name, text)));
        return choices;
    }
}
