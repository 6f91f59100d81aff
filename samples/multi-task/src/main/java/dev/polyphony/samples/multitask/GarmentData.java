/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.MultiExamples;
import java.util.Random;

/** Fashion-MNIST with attributes that follow from its classes, one of them as a second input. */
final class GarmentData {

    /** Arms, legs, feet. */
    static final int PARTS = 3;

    private static final int SHELVES = 5;

    /** How often a shelf holds what it should. */
    private static final double TRUE = 0.8;

    /** The shelf of each class: tops, trousers, dresses and coats, shoes, bags. */
    private static final int[] SHELF = {0, 1, 0, 2, 2, 3, 0, 3, 4, 3};

    /** What each class covers: long sleeves cover arms, trousers and dresses legs, shoes feet. */
    private static final int[][] COVERS = {
        {0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {0, 1, 0}, {1, 0, 0},
        {0, 0, 1}, {1, 0, 0}, {0, 0, 1}, {0, 0, 0}, {0, 0, 1}
    };

    private GarmentData() {}

    /**
     * Adds attributes to images.
     *
     * @param images the images, {@code (1, 28, 28)} from 0 to 1, with their classes
     * @param seed the seed of the wrong shelves
     */
    static MultiExamples of(LabeledData images, long seed) {
        Random random = new Random(seed);
        float[] pixels = images.getFeatures();
        int[] classes = images.getLabels();
        float[] shelves = new float[classes.length * SHELVES];
        int[][] covers = new int[classes.length][];
        float[] areas = new float[classes.length];
        int size = pixels.length / classes.length;
        for (int i = 0; i < classes.length; i++) {
            boolean isTrue = random.nextDouble() < TRUE;
            int shelf = isTrue ? SHELF[classes[i]] : random.nextInt(SHELVES);
            shelves[i * SHELVES + shelf] = 1;
            covers[i] = COVERS[classes[i]];
            double lit = 0;
            for (int p = i * size; p < (i + 1) * size; p++) {
                lit += pixels[p] > 0.1 ? 1.0 / size : 0;
            }
            areas[i] = (float) (6 * (lit - 0.5));
        }
        return MultiExamples.builder()
                .addInput("image", pixels, images.getShape())
                .addInput("shelf", shelves, new Shape(SHELVES))
                .addClasses("garment", classes, 10)
                .addLabels("covers", covers)
                .addTargets("area", areas)
                .build();
    }
}
