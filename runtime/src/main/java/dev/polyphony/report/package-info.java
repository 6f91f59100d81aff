/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Shows evaluations: one page to read in a browser, Markdown, JSON, pictures, a table in the
 * terminal.
 *
 * <p>A {@link dev.polyphony.report.Report} holds {@link dev.polyphony.report.Result}s. What it
 * shows is laid out once, as a page of sections, and rendered as HTML and as Markdown; columns and
 * charts come from the {@link dev.polyphony.evaluate.Metric} descriptors. Pictures are drawn with
 * XChart, without a display; a method has the same colour in all of them.
 */
package dev.polyphony.report;
