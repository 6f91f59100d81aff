/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import dev.polyphony.data.Examples;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

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
        if (needsValidation() && validation == null) {
            throw new IllegalArgumentException(
                    "Calibration and conformal sets are fitted on validation data, and there are none: set some apart from the training data");
        }
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
                Examples dirty = CorruptedExamples.of(test, kind, severity, range, seed);
                CalibrationResult.Figures figures =
                        CalibrationResult.Figures.of(model.predict(dirty, Optional.empty()));
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

    /** Builds an {@link EvaluationSuite}; what is not set is not done. */
    public static final class Builder {

        private Calibrator calibrator;
        private CalibrationOrder order;
        private double coverage;
        private List<ConformalMethod> methods = List.of();
        private List<Corruption> corruptions = List.of();
        private int[] severities = IntStream.rangeClosed(1, Corruption.SEVERITIES).toArray();
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
         */
        public EvaluationSuite build() {
            return new EvaluationSuite(this);
        }
    }
}
