/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.RandomUtils;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Binary masks {@code [n, c]}: each row has the same number of ones, every column is used by at
 * least one row, and no two rows are equal as long as there is room for that: members with equal
 * masks would be one.
 *
 * <p>The reference draws rows over more columns than needed, drops the unused and tries again until
 * the width fits, which for some settings never ends. Given that it fits, its masks are uniform
 * subsets whose union is everything. So we draw uniform subsets a few times until they are such,
 * and mend the last ones if none are: wide masks hardly ever leave no column out by chance.
 *
 * @see <a href="https://arxiv.org/abs/2012.08334">Masksembles, section 3</a>
 */
final class Masks implements Initializer {

    private static final int MIN_CHANNELS = 10;

    /** How often masks are drawn before they are mended. */
    private static final int DRAWS = 16;

    private final int n;
    private final int channels;
    private final int ones;

    /**
     * Plans masks.
     *
     * @param n the number of masks
     * @param channels the width of each
     * @param scale the scale of Masksembles
     * @param layer what users call the layer
     * @throws IllegalArgumentException if there are fewer than 10 channels
     */
    Masks(int n, int channels, double scale, String layer) {
        if (channels < MIN_CHANNELS) {
            throw new RefusedLayerException(
                    Refusal.NARROW_MASKS,
                    layer
                            + " gets "
                            + channels
                            + " features; masks need at least "
                            + MIN_CHANNELS
                            + " to set members apart");
        }
        this.n = n;
        this.channels = channels;
        ones = ones(n, channels, scale);
    }

    /**
     * Returns the number of ones in a mask: {@code c / (s * (1 - (1 - 1/s)^n))}, at least {@code
     * ceil(c / n)} so that the masks can cover all columns.
     *
     * @param n the number of masks
     * @param channels the width of a mask
     * @param scale the scale
     * @return the number of ones
     */
    static int ones(int n, int channels, double scale) {
        double share = scale * (1 - Math.pow(1 - 1 / scale, n));
        int wanted = (int) Math.floor(channels / share + 1e-9);
        int fewest = (channels + n - 1) / n;
        return Math.min(channels, Math.max(fewest, wanted));
    }

    /** {@inheritDoc} */
    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        boolean[][] masks = draw(new Random(RandomUtils.nextInt(Integer.MAX_VALUE)));
        float[] values = new float[n * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = masks[i / channels][i % channels] ? 1 : 0;
        }
        NDArray array = manager.create(values, shape);
        return array.getDataType() == dataType ? array : array.toType(dataType, false);
    }

    boolean[][] draw(Random random) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            columns.add(i);
        }
        boolean[][] masks = subsets(columns, random);
        for (int i = 1; i < DRAWS && !isSound(masks); i++) {
            masks = subsets(columns, random);
        }
        cover(masks, random);
        Collections.shuffle(columns, random);
        for (int row = 1; row < n; row++) {
            separate(masks, row, columns);
        }
        return masks;
    }

    /** Draws ones; every subset of the columns is as likely. */
    private boolean[][] subsets(List<Integer> columns, Random random) {
        boolean[][] masks = new boolean[n][channels];
        for (boolean[] mask : masks) {
            Collections.shuffle(columns, random);
            columns.subList(0, ones).forEach(i -> mask[i] = true);
        }
        return masks;
    }

    private boolean isSound(boolean[][] masks) {
        for (int row = 1; row < n; row++) {
            if (isTaken(masks, row)) {
                return false;
            }
        }
        return Arrays.stream(used(masks)).allMatch(count -> count > 0);
    }

    private int[] used(boolean[][] masks) {
        int[] used = new int[channels];
        for (boolean[] mask : masks) {
            for (int i = 0; i < channels; i++) {
                used[i] += mask[i] ? 1 : 0;
            }
        }
        return used;
    }

    private static boolean isTaken(boolean[][] masks, int row) {
        for (int other = 0; other < row; other++) {
            if (Arrays.equals(masks[other], masks[row])) {
                return true;
            }
        }
        return false;
    }

    /**
     * Moves a one of a mask that equals one before it, to where it equals none. The column that
     * loses it is still used, by the mask that it equalled.
     */
    private static void separate(boolean[][] masks, int row, List<Integer> columns) {
        boolean[] mask = masks[row];
        if (!isTaken(masks, row)) {
            return;
        }
        for (int from : columns) {
            for (int to : columns) {
                if (mask[from] && !mask[to]) {
                    mask[from] = false;
                    mask[to] = true;
                    if (!isTaken(masks, row)) {
                        return;
                    }
                    mask[from] = true;
                    mask[to] = false;
                }
            }
        }
    }

    /** Gives each unused column the one of a column that several masks use. */
    private void cover(boolean[][] masks, Random random) {
        int[] used = used(masks);
        for (int column = 0; column < channels; column++) {
            if (used[column] > 0) {
                continue;
            }
            int[] donors = new int[0];
            boolean[] mask = masks[0];
            // some mask has a column that another one has too, since n * ones >= channels
            for (int start = random.nextInt(n), i = 0; i < n && donors.length == 0; i++) {
                mask = masks[(start + i) % n];
                donors = donors(mask, used);
            }
            int donor = donors[random.nextInt(donors.length)];
            mask[donor] = false;
            mask[column] = true;
            used[donor]--;
            used[column]++;
        }
    }

    private static int[] donors(boolean[] mask, int[] used) {
        int[] donors = new int[mask.length];
        int count = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] && used[i] > 1) {
                donors[count++] = i;
            }
        }
        return Arrays.copyOf(donors, count);
    }
}
