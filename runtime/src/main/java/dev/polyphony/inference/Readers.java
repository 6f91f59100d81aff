/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.PreProcessor;
import ai.djl.translate.TranslatorContext;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.TableFormat;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns examples of a type into arrays, by a format. */
final class Readers {

    /** The whole numbers above this that a float has are not all there are. */
    private static final float LARGEST_ID = 1 << 24;

    private static final int OPAQUE = 255;

    private Readers() {}

    /**
     * All types of examples that a format takes, each with what reads it. Arrays are taken as they
     * come out of the preprocessing, everything else goes through it.
     */
    static Map<Class<?>, PreProcessor<?>> of(InputFormat format) {
        Map<Class<?>, PreProcessor<?>> readers = new LinkedHashMap<>();
        readers.put(
                NDList.class,
                (PreProcessor<NDList>)
                        (context, arrays) -> new NDList(own(context, single(arrays), format)));
        readers.put(
                NDArray.class,
                (PreProcessor<NDArray>)
                        (context, array) -> new NDList(own(context, array, format)));
        readers.put(
                float[].class,
                (PreProcessor<float[]>)
                        (context, numbers) ->
                                list(context, requireLength(numbers, format), format));
        if (format instanceof ImageFormat images) {
            readers.put(
                    Image.class,
                    (PreProcessor<Image>)
                            (context, image) ->
                                    list(context, read(context, image, images), format));
            readers.put(
                    BufferedImage.class,
                    (PreProcessor<BufferedImage>)
                            (context, image) -> list(context, images.toFeatures(image), format));
        } else if (format instanceof TableFormat table) {
            readers.put(
                    Map.class,
                    (PreProcessor<Map<String, ?>>)
                            (context, row) -> list(context, table.toFeatures(row), format));
            readers.put(
                    List.class,
                    (PreProcessor<List<?>>)
                            (context, row) -> list(context, table.toFeatures(row), format));
        }
        return readers;
    }

    private static NDArray single(NDList arrays) {
        if (arrays.size() != 1) {
            throw new IllegalArgumentException(
                    "An example is one array, but %d are given".formatted(arrays.size()));
        }
        return arrays.head();
    }

    private static float[] requireLength(float[] numbers, InputFormat format) {
        if (numbers.length != format.shape().size()) {
            throw new IllegalArgumentException(
                    "One example of the shape %s has %d numbers, but %d are given"
                            .formatted(format.shape(), format.shape().size(), numbers.length));
        }
        return numbers;
    }

    private static NDList list(TranslatorContext context, float[] features, InputFormat format) {
        return new NDList(array(context.getNDManager(), features, format.shape(), format));
    }

    /** The array of one or more examples. */
    static NDArray array(NDManager manager, float[] features, Shape shape, InputFormat format) {
        return format.dataType() == DataType.INT64
                ? manager.create(ids(features), shape)
                : manager.create(features, shape);
    }

    private static long[] ids(float[] features) {
        long[] ids = new long[features.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) features[i];
            if (ids[i] != features[i] || ids[i] < 0 || features[i] > LARGEST_ID) {
                throw new IllegalArgumentException(
                        "Feature %d is no id, a whole number from 0: %s"
                                .formatted(i + 1, features[i]));
            }
        }
        return ids;
    }

    /** Copies of arrays, which go when the prediction is done. */
    static NDList copy(TranslatorContext context, NDList arrays) {
        NDList copies = new NDList();
        for (NDArray array : arrays) {
            copies.add(copy(context.getNDManager(), array, array.getDataType()));
        }
        return copies;
    }

    /**
     * A copy of an array that the user keeps: what is stacked of it belongs to its manager, and
     * would stay there.
     */
    private static NDArray copy(NDManager manager, NDArray array, DataType type) {
        NDArray copy =
                array.getDevice().equals(manager.getDevice())
                        ? array.toType(type, true)
                        : array.toType(type, false).toDevice(manager.getDevice(), true);
        copy.attach(manager);
        return copy;
    }

    private static NDArray own(TranslatorContext context, NDArray array, InputFormat format) {
        requireShape(array.getShape(), format);
        return convert(context.getNDManager(), array, format);
    }

    /** Copies an array and makes it of the format's type, if that loses nothing. */
    static NDArray convert(NDManager manager, NDArray array, InputFormat format) {
        DataType given = array.getDataType();
        boolean fits =
                format.dataType() == DataType.INT64
                        ? given.isInteger()
                        : given.isFloating() || given.isInteger();
        if (!fits) {
            throw new IllegalArgumentException(
                    "One example is of %s, but the input is of %s"
                            .formatted(format.dataType(), given));
        }
        return copy(manager, array, format.dataType());
    }

    static void requireShape(Shape given, InputFormat format) {
        if (!given.equals(format.shape())) {
            throw new IllegalArgumentException(
                    "One example has the shape %s, but the input has %s: give each example by itself, several with batchPredict"
                            .formatted(format.shape(), given));
        }
    }

    private static float[] read(TranslatorContext context, Image image, ImageFormat format) {
        if (image.getWrappedImage() instanceof BufferedImage own) {
            return format.toFeatures(own);
        }
        // of another library: its pixels [H, W, 3], 0 to 255
        NDArray pixels = image.toNDArray(context.getNDManager(), Image.Flag.COLOR);
        int[] values = Arrays.stream(toInts(pixels)).map(value -> value & OPAQUE).toArray();
        int width = image.getWidth();
        BufferedImage copy =
                new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < values.length / 3; i++) {
            int rgb = values[3 * i] << 16 | values[3 * i + 1] << 8 | values[3 * i + 2];
            copy.setRGB(i % width, i / width, rgb);
        }
        return format.toFeatures(copy);
    }

    private static int[] toInts(NDArray pixels) {
        return pixels.toType(DataType.INT32, false).toIntArray();
    }

    /** The types that some format takes. */
    static List<Class<?>> types() {
        return List.of(
                NDList.class,
                NDArray.class,
                float[].class,
                Image.class,
                BufferedImage.class,
                Map.class,
                List.class);
    }
}
