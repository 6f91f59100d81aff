/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part of the page under a heading.
 *
 * @param heading the heading
 * @param blocks what stands under it, in order
 */
record Section(String heading, List<Block> blocks) {

    /** Something that stands on the page. */
    sealed interface Block permits Text, Reading, Answers, Grid, Cells, Gallery, Terms {}

    /** A paragraph. */
    record Text(String text) implements Block {}

    /** How to read what follows. */
    record Reading(String text) implements Block {}

    /** Questions with answers in plain words. */
    record Answers(List<Answer> answers) implements Block {}

    /**
     * An answer.
     *
     * @param question the question
     * @param inShort the answer in a few words
     * @param sentences what it rests on
     */
    record Answer(String question, String inShort, List<String> sentences) {

        /** Begins all with capitals, as names of rows may not. */
        Answer {
            inShort = capital(inShort);
            sentences = sentences.stream().map(Answer::capital).toList();
        }

        private static String capital(String sentence) {
            return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
        }
    }

    /** A table of numbers. */
    record Grid(Table table) implements Block {}

    /** A table of words, the name of the row first. */
    record Cells(String caption, List<String> head, List<List<String>> rows) implements Block {}

    /** Pictures side by side. */
    record Gallery(List<Picture> pictures) implements Block {}

    /** Terms with their explanations. */
    record Terms(Map<String, String> terms) implements Block {}

    /** The name of the heading in links. */
    String anchor() {
        return Picture.nameOf(heading);
    }
}
