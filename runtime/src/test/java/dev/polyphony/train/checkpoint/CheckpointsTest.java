/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

    private static final Checkpoints CHECKPOINTS = Checkpoints.in(Path.of("run"));
    private static final long SECOND = 1_000_000_000;

    @Test
    void withoutIntervalsEachEpochHasOne() {
        assertTrue(CHECKPOINTS.isDueAfterEpoch(1, 0));
        assertFalse(CHECKPOINTS.isDueAfterStep(10, 3600 * SECOND));
        assertEquals(2, CHECKPOINTS.getKeepLast());
        assertFalse(CHECKPOINTS.isKeepBest());
    }

    @Test
    void whateverIsDueFirst() {
        Checkpoints steps = CHECKPOINTS.optEverySteps(10);
        assertTrue(steps.isDueAfterStep(20, 0));
        assertFalse(steps.isDueAfterStep(21, 0));
        assertFalse(steps.isDueAfterEpoch(2, 0));
        Checkpoints epochs = steps.optEveryEpochs(3);
        assertFalse(epochs.isDueAfterEpoch(2, 0));
        assertTrue(epochs.isDueAfterEpoch(3, 0));
        assertTrue(epochs.isDueAfterStep(40, 0));
        Checkpoints time = CHECKPOINTS.optEveryMinutes(0.5);
        assertFalse(time.isDueAfterStep(1, 29 * SECOND));
        assertTrue(time.isDueAfterStep(1, 30 * SECOND));
        assertFalse(time.isDueAfterEpoch(1, 29 * SECOND));
        assertTrue(time.isDueAfterEpoch(1, 30 * SECOND));
    }

    @Test
    void namesWhatMakesNoSense() {
        List<UnaryOperator<Checkpoints>> wrong =
                List.of(
                        some -> some.optEverySteps(0),
                        some -> some.optEveryEpochs(-1),
                        some -> some.optEveryMinutes(0),
                        some -> some.optEveryMinutes(Double.NaN),
                        some -> some.optKeepLast(0));
        for (UnaryOperator<Checkpoints> one : wrong) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> one.apply(CHECKPOINTS));
            assertTrue(e.getMessage().contains(" must be a"), e.getMessage());
        }
    }

    @Test
    void fingerprintsNameWhatDiffers() throws IOException {
        Fingerprint then =
                new Fingerprint().add("seed", 1).add("batch size", 32).add("momentum", 0.9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        then.writeTo(new DataOutputStream(bytes));
        Fingerprint read =
                Fingerprint.readFrom(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertEquals(List.of(), read.getDifferences(then));
        Fingerprint now = new Fingerprint().add("seed", 1).add("batch size", 64).add("clip", "é");
        assertEquals(
                List.of(
                        "batch size: 32 in the checkpoint, 64 now",
                        "momentum: 0.9 in the checkpoint, none now",
                        "clip: none in the checkpoint, é now"),
                read.getDifferences(now));
    }
}
