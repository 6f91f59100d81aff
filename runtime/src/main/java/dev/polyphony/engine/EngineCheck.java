/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure, once in a process, that convolutions on the CPU are right.
 *
 * <p>Those of oneDNN, which PyTorch uses there, leave input channels out or add leftovers of memory
 * on some virtual machines that hide the caches of their processor. No error tells of it. Where a
 * convolution of ones gives another number than it must, oneDNN is turned off, with a warning.
 */
public final class EngineCheck {

    /** Not whole blocks of 8 or 16 channels, in which oneDNN works. */
    private static final int[] CHANNELS = {12, 24, 40};

    private static final int EXAMPLES = 2;
    private static final int FILTERS = 20;
    private static final int SIZE = 8;

    /** The taps of a padded kernel of 3 that meet a row of {@link #SIZE}. */
    private static final int TAPS = 3 * SIZE - 2;

    private static final double TOLERANCE = 1e-4;

    private static boolean done;

    private final DoubleUnaryOperator convolution;
    private final Runnable withoutOneDnn;
    private final Consumer<String> log;

    EngineCheck(DoubleUnaryOperator convolution, Runnable withoutOneDnn, Consumer<String> log) {
        this.convolution = convolution;
        this.withoutOneDnn = withoutOneDnn;
        this.log = log;
    }

    /**
     * Checks the engine, if that has not been done; on a GPU there is nothing to check.
     *
     * @param manager a manager of the device that will be used
     * @throws IllegalStateException if convolutions are wrong and stay so
     */
    public static synchronized void run(NDManager manager) {
        if (done || manager.getDevice().isGpu()) {
            return;
        }
        of(manager, EngineCheck::warn).run();
        done = true;
    }

    /** Numbers that were wrong are worth a line where nobody logs, too. */
    private static void warn(String message) {
        Logger logger = LoggerFactory.getLogger(EngineCheck.class);
        if (logger.isWarnEnabled()) {
            logger.warn(message);
        } else {
            System.err.println("Warning: " + message);
        }
    }

    static EngineCheck of(NDManager manager, Consumer<String> log) {
        return new EngineCheck(
                channels -> convolve(manager, (int) channels), () -> OneDnn.setEnabled(false), log);
    }

    void run() {
        String wrong = findWrong();
        if (wrong == null) {
            return;
        }
        try {
            withoutOneDnn.run();
        } catch (IllegalStateException e) {
            throw unfit(wrong, e);
        }
        String stillWrong = findWrong();
        if (stillWrong != null) {
            throw unfit(stillWrong, null);
        }
        log.accept(
                "On this CPU oneDNN computes convolutions wrongly (%s), as on some virtual machines: PyTorch does without it in this process. The environment variable DNNL_MAX_CPU_ISA=SSE41 makes it right, but slow"
                        .formatted(wrong));
    }

    private static IllegalStateException unfit(String wrong, IllegalStateException cause) {
        return new IllegalStateException(
                "On this CPU PyTorch computes convolutions wrongly (%s): set the environment variable DNNL_MAX_CPU_ISA=SSE41 of this process, or use another machine or a GPU"
                        .formatted(wrong),
                cause);
    }

    private String findWrong() {
        for (int channels : CHANNELS) {
            double expected = (double) EXAMPLES * FILTERS * channels * TAPS * TAPS;
            double sum = convolution.applyAsDouble(channels);
            if (!(Math.abs(sum - expected) <= TOLERANCE * expected)) {
                return "of ones in %d channels it gives the sum %.0f, not %.0f"
                        .formatted(channels, sum, expected);
            }
        }
        return null;
    }

    /** The sum of a padded convolution of ones with ones. */
    private static double convolve(NDManager manager, int channels) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray x = scope.ones(new Shape(EXAMPLES, channels, SIZE, SIZE));
            NDArray weight = scope.ones(new Shape(FILTERS, channels, 3, 3));
            Shape one = new Shape(1, 1);
            NDArray bias = scope.zeros(new Shape(FILTERS));
            return Conv2d.conv2d(x, weight, bias, one, one, one).head().sum().getFloat();
        }
    }
}
