/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules as they are written on the command line, in 4 epochs of 5 updates. */
class SchedulesTest {

    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @CsvSource({
        "constant, 19, 1",
        "cosine, 10, 0.5",
        "cosine:0.2, 10, 0.6",
        "linear, 5, 0.75",
        "linear:0.2, 10, 0.6",
        "exponential:0.5, 4, 1",
        "exponential:0.5, 14, 0.25",
        "step:1, 5, 0.1",
        "'step:1,3:0.5', 15, 0.25"
    })
    void areRead(String text, long update, double factor) {
        assertEquals(factor, new Schedules().convert(text).getFactor(update, 5, 4), TOLERANCE);
    }

    @Test
    void messagesSpeakOfOptions() {
        assertEquals(
                "bound with --clip-norm; --divergence 0 goes on, or set --resize; optName stays",
                OptionNames.in(
                        "bound with optClipNorm; optDivergence(0) goes on, or set optResize(true); optName stays"));
        assertEquals(
                "It diverged. The newest checkpoint is run/1.ckpt",
                OptionNames.in(
                        "It diverged. The parameters of epoch 3 are kept: DivergedException.restore() gives the model with them. The newest checkpoint is run/1.ckpt"));
    }
}
