/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A way in which images go bad, in five severities, after the benchmark of corrupted images by
 * Hendrycks and Dietterich. Kinds and their order of severities are those of the benchmark or close
 * to it; the pixels are not, so numbers compare with each other and not with those of papers.
 *
 * <p>Lengths are stated for images of 32 by 32 pixels and grow with the shorter side of others.
 * Beyond its edges an image is mirrored. Results are clipped to the range of pixels.
 *
 * @see <a href="https://arxiv.org/abs/1903.12261">Hendrycks and Dietterich, Benchmarking Neural
 *     Network Robustness to Common Corruptions and Perturbations, 2019</a>
 */
public enum Corruption {
    /** Light too weak: noise of the same strength everywhere, its standard deviation. */
    GAUSSIAN_NOISE(Group.NOISE, Noise::gaussian, 0.04, 0.06, 0.08, 0.1, 0.12),
    /** Light counted in quanta, of which white has 500 to 50. */
    SHOT_NOISE(Group.NOISE, Noise::shot, 1 / 500.0, 1 / 250.0, 1 / 100.0, 1 / 75.0, 1 / 50.0),
    /** A share of values, black or white. */
    IMPULSE_NOISE(Group.NOISE, Noise::impulse, 0.01, 0.02, 0.03, 0.05, 0.07),
    /** Noise that is proportional to the value; the standard deviation of the factor. */
    SPECKLE_NOISE(Group.NOISE, Noise::speckle, 0.06, 0.1, 0.12, 0.16, 0.2),

    /** A Gaussian blur; its standard deviation in pixels. */
    GAUSSIAN_BLUR(Group.BLUR, Blurs::gaussian, 0.4, 0.6, 0.7, 0.8, 1),
    /** A lens out of focus; the radius of its disk in pixels. */
    DEFOCUS_BLUR(Group.BLUR, Blurs::defocus, 0.8, 1, 1.2, 1.5, 2),
    /** A camera that is moved in a random direction; by how many pixels. */
    MOTION_BLUR(Group.BLUR, Blurs::motion, 2, 3, 4, 5, 6.5),
    /** A camera that comes closer; by which share. */
    ZOOM_BLUR(Group.BLUR, Blurs::zoom, 0.06, 0.11, 0.16, 0.21, 0.26),

    /** Clouds of fog; how thick. */
    FOG(Group.WEATHER, Weather::fog, 0.2, 0.5, 0.75, 1, 1.5),
    /** Falling snow, and its veil; how thick. */
    SNOW(Group.WEATHER, Weather::snow, 0.2, 0.35, 0.5, 0.75, 1),
    /** Drops on the lens; the share of the image that they cover. */
    SPATTER(Group.WEATHER, Weather::spatter, 0.05, 0.1, 0.15, 0.2, 0.3),
    /** Too much light; what is added to the brightest channel. */
    BRIGHTNESS(Group.WEATHER, ToneChanges::brightness, 0.05, 0.1, 0.15, 0.2, 0.3),

    /** Less contrast; what is left of it. */
    CONTRAST(Group.DIGITAL, ToneChanges::contrast, 0.75, 0.5, 0.4, 0.3, 0.15),
    /** Garish colours; the factor of saturation. Gray images have none: it is refused for them. */
    SATURATE(Group.DIGITAL, ToneChanges::saturate, 1.3, 1.6, 2, 2.5, 3.5),
    /** Rubber that is pulled; by how many pixels. */
    ELASTIC(Group.DIGITAL, Geometry::elastic, 0.4, 0.6, 0.8, 1.1, 1.4),
    /** Fewer pixels; which share of a side's. */
    PIXELATE(Group.DIGITAL, Digital::pixelate, 0.9, 0.75, 0.6, 0.5, 0.35),
    /** JPEG; its quality. Tones become whole numbers from 0 to 255. */
    JPEG(Group.DIGITAL, Digital::jpeg, 0.8, 0.65, 0.58, 0.5, 0.4),
    /** Turned to either side; by how many degrees. */
    ROTATION(Group.DIGITAL, Geometry::rotate, 5, 10, 15, 20, 30),
    /** Shifted in a random direction; by how many pixels. */
    TRANSLATION(Group.DIGITAL, Geometry::translate, 1, 2, 3, 4, 6);

    /** The number of severities, from 1 to this: {@value}. */
    public static final int SEVERITIES = 5;

    /** What goes wrong. */
    public enum Group {
        /** Noise of the sensor. */
        NOISE,
        /** Sharpness that is lost. */
        BLUR,
        /** Weather and light. */
        WEATHER,
        /** What is done to the image afterwards. */
        DIGITAL
    }

    private final Group group;
    private final Effect effect;
    private final double[] levels;

    Corruption(Group group, Effect effect, double... levels) {
        this.group = group;
        this.effect = effect;
        this.levels = levels;
    }

    /**
     * Returns the kinds that images of so many channels can have.
     *
     * @param channels 1 or 3
     * @return all; for one channel all but {@link #SATURATE}
     */
    public static List<Corruption> of(int channels) {
        return Arrays.stream(values()).filter(kind -> channels > 1 || kind != SATURATE).toList();
    }

    /**
     * Returns the kind of a name.
     *
     * @param key the name, such as {@code gaussian-noise}
     * @return the kind
     * @throws IllegalArgumentException if there is none; lists all
     */
    public static Corruption of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.getKey().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "There is no corruption '%s': choose from %s"
                                                .formatted(key, keys())));
    }

    private static String keys() {
        return String.join(", ", Arrays.stream(values()).map(Corruption::getKey).toList());
    }

    /**
     * Returns the name for files and tables.
     *
     * @return such as {@code gaussian-noise}
     */
    public String getKey() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns what goes wrong.
     *
     * @return the group
     */
    public Group getGroup() {
        return group;
    }

    /**
     * Returns the number that makes a severity, as each kind says.
     *
     * @param severity from 1 to {@value #SEVERITIES}
     * @return the level
     * @throws IllegalArgumentException if there is no such severity
     */
    public double getLevel(int severity) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException(
                    "Severity %d of %s: choose 1 to %d".formatted(severity, getKey(), SEVERITIES));
        }
        return levels[severity - 1];
    }

    /**
     * Corrupts an image. The result depends on the arguments alone; severities of the same seed and
     * index make the same draws, so that they differ in strength alone.
     *
     * @param image the image {@code [C, H, W]} in row-major order, left as it is
     * @param shape its shape, with one channel or three
     * @param range the range of its values
     * @param severity from 1 to {@value #SEVERITIES}
     * @param seed the seed
     * @param index the number of the image
     * @return the corrupted image, of the same shape and range
     * @throws IllegalArgumentException if this is no such image, a value is out of range, or the
     *     kind needs colours that the image has not
     */
    public float[] apply(
            float[] image, Shape shape, PixelRange range, int severity, long seed, long index) {
        double level = getLevel(severity);
        requireImage(shape);
        Pixels pixels = range.toPixels(image, shape, index);
        Random random = Seeds.random(seed, getKey().hashCode(), index);
        return range.fromPixels(effect.apply(pixels, level, random).clipped());
    }

    /** Requires images that can be corrupted in this way. */
    void requireImage(Shape shape) {
        boolean isImage = shape.dimension() == 3 && (shape.get(0) == 1 || shape.get(0) == 3);
        if (!isImage) {
            throw new IllegalArgumentException(
                    "Images [C, H, W] with 1 or 3 channels can be corrupted, not examples of shape %s: give the data their shape of images, such as (1, 28, 28)"
                            .formatted(shape));
        }
        if (this == SATURATE && shape.get(0) == 1) {
            throw new IllegalArgumentException(
                    "Gray images have no colours to saturate: leave %s out, as Corruption.of(1) does"
                            .formatted(getKey()));
        }
    }
}
