/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.fashion;

import dev.polyphony.data.IdxFiles;
import dev.polyphony.data.LabeledData;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The parts of the data.
 *
 * @param train what is trained on
 * @param validation what the training is watched on
 * @param test what is judged on, all of Fashion-MNIST's test images
 * @param digits what no model was made for, all of MNIST's test images
 */
record FashionData(
        LabeledData train, LabeledData validation, LabeledData test, LabeledData digits) {

    /**
     * The images to train and to validate, from the beginning of Fashion-MNIST's training images.
     */
    private static final int IMAGES = 12_000;

    private static final double[] SHARES = {5.0 / 6, 1.0 / 6};

    /**
     * Reads the data.
     *
     * @param folder has the folders {@code fashion-mnist} and {@code mnist}
     * @return the parts
     * @throws IOException if a file is missing or damaged; says which, and where it comes from
     */
    static FashionData read(Path folder) throws IOException {
        IdxFiles clothes = IdxFiles.in(folder.resolve("fashion-mnist"));
        LabeledData[] parts = clothes.optLimit(IMAGES).readTrain().splitStratified(1, SHARES);
        LabeledData digits = IdxFiles.in(folder.resolve("mnist")).readTest();
        return new FashionData(parts[0], parts[1], clothes.readTest(), digits);
    }
}
