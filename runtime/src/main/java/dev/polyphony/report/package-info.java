/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Shows evaluations: one page to read in a browser, Markdown, JSON, CSV, pictures, a table in the
 * terminal.
 *
 * <p>A {@link dev.polyphony.report.Report} holds {@link dev.polyphony.report.Result}s. What it
 * shows is laid out once, as a page of sections, and rendered as HTML and as Markdown; columns and
 * charts come from the {@link dev.polyphony.evaluate.Metric} descriptors, and the words at the
 * beginning from the numbers. Pictures are drawn by {@link dev.polyphony.report.chart}; a row has
 * the same colour in all of them.
 */
package dev.polyphony.report;
