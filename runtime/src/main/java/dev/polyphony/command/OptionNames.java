/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the library's messages call by the names of its methods, by those of the options. */
final class OptionNames {

    /** A method that sets something, perhaps with a value: {@code optDivergence(0)}. */
    private static final Pattern METHOD = Pattern.compile("\\bopt([A-Z]\\w*)(?:\\(([\\w.]*)\\))?");

    private static final Map<String, String> OPTIONS =
            Map.ofEntries(
                    Map.entry("BalancedClasses", "--balanced-classes"),
                    Map.entry("BatchSize", "--batch-size"),
                    Map.entry("ClassWeights", "--class-weights"),
                    Map.entry("ClipNorm", "--clip-norm"),
                    Map.entry("Divergence", "--divergence"),
                    Map.entry("Epochs", "--epochs"),
                    Map.entry("FrozenTrunk", "--freeze-trunk"),
                    Map.entry("LabelSmoothing", "--label-smoothing"),
                    Map.entry("LearningRate", "--learning-rate"),
                    Map.entry("Patience", "--patience"),
                    Map.entry("Resize", "--resize"),
                    Map.entry("Selection", "--select"),
                    Map.entry("Seed", "--seed"),
                    Map.entry("Spread", "--spread"),
                    Map.entry("Threads", "--threads"),
                    Map.entry("WarmStart", "--warm-start"));

    /** Ways out that only a program has, and what they are on the command line. */
    private static final Map<String, String> PHRASES =
            Map.of(
                    ", or read them all with readAll()", "",
                    "such as Selection.leastLoss()", "loss or accuracy",
                    "give them to fit", "give them with --validation",
                    "state the range that these images have", "bring them there with --scale");

    private static final Pattern RESTORE =
            Pattern.compile(
                    " The parameters of epoch \\d+ are kept: DivergedException\\.restore\\(\\)[^.]*(\\.|$)");

    private OptionNames() {}

    /** Says a message in the words of the command line. */
    static String in(String message) {
        String text = RESTORE.matcher(message).replaceAll("");
        for (Map.Entry<String, String> phrase : PHRASES.entrySet()) {
            text = text.replace(phrase.getKey(), phrase.getValue());
        }
        return METHOD.matcher(text).replaceAll(OptionNames::option);
    }

    private static String option(MatchResult method) {
        String option = OPTIONS.get(method.group(1));
        if (option == null) {
            return Matcher.quoteReplacement(method.group());
        }
        String value = method.group(2);
        boolean isSwitch = value == null || value.isEmpty() || value.equals("true");
        return isSwitch ? option : option + " " + value;
    }
}
