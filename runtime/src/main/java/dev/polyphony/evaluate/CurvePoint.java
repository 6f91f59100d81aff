/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * A point of a curve for charts.
 *
 * @param x across
 * @param y up
 */
public record CurvePoint(double x, double y) {}
