/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.command.BeyondConverters.Calibrating;
import dev.polyphony.command.BeyondConverters.Corrupting;
import dev.polyphony.command.BeyondConverters.Sets;
import dev.polyphony.command.BeyondConverters.ToCalibration;
import dev.polyphony.command.BeyondConverters.ToCorruptions;
import dev.polyphony.command.BeyondConverters.ToSets;
import dev.polyphony.command.BeyondConverters.ToViews;
import dev.polyphony.command.BeyondConverters.Views;
import dev.polyphony.data.Examples;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.PixelRange;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.harness.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The options of what is judged beyond the test set. Where a run is judged again or goes on, they
 * stand in place of the run's.
 */
final class BeyondOptions {

    private static final String CALIBRATE = "--calibrate";
    private static final String CONFORMAL = "--conformal";
    private static final String CORRUPTIONS = "--corruptions";
    private static final String TTA = "--tta";
    private static final String VALIDATION = "--validation";

    @Option(
            names = CALIBRATE,
            converter = ToCalibration.class,
            paramLabel = "METHOD[:WHAT]",
            description =
                    "Calibrate probabilities on validation data: temperature, vector or matrix; of"
                            + " what the ensemble says (:pooled, the default), of each member"
                            + " (:members), or both (:both). train saves it with the model, whose"
                            + " answers it then changes.")
    private Calibrating calibration;

    @Option(
            names = CONFORMAL,
            converter = ToSets.class,
            paramLabel = "COVERAGE[:METHOD,...]",
            description =
                    "Fit sets of classes on validation data that hold the right one as often as"
                            + " COVERAGE says, such as 0.9: by threshold (the default), aps or raps.")
    private Sets sets;

    @Option(
            names = CORRUPTIONS,
            converter = ToCorruptions.class,
            paramLabel = "KIND,...[:SEVERITY,...]",
            description =
                    "Judge on test images that went bad: all, or kinds such as"
                            + " gaussian-noise,contrast; of severities from 1 to 5, such as :1,3,5 (all"
                            + " unless given). Pixels run from 0 to 1, for which --scale can be used.")
    private Corrupting corruptions;

    @Option(
            names = TTA,
            converter = ToViews.class,
            paramLabel = "VIEW,...",
            description =
                    "Judge on several views of each test image, beside the image as it is: "
                            + ToViews.CHOICE
                            + ".")
    private Views views;

    /** Adds what a command was given, to stand in place of what a run has. */
    static void addGiven(CommandSpec command, Map<String, String> options) {
        for (OptionSpec option : command.options()) {
            if (HelpLayout.getHome(option) == BeyondOptions.class && option.getValue() != null) {
                options.put(option.longestName(), option.originalStringValues().get(0));
            }
        }
    }

    boolean needsValidation() {
        return calibrates() || makesSets();
    }

    private boolean calibrates() {
        return calibration != null && calibration.calibrator() != null;
    }

    private boolean makesSets() {
        return sets != null && !sets.methods().isEmpty();
    }

    private boolean corrupts() {
        return corruptions != null && !corruptions.isNone();
    }

    private boolean hasViews() {
        return views != null && !views.all().isEmpty();
    }

    /** Says what is judged, once the data are known. */
    void apply(TrainingOptions<?> trainable, Examples validation, Examples test) {
        List<String> given = getGiven();
        if (given.isEmpty()) {
            return;
        }
        requireSuitable(given, validation, test);
        EvaluationSuite suite = makeSuite(test);
        try {
            suite.require(validation, test);
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(String.join(", ", given) + ": " + e.getMessage(), e);
        }
        trainable.optEvaluation(suite);
    }

    private List<String> getGiven() {
        List<String> given = new ArrayList<>();
        if (calibrates()) {
            given.add(CALIBRATE);
        }
        if (makesSets()) {
            given.add(CONFORMAL);
        }
        if (corrupts()) {
            given.add(CORRUPTIONS);
        }
        if (hasViews()) {
            given.add(TTA);
        }
        return given;
    }

    private void requireSuitable(List<String> given, Examples validation, Examples test) {
        if (test.getTask() != Task.CLASSIFICATION) {
            throw new WrongCallException(
                    "%s: only models of classes are judged so, and these are of the task %s: leave it out"
                            .formatted(
                                    String.join(", ", given),
                                    test.getTask()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-')));
        }
        if (needsValidation() && validation == null) {
            throw new WrongCallException(
                    "%s: this is fitted on validation data, and there are none: set some apart with %s"
                            .formatted(
                                    String.join(
                                            ", ",
                                            given.stream()
                                                    .filter(
                                                            name ->
                                                                    name.equals(CALIBRATE)
                                                                            || name.equals(
                                                                                    CONFORMAL))
                                                    .toList()),
                                    VALIDATION));
        }
        if (test.getShape().dimension() != 3) {
            requireNone(corrupts(), CORRUPTIONS, test);
            requireNone(hasViews(), TTA, test);
        }
    }

    private static void requireNone(boolean isGiven, String option, Examples test) {
        if (isGiven) {
            throw new WrongCallException(
                    "%s is for images [C, H, W], but examples are of shape %s: say with %s what images they are, or leave it out"
                            .formatted(option, test.getShape(), DataOptions.SHAPE));
        }
    }

    private EvaluationSuite makeSuite(Examples test) {
        EvaluationSuite.Builder suite = EvaluationSuite.builder();
        if (calibrates()) {
            suite.optCalibration(calibration.calibrator(), calibration.order());
        }
        if (makesSets()) {
            suite.optConformal(sets.coverage(), sets.methods().toArray(ConformalMethod[]::new));
        }
        if (corrupts()) {
            List<Corruption> kinds =
                    corruptions.isAll()
                            ? Corruption.of(Math.toIntExact(test.getShape().get(0)))
                            : corruptions.kinds();
            PixelRange range =
                    test.getInputFormat() instanceof ImageFormat format
                            ? PixelRange.of(format)
                            : PixelRange.UNIT;
            suite.optCorruptions(kinds, range).optSeverities(corruptions.severities());
        }
        if (hasViews()) {
            suite.optViews(TestTimeAugmentation.builder().setViews(views.all()).build());
        }
        return suite.build();
    }
}
