/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.MultiExamples;
import java.io.IOException;

/** 1,797 handwritten digits, with the ink of each as a second thing to tell. */
final class Digits {

    private static final Shape IMAGE = new Shape(1, 8, 8);

    private Digits() {}

    /** Reads all digits; the mass is the ink of all pixels, in pixels, less that of the mean. */
    static MultiExamples read() throws IOException {
        LabeledData digits = CsvFiles.read(Digits.class, "digits.csv", IMAGE, 1.0 / 16);
        float[] pixels = digits.getFeatures();
        float[] masses = new float[digits.size()];
        double mean = 0;
        for (int i = 0; i < pixels.length; i++) {
            masses[i / 64] += pixels[i];
            mean += pixels[i] / masses.length;
        }
        for (int i = 0; i < masses.length; i++) {
            masses[i] -= (float) mean;
        }
        return MultiExamples.builder()
                .addInput("image", pixels, IMAGE)
                .addClasses("digit", digits.getLabels(), 10)
                .addTargets("mass", masses)
                .build();
    }
}
