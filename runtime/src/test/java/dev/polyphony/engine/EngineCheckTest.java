/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EngineCheckTest {

    /** Two examples, 20 filters, and 22 taps in each direction. */
    private static final DoubleUnaryOperator RIGHT = channels -> 2 * 20 * channels * 22 * 22;

    private static final DoubleUnaryOperator WRONG =
            channels -> RIGHT.applyAsDouble(channels) * (channels == 40 ? 0.907 : 1);

    private static final DoubleUnaryOperator LEFTOVERS =
            channels -> channels == 24 ? Double.NaN : RIGHT.applyAsDouble(channels);

    private final List<String> warnings = new ArrayList<>();

    /** An engine that is wrong with oneDNN, and perhaps without. */
    private final class Engine {

        private DoubleUnaryOperator convolution;
        private final DoubleUnaryOperator without;

        Engine(DoubleUnaryOperator with, DoubleUnaryOperator without) {
            this.convolution = with;
            this.without = without;
        }

        void check() {
            new EngineCheck(
                            channels -> convolution.applyAsDouble(channels),
                            () -> convolution = without,
                            warnings::add)
                    .run();
        }
    }

    @Test
    void leavesAnEngineThatIsRightAlone() {
        Engine engine = new Engine(RIGHT, WRONG);
        engine.check();

        assertSame(RIGHT, engine.convolution);
        assertEquals(List.of(), warnings);
    }

    @Test
    void turnsOneDnnOffWhereItIsWrong() {
        for (DoubleUnaryOperator wrong : List.of(WRONG, LEFTOVERS)) {
            warnings.clear();
            Engine engine = new Engine(wrong, RIGHT);
            engine.check();

            assertSame(RIGHT, engine.convolution);
            assertEquals(1, warnings.size());
            assertTrue(warnings.get(0).contains("DNNL_MAX_CPU_ISA=SSE41"), warnings.get(0));
        }
    }

    @Test
    void refusesAnEngineThatStaysWrong() {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, new Engine(WRONG, WRONG)::check);
        assertEquals(
                "On this CPU PyTorch computes convolutions wrongly (of ones in 40 channels it gives the sum 702381, not 774400): set the environment variable DNNL_MAX_CPU_ISA=SSE41 of this process, or use another machine or a GPU",
                e.getMessage());
        assertEquals(List.of(), warnings);
    }

    @Test
    void refusesWhereOneDnnCannotBeTurnedOff() {
        IllegalStateException cause = new IllegalStateException("no such symbol");
        EngineCheck check =
                new EngineCheck(
                        WRONG,
                        () -> {
                            throw cause;
                        },
                        warnings::add);

        assertSame(cause, assertThrows(IllegalStateException.class, check::run).getCause());
    }

    @Test
    void findsTheEngineOfTheTestsRight() {
        try (NDManager manager = NDManager.newBaseManager()) {
            EngineCheck.of(manager, warnings::add).run();
        }
        assertEquals(List.of(), warnings);
    }

    /** The tests run without oneDNN; with it in old instruction sets, as here, it is right, too. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void turnsOneDnnOnAndOff() {
        try (NDManager manager = NDManager.newBaseManager()) {
            OneDnn.setEnabled(true);
            EngineCheck.of(manager, warnings::add).run();
        } finally {
            OneDnn.setEnabled(false);
        }
        assertEquals(List.of(), warnings);
    }
}
