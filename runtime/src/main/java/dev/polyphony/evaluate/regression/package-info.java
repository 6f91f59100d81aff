/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Judges ensembles that predict numbers.
 *
 * <p>A member gives a number (a point), or a number and how far it may be off (a Gaussian). What an
 * ensemble predicts is the mixture of its members, each with the same weight: of points, the
 * distribution that has a share of {@code 1/M} at each; of Gaussians, {@link
 * dev.polyphony.evaluate.regression.GaussianMixture}. {@link
 * dev.polyphony.evaluate.regression.GaussianNoise} makes Gaussians of points, by the errors on
 * validation data.
 */
package dev.polyphony.evaluate.regression;
