/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import dev.polyphony.MixMethod;
import java.util.Random;

/**
 * How the first member's mask comes about: values from 0 to 1, in row-major order.
 *
 * @param shape the shape of the mask: spatial axes alone, or channels and spatial axes
 * @param source draws the values for a mixing ratio
 */
record Pattern(int[] shape, Source source) {

    /** Draws a mask. */
    @FunctionalInterface
    interface Source {

        /** Draws a mask for a mixing ratio. */
        double[] draw(double ratio, Random random);
    }

    /**
     * The pattern of a method.
     *
     * @param method the method, not linear
     * @param channels the channels of the features
     * @param places the spatial shape of the features
     */
    static Pattern of(MixMethod method, int channels, int... places) {
        int[] all = join(channels, places);
        int[] perChannel = join(channels, new int[places.length]);
        for (int axis = 1; axis < perChannel.length; axis++) {
            perChannel[axis] = 1;
        }
        return switch (method) {
            case LINEAR -> throw new IllegalArgumentException("LINEAR has no pattern");
            case CUTMIX ->
                    new Pattern(
                            places, (ratio, random) -> Box.draw(places, ratio, random).toMask());
            case COW -> new Pattern(places, (ratio, random) -> Cow.draw(places, random));
            case STACK_HORIZONTAL ->
                    new Pattern(places, (ratio, random) -> Stack.draw(places, 0, ratio, random));
            case STACK_VERTICAL ->
                    new Pattern(places, (ratio, random) -> Stack.draw(places, 1, ratio, random));
            case STACK_CHANNEL ->
                    new Pattern(
                            perChannel,
                            (ratio, random) -> Stack.draw(perChannel, 0, ratio, random));
            case CHANNEL ->
                    new Pattern(
                            perChannel, (ratio, random) -> Noise.coins(channels, ratio, random));
            case NOISE -> new Pattern(all, (ratio, random) -> Noise.draw(size(all), ratio, random));
            case NOISE_2D ->
                    new Pattern(places, (ratio, random) -> Noise.draw(size(places), ratio, random));
            case PATCHUP_HARD ->
                    new Pattern(
                            all,
                            (ratio, random) -> PatchUp.draw(channels, places, ratio, 0, random));
            case PATCHUP_HARD_2D ->
                    new Pattern(
                            places, (ratio, random) -> PatchUp.draw(1, places, ratio, 0, random));
            case PATCHUP_SOFT ->
                    new Pattern(
                            all,
                            (ratio, random) ->
                                    PatchUp.draw(channels, places, ratio, ratio, random));
            case FMIX -> new Pattern(places, (ratio, random) -> FMix.draw(places, ratio, random));
        };
    }

    static int[] join(int channels, int[] places) {
        int[] all = new int[places.length + 1];
        all[0] = channels;
        System.arraycopy(places, 0, all, 1, places.length);
        return all;
    }

    /** The number of values of a mask. */
    static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }
}
