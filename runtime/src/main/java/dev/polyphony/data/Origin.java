/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Where examples are written, for messages.
 *
 * @param file the file
 * @param lines the line of each example, from 1
 */
record Origin(String file, int[] lines) implements Serializable {

    /** The place of an example, as {@code data.csv:3}. */
    String of(int example) {
        return file + ":" + lines[example];
    }

    Origin subset(int[] examples) {
        return new Origin(file, Arrays.stream(examples).map(i -> lines[i]).toArray());
    }
}
