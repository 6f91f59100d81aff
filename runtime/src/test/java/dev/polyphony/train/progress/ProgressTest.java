/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong clock = new AtomicLong();

    private String printed() {
        String printed = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return printed;
    }

    private static Progress.Run run(String name, int epochs, int steps) {
        return new Progress.Run(name, epochs, steps, 64L * steps, List.of(), 0, epoch -> 0.1);
    }

    private static History.Epoch epoch(int number, double loss, double validationLoss) {
        double accuracy = Double.isNaN(validationLoss) ? Double.NaN : 1 - validationLoss / 4;
        return new History.Epoch(number, loss, accuracy, validationLoss, 1);
    }

    private void passSeconds(double seconds) {
        clock.addAndGet((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }

    private Progress lines() {
        return new ProgressLines(out, clock::get);
    }

    private Progress bar(int columns) {
        return new ProgressBar(out, clock::get, () -> columns);
    }

    @Test
    void plainLinesShowEpochs() {
        Progress progress = lines();
        progress.onBegin(run("LeNet, packed", 3, 100));
        progress.onStep(1, 20, 0.9);
        passSeconds(2);
        progress.onEpoch(epoch(1, 0.51234, 0.5));
        passSeconds(2);
        progress.onEpoch(epoch(2, 0.25, 0.4));
        passSeconds(2);
        progress.onEpoch(epoch(3, 0.125, 0.6));
        progress.onEnd();
        assertEquals(
                List.of(
                        "LeNet, packed  epoch 1/3  loss 0.5123  validation loss 0.5000  accuracy 0.8750  best  3,200 examples/s  0:04 left",
                        "LeNet, packed  epoch 2/3  loss 0.2500  validation loss 0.4000  accuracy 0.9000  best  3,200 examples/s  0:02 left",
                        "LeNet, packed  epoch 3/3  loss 0.1250  validation loss 0.6000  accuracy 0.8500  best in 2  3,200 examples/s  0:00 left"),
                printed().lines().toList());
    }

    @Test
    void plainLinesHaveNothingOfTerminals() {
        Progress progress = lines();
        progress.onBegin(run("MIMO", 1, 10));
        progress.onStep(1, 10, 0.5);
        progress.onEpoch(epoch(1, 0.5, Double.NaN));
        progress.onEnd();
        String printed = printed();
        assertFalse(printed.contains("\r") || printed.contains("\u001b"), printed);
        assertFalse(printed.contains("validation"), printed);
    }

    @Test
    void lossesBeyondAllBoundsAreInPowersOfTen() {
        assertEquals("999999.1250", Words.loss(999_999.125));
        assertEquals("1.0000e+06", Words.loss(1_000_000));
        assertEquals("2.5788e+26", Words.loss(257_880_815_124_208_900e9));
    }

    @Test
    void plainLinesAreFewHoweverManyEpochs() {
        Progress progress = lines();
        progress.onBegin(run("MIMO", 30, 100));
        for (int i = 1; i <= 30; i++) {
            progress.onEpoch(epoch(i, 0.5, Double.NaN));
        }
        assertEquals(
                List.of("1/30", "8/30", "15/30", "23/30", "30/30"),
                printed().lines().map(line -> line.split(" +")[2]).toList());
    }

    @Test
    void longEpochsGiveSignsOfLife() {
        Progress progress = lines();
        progress.onBegin(run("MIMO", 10, 1000));
        for (int step = 100; step <= 500; step += 100) {
            passSeconds(10);
            progress.onStep(3, step, 0.5);
        }
        assertEquals(
                List.of(
                        "MIMO  epoch 3/10  step 300/1000  loss 0.5000  4,907 examples/s  1:40 left"),
                printed().lines().toList());
    }

    @Test
    void whatGoesOnSaysWhereAndCountsItsOwnTimeOnly() {
        Progress progress = lines();
        List<History.Epoch> done = List.of(epoch(1, 0.5, 0.2), epoch(2, 0.4, 0.3));
        progress.onResume(new Resumed(Path.of("c.ply"), 2, 250, false, List.of()));
        progress.onBegin(new Progress.Run("MIMO", 4, 100, 6400, done, 50, epoch -> 0.1));
        passSeconds(1);
        progress.onEpoch(epoch(3, 0.3, 0.25));
        assertEquals(
                List.of(
                        "MIMO  resumed after epoch 2 and step 250 from c.ply",
                        "MIMO  epoch 3/4  loss 0.3000  validation loss 0.2500  accuracy 0.9375  best in 1  3,200 examples/s  0:02 left"),
                printed().lines().toList());
        progress.onBegin(run("MIMO", 2, 100));
        assertEquals("", printed());
    }

    @Test
    void barShowsWhereItStands() {
        Progress progress = bar(120);
        progress.onBegin(run("MIMO", 2, 100));
        passSeconds(0.5);
        progress.onStep(1, 50, 0.75);
        // a quarter is done in half a second
        assertEquals(
                "\rMIMO [======                  ] epoch 1/2  loss 0.7500  6,400 examples/s"
                        + "  0:02 left\u001b[K",
                printed());
        passSeconds(0.01);
        progress.onStep(1, 51, 0.75);
        assertEquals("", printed(), "redrawn too often");
        passSeconds(0.49);
        progress.onEpoch(epoch(1, 0.5, 0.3));
        String printed = printed();
        assertTrue(
                printed.contains(
                        "loss 0.5000  validation loss 0.3000  accuracy 0.9250  best  6,400 ex"),
                printed);
        progress.onEnd();
        assertEquals(System.lineSeparator(), printed());
        progress.onEnd();
        assertEquals("", printed());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 40, 60, 80, 100, 140, 300})
    void barFitsEveryTerminal(int columns) {
        Progress progress = bar(columns);
        progress.onBegin(run("A model of a long name, packed", 30, 100));
        passSeconds(1);
        progress.onEpoch(epoch(1, 0.5, 0.3));
        String line = printed().replaceAll("[\r]|\u001b\\[K", "");
        assertTrue(line.length() < columns, line);
        assertEquals(columns >= 40, line.contains("epoch 1/30  loss 0.5000"), line);
        assertEquals(columns >= 60, line.contains("0:29 left"), line);
        assertEquals(columns >= 80, line.contains("["), line);
        assertEquals(columns >= 140, line.contains("accuracy"), line);
        assertEquals(columns >= 300, line.contains("examples/s"), line);
    }

    @Test
    void terminalsAreToldFromFiles() {
        assertTrue(Terminal.isTerminal(Path.of("/dev/pts/3")));
        assertTrue(Terminal.isTerminal(Path.of("/dev/tty1")));
        assertFalse(Terminal.isTerminal(Path.of("/dev/null")));
        assertFalse(Terminal.isTerminal(Path.of("/tmp/train.log")));
        assertEquals(132, Terminal.columns("24 132\n"));
        assertEquals(80, Terminal.columns("0 0\n"));
        assertEquals(80, Terminal.columns(""));
    }

    @Test
    void silenceIsSilent() {
        Progress progress = Progress.none();
        progress.onBegin(run("MIMO", 1, 1));
        progress.onStep(1, 1, 0.5);
        progress.onEpoch(epoch(1, 0.5, 0.3));
        progress.onEnd();
        assertEquals("", printed());
    }
}
