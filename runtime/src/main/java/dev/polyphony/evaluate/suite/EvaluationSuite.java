/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import ai.djl.ndarray.types.DataType;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.conformal.ConformalPredictor;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptedExamples;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.corrupt.CorruptionSummary;
import dev.polyphony.evaluate.corrupt.PixelRange;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.evaluate.tta.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that a model is judged by beyond the test set, the same for each model of a comparison:
 * calibration, conformal sets, corrupted images, several views.
 *
 * <p>Calibrations and sets are fitted on validation data alone. If both are asked for, these are
 * divided at random, one half for each: scores of examples that a calibration knows are not like
 * those of new ones. Sets are of calibrated probabilities; corrupted images and views are judged
 * without calibration.
 */
public final class EvaluationSuite {

    private final Calibrator calibrator;
    private final CalibrationOrder order;
    private final double coverage;
    private final List<ConformalMethod> methods;
    private final List<Corruption> corruptions;
    private final int[] severities;
    private final PixelRange range;
    private final TestTimeAugmentation augmentation;
    private final long seed;

    private EvaluationSuite(Builder builder) {
        calibrator = builder.calibrator;
        order = builder.order;
        coverage = builder.coverage;
        methods = builder.methods;
        corruptions = builder.corruptions;
        severities = builder.severities;
        range = builder.range;
        augmentation = builder.augmentation;
        seed = builder.seed;
    }

    /**
     * Creates a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells whether validation data are needed.
     *
     * @return whether something is fitted
     */
    public boolean needsValidation() {
        return calibrator != null || !methods.isEmpty();
    }

    /**
     * Tells whether nothing is asked for.
     *
     * @return whether {@link #run} does nothing
     */
    public boolean isEmpty() {
        return !needsValidation() && corruptions.isEmpty() && augmentation == null;
    }

    /**
     * Requires validation data, if something is fitted.
     *
     * @param validation the validation data, or null
     * @throws IllegalArgumentException if they are needed, and there are none or they have no
     *     labels
     */
    public void requireValidation(Examples validation) {
        if (needsValidation() && validation == null) {
            throw new IllegalArgumentException(
                    "Calibration and conformal sets are fitted on validation data, and there are none: set some apart from the training data");
        }
        if (needsValidation() && !validation.hasLabels()) {
            throw new IllegalArgumentException(
                    "Calibration and conformal sets are fitted on validation data, and these have no labels");
        }
    }

    /**
     * Requires data that can be judged as asked for, before anything is trained.
     *
     * @param validation the validation data, or null
     * @param test the test data
     * @throws IllegalArgumentException if validation data are needed and there are none, data have
     *     no classes, or test data are no images where images are corrupted or seen in several
     *     views; pixels of data in memory must also be in the range that was stated
     */
    public void require(Examples validation, Examples test) {
        if (isEmpty()) {
            return;
        }
        requireValidation(validation);
        if (!test.hasLabels() || test.getTask() != Task.CLASSIFICATION) {
            throw new IllegalArgumentException(
                    "Classifiers are judged beyond the test set, by test data with classes, but these %s"
                            .formatted(
                                    test.hasLabels()
                                            ? "are of the task " + test.getTask()
                                            : "have no labels"));
        }
        for (Corruption kind : corruptions) {
            for (int severity : severities) {
                CorruptedExamples.of(test, kind, severity, range, seed);
            }
        }
        if (!corruptions.isEmpty() && test instanceof LabeledData images) {
            range.requireInside(images);
        }
        if (augmentation != null
                && (test.getDataType() != DataType.FLOAT32 || test.getShape().dimension() != 3)) {
            throw new IllegalArgumentException(
                    "Views are of images [C, H, W], but these examples are %s of shape %s"
                            .formatted(test.getDataType(), test.getShape()));
        }
    }

    /**
     * Judges a model.
     *
     * @param model the model
     * @param validation labelled examples that were not trained on; null if {@linkplain
     *     #needsValidation none are needed}
     * @param test labelled examples that nothing was fitted on or chosen by
     * @return the result
     * @throws IllegalArgumentException if validation data are needed and there are none, or the
     *     test data are no images that can be corrupted as asked for, or something cannot be fitted
     */
    public SuiteResult run(Answering model, Examples validation, Examples test) {
        requireValidation(validation);
        boolean both = calibrator != null && !methods.isEmpty();
        Examples[] parts = both ? validation.split(seed, 0.5, 0.5) : null;
        Predictions clean = needsValidation() ? model.predict(test, Optional.empty()) : null;
        Optional<CalibrationResult> calibration = Optional.empty();
        Predictions calibrated = clean;
        if (calibrator != null) {
            Predictions known = model.predict(both ? parts[0] : validation, Optional.empty());
            EnsembleCalibration fitted = EnsembleCalibration.fit(calibrator, order, known);
            calibration = Optional.of(CalibrationResult.of(fitted, clean));
            calibrated = fitted.apply(clean);
        }
        List<ConformalResult> sets = List.of();
        if (!methods.isEmpty()) {
            Predictions known = model.predict(both ? parts[1] : validation, Optional.empty());
            Predictions asTest =
                    calibration.map(result -> result.calibration().apply(known)).orElse(known);
            Predictions judged = calibrated;
            sets =
                    methods.stream()
                            .map(method -> ConformalPredictor.fit(method, coverage, asTest))
                            .map(predictor -> predictor.evaluate(judged))
                            .toList();
        }
        return new SuiteResult(calibration, sets, corrupt(model, test), augment(model, test));
    }

    private Optional<CorruptionSummary> corrupt(Answering model, Examples test) {
        List<CorruptionResult> results = new ArrayList<>();
        for (Corruption kind : corruptions) {
            for (int severity : severities) {
                CalibrationResult.Figures figures =
                        model.judge(CorruptedExamples.of(test, kind, severity, range, seed));
                results.add(
                        new CorruptionResult(
                                kind,
                                severity,
                                figures.accuracy(),
                                figures.negativeLogLikelihood(),
                                figures.expectedCalibrationError()));
            }
        }
        return results.isEmpty() ? Optional.empty() : Optional.of(CorruptionSummary.of(results));
    }

    private Optional<Evaluation> augment(Answering model, Examples test) {
        return Optional.ofNullable(augmentation)
                .map(views -> Evaluation.of(model.predict(test, Optional.of(views))));
    }

    /**
     * Returns what is asked for, in words.
     *
     * @return such as {@code temperature scaling (pooled); sets of 90% coverage (threshold)}; empty
     *     if nothing is
     */
    public String describe() {
        StringJoiner parts = new StringJoiner("; ");
        if (calibrator != null) {
            parts.add("%s scaling (%s)".formatted(words(calibrator.getMethod()), words(order)));
        }
        if (!methods.isEmpty()) {
            parts.add(
                    "sets of %s%% coverage (%s)"
                            .formatted(
                                    BigDecimal.valueOf(coverage)
                                            .movePointRight(2)
                                            .stripTrailingZeros()
                                            .toPlainString(),
                                    names(methods.stream().map(ConformalMethod::getKey))));
        }
        if (needsValidation()) {
            parts.add(
                    calibrator != null && !methods.isEmpty()
                            ? "each fitted on its half of the validation data"
                            : "fitted on validation data");
        }
        if (!corruptions.isEmpty()) {
            parts.add(
                    "corruptions (%s) of severity %s"
                            .formatted(
                                    names(corruptions.stream().map(Corruption::getKey)),
                                    names(Arrays.stream(severities).mapToObj(String::valueOf))));
        }
        if (augmentation != null) {
            parts.add(
                    "views (%s)"
                            .formatted(names(augmentation.getViews().stream().map(View::getName))));
        }
        return parts.toString();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String names(Stream<String> all) {
        return all.collect(Collectors.joining(", "));
    }

    /** Returns all settings: suites of the same text come to the same results. */
    @Override
    public String toString() {
        return isEmpty()
                ? "nothing"
                : String.join(
                        " ",
                        calibrator + " " + order,
                        coverage + " " + methods,
                        corruptions + " " + Arrays.toString(severities) + " " + range,
                        augmentation == null
                                ? "no views"
                                : augmentation.getViews() + " " + augmentation.getPooling(),
                        "seed " + seed);
    }

    /** Builds an {@link EvaluationSuite}; what is not set is not done. */
    public static final class Builder {

        private Calibrator calibrator;
        private CalibrationOrder order;
        private double coverage;
        private List<ConformalMethod> methods = List.of();
        private List<Corruption> corruptions = List.of();
        private int[] severities = IntStream.rangeClosed(1, Corruption.SEVERITIES).toArray();
        private boolean isSeverityGiven;
        private PixelRange range = PixelRange.UNIT;
        private TestTimeAugmentation augmentation;
        private long seed;

        private Builder() {}

        /**
         * Sets how probabilities are calibrated.
         *
         * @param calibrator the calibrator
         * @param order what is scaled
         * @return this
         */
        public Builder optCalibration(Calibrator calibrator, CalibrationOrder order) {
            this.calibrator = Objects.requireNonNull(calibrator, "calibrator");
            this.order = Objects.requireNonNull(order, "order");
            return this;
        }

        /**
         * Sets what sets of classes are made.
         *
         * @param coverage the probability with which a set shall hold the right class, such as 0.9
         * @param methods how, each judged by itself
         * @return this
         */
        public Builder optConformal(double coverage, ConformalMethod... methods) {
            this.coverage = coverage;
            this.methods = List.of(methods);
            return this;
        }

        /**
         * Sets how test images are corrupted.
         *
         * @param kinds what goes wrong, such as {@link Corruption#of(int)}
         * @param range the range of the images' values
         * @return this
         */
        public Builder optCorruptions(List<Corruption> kinds, PixelRange range) {
            this.corruptions = List.copyOf(kinds);
            this.range = Objects.requireNonNull(range, "range");
            return this;
        }

        /**
         * Sets how badly; all severities by default.
         *
         * @param severities from 1 to {@value Corruption#SEVERITIES}
         * @return this
         */
        public Builder optSeverities(int... severities) {
            this.severities = severities.clone();
            isSeverityGiven = true;
            return this;
        }

        /**
         * Sets the views that test examples are asked about.
         *
         * @param augmentation the views
         * @return this
         */
        public Builder optViews(TestTimeAugmentation augmentation) {
            this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
            return this;
        }

        /**
         * Sets the seed that validation data are divided and images corrupted by; 0 by default.
         *
         * @param seed the seed
         * @return this
         */
        public Builder optSeed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Builds it.
         *
         * @return the suite
         * @throws IllegalArgumentException if there are severities of no corruption
         */
        public EvaluationSuite build() {
            if (isSeverityGiven && corruptions.isEmpty()) {
                throw new IllegalArgumentException(
                        "Severities are of corruptions: set these with optCorruptions, or leave severities out");
            }
            return new EvaluationSuite(this);
        }
    }
}
