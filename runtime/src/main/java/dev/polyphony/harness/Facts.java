/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.report.Role;
import dev.polyphony.train.MemberPrediction;
import dev.polyphony.train.Recipe;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What a report says about how its numbers came about. */
final class Facts {

    /** The passes over the test set that inference is timed by. */
    static final int PASSES = 5;

    /** How inference is timed. */
    static final String INFERENCE =
            "median of "
                    + PASSES
                    + " passes over the test set after a first one, in batches of "
                    + MemberPrediction.BATCH
                    + ", from the host's memory to scores on the host";

    /** How memory is measured. */
    static final String MEMORY =
            "the most that training held outside Java's heap beyond what was held before, as the C"
                    + " library counts it, looked at every 5 ms; the median over stretches of half a"
                    + " second. Only where a row was trained in this run and process, on a CPU, with the GNU C"
                    + " library";

    private Facts() {}

    static String data(
            Examples train,
            Examples validation,
            Examples test,
            Map<String, ? extends Examples> outOfDistribution) {
        StringJoiner parts = new StringJoiner(", ");
        if (train != null) {
            parts.add(count(train.size(), "examples to train"));
        }
        if (validation != null) {
            parts.add(
                    count(
                            validation.size(),
                            train == null ? "examples to validate" : "to validate"));
        }
        parts.add(
                count(
                        test.size(),
                        train == null && validation == null ? "examples to test" : "to test"));
        outOfDistribution.forEach(
                (name, data) ->
                        parts.add(count(data.size(), "out of distribution (" + name + ")")));
        Examples one = train == null ? test : train;
        String outputs =
                switch (one.getTask()) {
                    case CLASSIFICATION -> "classes";
                    case MULTI_LABEL -> "labels";
                    case REGRESSION -> one.getOutputs() == 1 ? "number" : "numbers";
                };
        return "%s; %d %s; examples of shape %s"
                .formatted(parts, one.getOutputs(), outputs, test.getShape());
    }

    /** Says what intervals of numbers are made of, if numbers are predicted. */
    static void addIntervals(Report.Builder report, Result result) {
        if (result.evaluation() instanceof RegressionEvaluation numbers) {
            report.addFact(
                    "Intervals",
                    numbers.isGaussian()
                            ? "each member is a Gaussian around its number, whose variance was fitted on validation data (one for each target); a prediction is the mixture of the members"
                            : "there were no validation data to fit noise on, so that members are points: intervals hold only how far these lie apart, and are too narrow");
        }
    }

    /** Says what was judged beyond the test set, if anything was. */
    static void addSuite(Report.Builder report, EvaluationSuite suite) {
        if (!suite.isEmpty()) {
            report.addFact("Beyond the test set", suite.describe());
        }
    }

    static String settings(Recipe recipe) {
        Form form = recipe.form();
        return form.getMembers() == 1 ? "the model itself" : form.getSettings();
    }

    /** What a form is in a comparison. */
    static Role role(Form form) {
        if (form.getMembers() == 1) {
            return Role.PLAIN;
        }
        return form instanceof DeepEnsembleForm ? Role.DEEP_ENSEMBLE : Role.FORM;
    }

    static String recipe(TrainedEnsemble trained) {
        return trained.getRecipe() + "; " + count(trained.getHistory().steps(), "updates");
    }

    private static String count(long number, String of) {
        return String.format(Locale.ROOT, "%,d %s", number, of);
    }
}
