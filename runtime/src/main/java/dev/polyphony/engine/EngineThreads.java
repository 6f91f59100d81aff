/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import ai.djl.engine.Engine;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The threads of one operation of PyTorch on the CPU.
 *
 * <p>PyTorch takes all processors of the machine, of which a container may have few and others use
 * some. Its threads wait for one another by turning in circles, so where one does not get a
 * processor, all are slow: two threads on two processors of which one is busy take ten times as
 * long as one thread. More than a few hardly help small networks.
 */
public final class EngineThreads {

    private static final String PROPERTY = "ai.djl.pytorch.num_threads";
    private static final String[] VARIABLES = {"OMP_NUM_THREADS", "MKL_NUM_THREADS"};
    private static final int MOST = 8;

    private EngineThreads() {}

    /**
     * Sets the number of threads of this process.
     *
     * @param count the number; 0 leaves it to the system property or environment variable that sets
     *     it, or else chooses
     */
    public static void set(int count) {
        int threads =
                count > 0
                        ? count
                        : choose(
                                System.getProperties(),
                                System.getenv(),
                                Runtime.getRuntime().availableProcessors());
        if (threads > 0) {
            call(threads);
        }
    }

    /** Chooses a number; 0 if the engine has been told one. */
    static int choose(Properties properties, Map<String, String> environment, int processors) {
        boolean told =
                properties.containsKey(PROPERTY)
                        || Stream.of(VARIABLES).anyMatch(environment::containsKey);
        return told ? 0 : Math.max(1, Math.min(MOST, processors / 2));
    }

    /** The engine is not on the class path of compilation, and has no other way to it. */
    private static void call(int threads) {
        ClassLoader loader = Engine.getInstance().getClass().getClassLoader();
        try {
            Class.forName("ai.djl.pytorch.jni.JniUtils", true, loader)
                    .getMethod("setNumThreads", int.class)
                    .invoke(null, threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The number of the engine's threads cannot be set: set the system property "
                            + PROPERTY,
                    e);
        }
    }
}
