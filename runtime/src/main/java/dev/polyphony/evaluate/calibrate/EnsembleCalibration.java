/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import dev.polyphony.evaluate.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How the answers of an ensemble are calibrated: scalings of its members, of what they say
 * together, or both.
 *
 * <p>Fitted on validation data, which are neither those that were trained on, as models are too
 * sure of these, nor those that the ensemble is then judged by.
 *
 * @see <a href="https://arxiv.org/abs/2007.08792">Rahaman and Thiery, Uncertainty Quantification
 *     and Deep Ensembles, 2021, on the order of pooling and calibrating</a>
 */
public final class EnsembleCalibration {

    private final List<Scaling> members;
    private final Scaling pooled;

    private EnsembleCalibration(List<Scaling> members, Scaling pooled) {
        this.members = members;
        this.pooled = pooled;
    }

    /**
     * Takes scalings that were fitted.
     *
     * @param members one for each member, or none
     * @param pooled that of what the ensemble says, or null
     * @return the calibration
     * @throws IllegalArgumentException if there is none at all, or they are for other numbers of
     *     classes
     */
    public static EnsembleCalibration of(List<Scaling> members, Scaling pooled) {
        List<Scaling> all = new ArrayList<>(members);
        if (pooled != null) {
            all.add(pooled);
        }
        if (all.stream().map(Scaling::getClasses).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    "A calibration needs a scaling, and all for the same classes, but has " + all);
        }
        return new EnsembleCalibration(List.copyOf(members), pooled);
    }

    /**
     * Fits a calibration.
     *
     * @param calibrator how
     * @param order what is scaled
     * @param validation labelled predictions for examples that were not trained on and that nothing
     *     is judged by
     * @return the calibration
     * @throws IllegalStateException if there are no labels
     * @throws IllegalArgumentException as {@link Calibrator#fit}
     */
    public static EnsembleCalibration fit(
            Calibrator calibrator, CalibrationOrder order, Predictions validation) {
        int[] labels = validation.getLabels();
        List<Scaling> members = List.of();
        Predictions scaled = validation;
        if (order != CalibrationOrder.POOLED) {
            List<Scaling> fitted = new ArrayList<>();
            for (int m = 0; m < validation.getMembers(); m++) {
                int member = m;
                fitted.add(
                        calibrator.fit(
                                rows(validation, i -> validation.getMemberLogits(i, member)),
                                labels));
            }
            members = fitted;
            scaled = validation.calibratedMembers(List.copyOf(members));
        }
        Scaling pooled = null;
        if (order != CalibrationOrder.MEMBERS) {
            pooled = calibrator.fit(rows(scaled, scaled::getPooledLogits), labels);
        }
        return of(members, pooled);
    }

    private static double[][] rows(Predictions predictions, IntFunction<double[]> logits) {
        double[][] rows = new double[predictions.size()][];
        Arrays.setAll(rows, logits);
        return rows;
    }

    /**
     * Calibrates predictions.
     *
     * @param predictions what the ensemble says, of any data set
     * @return the calibrated predictions, with the same labels
     * @throws IllegalArgumentException if they have another number of members or classes
     */
    public Predictions apply(Predictions predictions) {
        Predictions scaled =
                members.isEmpty()
                        ? predictions
                        : predictions.calibratedMembers(List.copyOf(members));
        return pooled == null ? scaled : scaled.calibrated(pooled);
    }

    /**
     * Returns what is scaled.
     *
     * @return the order
     */
    public CalibrationOrder getOrder() {
        if (members.isEmpty()) {
            return CalibrationOrder.POOLED;
        }
        return pooled == null ? CalibrationOrder.MEMBERS : CalibrationOrder.MEMBERS_THEN_POOLED;
    }

    /**
     * Returns how it is scaled.
     *
     * @return the method of the last scaling
     */
    public ScalingMethod getMethod() {
        return (pooled == null ? members.get(0) : pooled).getMethod();
    }

    /**
     * Returns the scalings of the members.
     *
     * @return one for each, or none
     */
    public List<Scaling> getMembers() {
        return members;
    }

    /**
     * Returns the scaling of what the ensemble says.
     *
     * @return the scaling; empty if members alone are scaled
     */
    public Optional<Scaling> getPooled() {
        return Optional.ofNullable(pooled);
    }

    /**
     * Tells whether a fit had to be held back.
     *
     * @return whether one of the scalings {@linkplain Scaling#isBounded() is bounded}
     */
    public boolean isBounded() {
        return members.stream().anyMatch(Scaling::isBounded)
                || pooled != null && pooled.isBounded();
    }

    /**
     * Returns the calibration for a file.
     *
     * @return a JSON object, which {@link #fromJson} reads
     */
    public String toJson() {
        return CalibrationJson.write(this);
    }

    /**
     * Reads a calibration.
     *
     * @param json what {@link #toJson} gave
     * @return the calibration, the same to the last bit
     * @throws IllegalArgumentException if this is no such JSON; says what is wrong
     */
    public static EnsembleCalibration fromJson(String json) {
        return CalibrationJson.read(json);
    }

    /** Whether the other has the same scalings. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EnsembleCalibration that
                && members.equals(that.members)
                && Objects.equals(pooled, that.pooled);
    }

    @Override
    public int hashCode() {
        return Objects.hash(members, pooled);
    }

    /** Returns the calibration in words. */
    @Override
    public String toString() {
        return "members %s, pooled %s".formatted(members, pooled);
    }
}
