/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds features again by their numbers in several examples. Features that are equal in all of them
 * are matched in their order, as the places of a channel are that code has flattened.
 */
final class FeatureMatch {

    /** Code between the layers rounds alike, up to the order of a sum. */
    private static final float ROUNDING = 1e-5f;

    private final float[][] features;

    /** The features by their numbers in the first example. */
    private final List<Integer> sorted = new ArrayList<>();

    /** The first feature that is equal to each, and all that are, by the first. */
    private final Map<Integer, List<Integer>> equal = new HashMap<>();

    /** The first feature with exactly these numbers, as code that keeps them apart leaves them. */
    private final Map<FloatBuffer, Integer> known = new HashMap<>();

    /**
     * Prepares to find features.
     *
     * @param features the numbers of each feature, {@code [features][examples]}
     */
    FeatureMatch(float[][] features) {
        this.features = features;
        for (int i = 0; i < features.length; i++) {
            sorted.add(i);
        }
        sorted.sort(Comparator.comparingDouble(i -> features[i][0]));
        for (int i = 0; i < features.length; i++) {
            int first = first(features[i]);
            known.putIfAbsent(FloatBuffer.wrap(features[i]), first < 0 ? i : first);
            equal.computeIfAbsent(first < 0 ? i : first, key -> new ArrayList<>()).add(i);
        }
    }

    /**
     * Finds each of some features.
     *
     * @param wanted their numbers, {@code [features][examples]}
     * @return their places, or null if one is not there
     */
    int[] find(float[][] wanted) {
        int[] places = new int[wanted.length];
        Map<Integer, Integer> found = new HashMap<>();
        for (int j = 0; j < places.length; j++) {
            int first = first(wanted[j]);
            if (first < 0) {
                return null;
            }
            List<Integer> all = equal.get(first);
            int times = found.merge(first, 1, Integer::sum) - 1;
            places[j] = all.get(times % all.size());
        }
        return places;
    }

    /** The least feature that these are the numbers of, or -1. */
    private int first(float[] numbers) {
        Integer same = known.get(FloatBuffer.wrap(numbers));
        return same == null ? search(numbers) : same;
    }

    private int search(float[] numbers) {
        float wanted = numbers[0];
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Float.compare(features[sorted.get(middle)][0], wanted - reach(wanted)) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int first = -1;
        for (int i = low; i < sorted.size(); i++) {
            int candidate = sorted.get(i);
            if (!isNear(features[candidate][0], wanted)) {
                break;
            }
            if ((first < 0 || candidate < first) && isNear(features[candidate], numbers)) {
                first = candidate;
            }
        }
        return first;
    }

    private static boolean isNear(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            if (!isNear(a[i], b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNear(float a, float b) {
        return Float.compare(a, b) == 0 || Math.abs(a - b) <= reach(b);
    }

    private static float reach(float number) {
        return Math.max(ROUNDING * Math.abs(number), Float.MIN_NORMAL);
    }
}
