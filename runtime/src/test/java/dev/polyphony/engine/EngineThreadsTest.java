/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class EngineThreadsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "7, 3", "16, 8", "64, 8"})
    void choosesHalfOfTheProcessorsAndAtMostEight(int processors, int threads) {
        assertEquals(threads, EngineThreads.choose(new Properties(), Map.of(), processors));
    }

    @Test
    void leavesTheEngineAloneWhereItHasBeenTold() {
        Properties told = new Properties();
        told.setProperty("ai.djl.pytorch.num_threads", "3");
        assertEquals(0, EngineThreads.choose(told, Map.of(), 8));
        Map<String, String> environment = Map.of("OMP_NUM_THREADS", "3");
        assertEquals(0, EngineThreads.choose(new Properties(), environment, 8));
    }

    @Test
    void setsTheThreadsOfTheEngine() throws ReflectiveOperationException {
        int before = threads();
        try {
            EngineThreads.set(2);
            assertEquals(2, threads());
            EngineThreads.set(1);
            assertEquals(1, threads());
            // the tests' own property says so
            EngineThreads.set(0);
            assertEquals(1, threads());
        } finally {
            EngineThreads.set(before);
        }
    }

    /** The threads that the engine has been told. */
    public static int threads() throws ReflectiveOperationException {
        ClassLoader loader = Engine.getInstance().getClass().getClassLoader();
        return (int)
                Class.forName("ai.djl.pytorch.jni.JniUtils", true, loader)
                        .getMethod("getNumThreads")
                        .invoke(null);
    }
}
