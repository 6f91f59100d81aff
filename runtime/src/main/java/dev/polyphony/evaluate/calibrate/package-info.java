/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Calibration after training: {@link dev.polyphony.evaluate.calibrate.Calibrator} fits a {@link
 * dev.polyphony.evaluate.calibrate.Scaling} of logits on validation data, {@link
 * dev.polyphony.evaluate.calibrate.EnsembleCalibration} does so for an ensemble, as a whole or
 * member by member, and {@link dev.polyphony.evaluate.calibrate.CalibrationResult} tells what it
 * was good for.
 */
package dev.polyphony.evaluate.calibrate;
