/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.tta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A look at images from a slightly other angle, which leaves what they show as it is.
 *
 * <p>Every view is an affine map of places, {@code source = A place + t} about the centre of the
 * image, so that views in a row are one map and pixels are interpolated once. Places are read
 * bilinearly; beyond its edges an image goes on as it is at the edge.
 */
public final class View {

    private static final View IDENTITY = new View("identity", List.of());

    private static final double LARGEST_ANGLE = 360;

    private final String name;
    private final List<Step> steps;

    private View(String name, List<Step> steps) {
        this.name = name;
        this.steps = steps;
    }

    /**
     * The map of one look, for images of a size: {@code x' = a x + b y + c, y' = d x + e y + f}.
     */
    @FunctionalInterface
    private interface Step {
        double[] map(double height, double width);
    }

    private static View of(String name, Step step) {
        return new View(name, List.of(step));
    }

    /**
     * Returns the images as they are.
     *
     * @return the view
     */
    public static View identity() {
        return IDENTITY;
    }

    /**
     * Changes left and right. Not for images that mean something else in a mirror, such as digits.
     *
     * @return the view
     */
    public static View flip() {
        return of("flip", (height, width) -> new double[] {-1, 0, 0, 0, 1, 0});
    }

    /**
     * Changes top and bottom.
     *
     * @return the view
     */
    public static View flipVertical() {
        return of("flip-vertical", (height, width) -> new double[] {1, 0, 0, 0, -1, 0});
    }

    /**
     * Shifts images.
     *
     * @param right by how many pixels to the right, negative to the left
     * @param down by how many pixels down, negative up
     * @return the view
     * @throws IllegalArgumentException if a number is not finite
     */
    public static View shift(double right, double down) {
        if (!Double.isFinite(right) || !Double.isFinite(down)) {
            throw new IllegalArgumentException(
                    "A shift by %s and %s pixels: both must be finite".formatted(right, down));
        }
        return of(
                "shift(%s, %s)".formatted(number(right), number(down)),
                (height, width) -> new double[] {1, 0, -right, 0, 1, -down});
    }

    /**
     * Turns images about their centre.
     *
     * @param degrees by how much, against the clock
     * @return the view
     * @throws IllegalArgumentException if this is not from -360 to 360
     */
    public static View rotate(double degrees) {
        // written so that NaN fails
        if (!(Math.abs(degrees) <= LARGEST_ANGLE)) {
            throw new IllegalArgumentException(
                    "A rotation by %s degrees: choose -360 to 360".formatted(degrees));
        }
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return of(
                "rotate(%s)".formatted(number(degrees)),
                (height, width) -> new double[] {cos, -sin, 0, sin, cos, 0});
    }

    /**
     * Cuts a part out of images and enlarges it to their size.
     *
     * @param share the share of each side that is cut out, above 0, at most 1
     * @param right where the part lies: -1 at the left edge, 0 in the middle, 1 at the right edge
     * @param down where the part lies: -1 at the top, 0 in the middle, 1 at the bottom
     * @return the view
     * @throws IllegalArgumentException if a number is out of range
     */
    public static View crop(double share, double right, double down) {
        // written so that NaN fails
        if (!(share > 0 && share <= 1 && Math.abs(right) <= 1 && Math.abs(down) <= 1)) {
            throw new IllegalArgumentException(
                    "A crop of %s of each side at (%s, %s): the share must be above 0 and at most 1, the place from -1 to 1"
                            .formatted(share, right, down));
        }
        double beside = (1 - share) / 2;
        return of(
                "crop(%s, %s, %s)".formatted(number(share), number(right), number(down)),
                (height, width) ->
                        new double[] {
                            share, 0, right * beside * width, 0, share, down * beside * height
                        });
    }

    /**
     * Draws views: each a shift and a rotation, as likely to either side.
     *
     * @param count how many
     * @param pixels by how many pixels at most
     * @param degrees by how many degrees at most
     * @param seed the seed; the same seed gives the same views
     * @return the views
     * @throws IllegalArgumentException if a number is negative
     */
    public static List<View> random(int count, double pixels, double degrees, long seed) {
        // written so that NaN fails
        if (count < 0 || !(pixels >= 0 && degrees >= 0)) {
            throw new IllegalArgumentException(
                    "%d views with shifts up to %s pixels and rotations up to %s degrees: none can be negative"
                            .formatted(count, pixels, degrees));
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<View> views = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            double right = pixels * (2 * random.nextDouble() - 1);
            double down = pixels * (2 * random.nextDouble() - 1);
            double angle = degrees * (2 * random.nextDouble() - 1);
            views.add(shift(right, down).then(rotate(angle)));
        }
        return views;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /**
     * Returns this view, seen in another way: {@code flip().then(rotate(5))} turns mirrored images.
     *
     * @param next what is done after this
     * @return the view
     */
    public View then(View next) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(next.steps);
        String both =
                steps.isEmpty() ? next.name : next.steps.isEmpty() ? name : name + "+" + next.name;
        return new View(both, List.copyOf(all));
    }

    /**
     * Looks at images.
     *
     * @param images the images {@code [B, C, H, W]} of {@code float32}
     * @return other images of the same shape; these if the view is the identity
     * @throws IllegalArgumentException if the array has other axes
     */
    public NDArray apply(NDArray images) {
        Shape shape = images.getShape();
        if (shape.dimension() != 4) {
            throw new IllegalArgumentException(
                    "Views are of images [B, C, H, W], but this array is " + shape);
        }
        return steps.isEmpty()
                ? images
                : Resampler.of(map(shape.get(2), shape.get(3)), shape).apply(images);
    }

    /** The map of all steps; the place in the last image is where the first is read. */
    private double[] map(double height, double width) {
        double[] all = {1, 0, 0, 0, 1, 0};
        for (Step step : steps) {
            double[] then = step.map(height, width);
            double[] first = all;
            all =
                    new double[] {
                        first[0] * then[0] + first[1] * then[3],
                        first[0] * then[1] + first[1] * then[4],
                        first[0] * then[2] + first[1] * then[5] + first[2],
                        first[3] * then[0] + first[4] * then[3],
                        first[3] * then[1] + first[4] * then[4],
                        first[3] * then[2] + first[4] * then[5] + first[5]
                    };
        }
        return all;
    }

    /**
     * Reads a view from its name.
     *
     * @param text {@code identity}, {@code flip}, {@code flip-vertical}, {@code shift(1, -2)},
     *     {@code rotate(5)}, {@code crop(0.9, 0, 0)}, or several of these joined by {@code +}
     * @return the view
     * @throws IllegalArgumentException if there is no such view; lists all
     */
    public static View parse(String text) {
        Objects.requireNonNull(text, "text");
        return Arrays.stream(text.split("\\+", -1))
                .map(part -> ViewText.parse(part.strip()))
                .reduce(IDENTITY, View::then);
    }

    /**
     * Returns the name.
     *
     * @return such as {@code flip+rotate(5)}
     */
    public String getName() {
        return name;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
