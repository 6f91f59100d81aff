/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.MultiExamples;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A made-up machine that three senses watch. No sense tells all: of the regime the image shows
 * where it is hot, and the vibrations their pitch; the load is in how hot and how loud; faults
 * leave words in the log, among others, and a trace in one of the senses.
 */
final class PlantData {

    static final int REGIMES = 4;
    static final int FAULTS = 3;

    /** Words of the log: two for each fault, and others that say nothing. */
    static final int WORDS = 20;

    private static final int LOGGED = 6;
    private static final int SIDE = 8;
    private static final int CHANNELS = 12;

    private PlantData() {}

    /**
     * Makes examples.
     *
     * @param size the number of examples
     * @param seed the seed; the same seed makes the same examples
     */
    static MultiExamples make(int size, long seed) {
        Random random = new Random(seed);
        float[] images = new float[size * SIDE * SIDE];
        float[] vibrations = new float[size * CHANNELS];
        long[] logs = new long[size * LOGGED];
        int[] regimes = new int[size];
        float[] loads = new float[size];
        int[][] faults = new int[size][FAULTS];
        for (int i = 0; i < size; i++) {
            int regime = random.nextInt(REGIMES);
            double load = random.nextDouble();
            for (int f = 0; f < FAULTS; f++) {
                faults[i][f] = random.nextDouble() < 0.25 ? 1 : 0;
            }
            regimes[i] = regime;
            loads[i] = (float) (4 * load - 2);
            warm(images, i, regime, load, faults[i], random);
            shake(vibrations, i, regime, load, faults[i], random);
            write(logs, i, faults[i], random);
        }
        return MultiExamples.builder()
                .addInput("image", images, new Shape(1, SIDE, SIDE))
                .addInput("vibrations", vibrations, new Shape(CHANNELS))
                .addIds("log", logs, new Shape(LOGGED))
                .addClasses("regime", regimes, REGIMES)
                .addTargets("load", loads)
                .addLabels("faults", faults)
                .build();
    }

    /** How difficult examples are to tell: the lower the load, the less the senses notice. */
    static double[] difficulty(MultiExamples examples) {
        float[] loads = examples.getTargets("load");
        return IntStream.range(0, loads.length).mapToDouble(i -> -loads[i]).toArray();
    }

    /** A hot spot, at one of two places for each pair of regimes, and one more with a fault. */
    private static void warm(
            float[] images, int example, int regime, double load, int[] faults, Random random) {
        double row = regime < 2 ? 2 : 5;
        double column = 2 + 3 * random.nextDouble();
        for (int at = 0; at < SIDE * SIDE; at++) {
            double near = Math.hypot(at / SIDE - row, at % SIDE - column);
            double fault = Math.hypot(at / SIDE - 7, at % SIDE - 7);
            double heat =
                    (0.5 + load) * Math.exp(-near * near / 4)
                            + 0.7 * faults[0] * Math.exp(-fault * fault / 3);
            images[example * SIDE * SIDE + at] = (float) (heat + 0.25 * random.nextGaussian());
        }
    }

    /** A tone whose pitch tells even regimes from odd ones, the louder the higher the load. */
    private static void shake(
            float[] vibrations, int example, int regime, double load, int[] faults, Random random) {
        double pitch = regime % 2 == 0 ? 0.6 : 1.1;
        double phase = random.nextDouble();
        for (int t = 0; t < CHANNELS; t++) {
            double tone = (0.4 + load) * Math.sin(pitch * t + phase);
            double rattle = 0.6 * faults[1] * (t % 2 == 0 ? 1 : -1);
            vibrations[example * CHANNELS + t] =
                    (float) (tone + rattle + 0.3 * random.nextGaussian());
        }
    }

    private static void write(long[] logs, int example, int[] faults, Random random) {
        for (int at = 0; at < LOGGED; at++) {
            int about = random.nextInt(2 * FAULTS);
            boolean isTold = about < FAULTS && faults[about] == 1;
            logs[example * LOGGED + at] =
                    isTold
                            ? 2L * about + random.nextInt(2)
                            : 2 * FAULTS + random.nextInt(WORDS - 2 * FAULTS);
        }
    }
}
