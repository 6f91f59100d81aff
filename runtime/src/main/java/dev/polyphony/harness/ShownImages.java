/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.Examples;
import dev.polyphony.report.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The images of a test set, if its examples look like such: one channel or three, two sides. */
final class ShownImages {

    private ShownImages() {}

    static Optional<TestImages> of(Examples test) {
        Shape shape = test.getShape();
        boolean isImage =
                test.getDataType() == DataType.FLOAT32
                        && shape.dimension() == 3
                        && (shape.get(0) == 1 || shape.get(0) == 3)
                        && shape.get(1) > 1
                        && shape.get(2) > 1;
        return isImage
                ? Optional.of(new TestImages(index -> read(test, index), test.getClassNames()))
                : Optional.empty();
    }

    private static BufferedImage read(Examples test, int index) {
        Shape shape = test.getShape();
        try {
            return TestImages.toImage(
                    test.read(index).getFeatures(),
                    (int) shape.get(0),
                    (int) shape.get(1),
                    (int) shape.get(2));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read test example " + index, e);
        } catch (TranslateException e) {
            throw new IllegalStateException("cannot read test example " + index, e);
        }
    }
}
