/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        String printed = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return printed;
    }

    @Test
    void plainLinesShowEpochs() {
        Progress progress = Progress.lines(out);
        progress.onBegin("LeNet, packed", 2, 100);
        progress.onStep(1, 20, 0.9);
        progress.onEpoch(new History.Epoch(1, 0.51234, 0.875, 0.4, 1.25));
        progress.onEpoch(new History.Epoch(2, 0.25, Double.NaN, Double.NaN, 1));
        progress.onEnd();
        assertEquals(
                String.join(
                        System.lineSeparator(),
                        "LeNet, packed  epoch 1/2  loss 0.5123  validation accuracy 0.8750  1.3 s",
                        "LeNet, packed  epoch 2/2  loss 0.2500  1.0 s",
                        ""),
                printed());
    }

    @Test
    void lossesBeyondAllBoundsAreInPowersOfTen() {
        assertEquals("999999.1250", ProgressLines.loss(999_999.125));
        assertEquals("1.0000e+06", ProgressLines.loss(1_000_000));
        assertEquals("2.5788e+26", ProgressLines.loss(257_880_815_124_208_900e9));
    }

    @Test
    void plainLinesAreFewHoweverManyEpochs() {
        Progress progress = Progress.lines(out);
        progress.onBegin("MIMO", 30, 100);
        for (int i = 1; i <= 30; i++) {
            progress.onEpoch(new History.Epoch(i, 0.5, Double.NaN, Double.NaN, 1));
        }
        assertEquals(
                List.of("1/30", "8/30", "15/30", "23/30", "30/30"),
                printed().lines().map(line -> line.split(" +")[2]).toList());
    }

    @Test
    void barShowsWhereItStands() {
        AtomicLong clock = new AtomicLong();
        Progress progress = new ProgressBar(out, clock::get);
        progress.onBegin("MIMO", 2, 100);
        clock.set(500_000_000L);
        progress.onStep(1, 50, 0.75);
        // a quarter is done in half a second
        assertEquals(
                "\rMIMO [======                  ] epoch 1/2  loss 0.7500  100 steps/s  0:02 left"
                        + "\u001b[K",
                printed());
        clock.set(510_000_000L);
        progress.onStep(1, 51, 0.75);
        assertEquals("", printed(), "redrawn too often");
        clock.set(1_000_000_000L);
        progress.onEpoch(new History.Epoch(1, 0.5, 0.9, 0.3, 1));
        assertTrue(
                printed().contains("loss 0.5000  validation accuracy 0.9000  100 steps/s  0:01"));
        progress.onEnd();
        assertEquals(System.lineSeparator(), printed());
        progress.onEnd();
        assertEquals("", printed());
    }

    @Test
    void silenceIsSilent() {
        Progress progress = Progress.none();
        progress.onBegin("MIMO", 1, 1);
        progress.onStep(1, 1, 0.5);
        progress.onEpoch(new History.Epoch(1, 0.5, 0.9, 0.3, 1));
        progress.onEnd();
        assertEquals("", printed());
    }
}
