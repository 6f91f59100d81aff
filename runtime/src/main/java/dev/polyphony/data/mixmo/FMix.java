/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** The highest places of noise whose spectrum falls with the frequency. */
final class FMix {

    /** The power with which amplitudes fall, as in the paper. */
    private static final double DECAY = 3;

    private FMix() {}

    /** Draws the noise. */
    static double[] draw(int[] places, double ratio, Random random) {
        int size = Pattern.size(places);
        double[] real = new double[size];
        double[] imaginary = new double[size];
        double least = 1.0 / Arrays.stream(places).max().orElseThrow();
        for (int place = 0; place < size; place++) {
            double amplitude = Math.pow(Math.max(frequency(places, place), least), -DECAY);
            real[place] = amplitude * random.nextGaussian();
            imaginary[place] = amplitude * random.nextGaussian();
        }
        return highest(toSpace(places, real, imaginary), ratio);
    }

    /** The distance of a place from the origin of the spectrum, in cycles a sample. */
    private static double frequency(int[] places, int place) {
        double squares = 0;
        int rest = place;
        for (int axis = places.length - 1; axis >= 0; axis--) {
            int at = rest % places[axis];
            double cycles = (double) Math.min(at, places[axis] - at) / places[axis];
            squares += cycles * cycles;
            rest /= places[axis];
        }
        return Math.sqrt(squares);
    }

    /** The real part of the inverse Fourier transform, axis by axis, without its constant. */
    static double[] toSpace(int[] places, double[] real, double[] imaginary) {
        double[] re = real;
        double[] im = imaginary;
        int inner = real.length;
        for (int length : places) {
            inner /= length;
            double[] nextRe = new double[re.length];
            double[] nextIm = new double[re.length];
            for (int place = 0; place < re.length; place++) {
                int at = place / inner % length;
                int start = place - at * inner;
                for (int i = 0; i < length; i++) {
                    double angle = 2 * Math.PI * (i * at % length) / length;
                    double cos = Math.cos(angle);
                    double sin = Math.sin(angle);
                    int from = start + i * inner;
                    nextRe[place] += re[from] * cos - im[from] * sin;
                    nextIm[place] += re[from] * sin + im[from] * cos;
                }
            }
            re = nextRe;
            im = nextIm;
        }
        return re;
    }

    /** Ones at the highest {@code round(ratio * n)} of n places. */
    static double[] highest(double[] values, double ratio) {
        double[] mask = new double[values.length];
        IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -values[place]))
                .limit(Math.round(ratio * values.length))
                .forEach(place -> mask[place] = 1);
        return mask;
    }
}
