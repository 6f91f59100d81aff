/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.util.List;
import java.util.Map;

/**
 * A part of the page under a heading.
 *
 * @param heading the heading
 * @param blocks what stands under it, in order
 */
record Section(String heading, List<Block> blocks) {

    /** Something that stands on the page. */
    sealed interface Block permits Text, Grid, Gallery, Terms {}

    /** A paragraph. */
    record Text(String text) implements Block {}

    /** A table of numbers. */
    record Grid(Table table) implements Block {}

    /** Pictures side by side. */
    record Gallery(List<Picture> pictures) implements Block {}

    /** Terms with their explanations. */
    record Terms(Map<String, String> terms) implements Block {}
}
