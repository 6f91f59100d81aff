/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Charts of plain numbers, drawn once and written as SVG and as PNG.
 *
 * <p>A {@link dev.polyphony.report.chart.Sheet} collects marks (areas, lines, dots, words, images)
 * into a {@link dev.polyphony.report.chart.Drawing}; {@link dev.polyphony.report.chart.Svg} and
 * {@link dev.polyphony.report.chart.Png} write it. Marks say what a colour is for (ink, a line of
 * the grid, the third row) and words where they are anchored, which Java's graphics cannot: so the
 * same drawing follows a page's light and dark mode, and stands right in whatever font a reader
 * has. This package knows nothing of ensembles.
 */
package dev.polyphony.report.chart;
