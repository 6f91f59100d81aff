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
import java.util.Locale;
import java.util.Random;

/**
 * Binary masks {@code [n, c]}: each row has the same number of ones, every column is used by at
 * least one row, and no two rows are equal unless the scale makes all so: members with equal masks
 * would be one.
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

    /** That many columns are left out on average where all draws leave some out: e^-16 each. */
    private static final double HOPELESS = 16;

    private final int n;
    private final int channels;
    private final int ones;

    /** Whether all columns are kept by all masks. */
    private final boolean isEqual;

    /**
     * Plans masks.
     *
     * @param n the number of masks
     * @param channels the width of each
     * @param scale the scale of Masksembles
     * @param layer what users call the layer
     * @throws RefusedLayerException if there are fewer than 10 channels, or, for a scale above 1,
     *     fewer masks than members
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
        int masks = possible(channels, ones, n);
        if (scale > 1 && masks < n) {
            throw new RefusedLayerException(
                    Refusal.FEW_MASKS,
                    String.format(
                            Locale.ROOT,
                            "%s gets %d features, and a mask keeps %d of them: there are %d such"
                                    + " masks for %d members",
                            layer,
                            channels,
                            ones,
                            masks,
                            n));
        }
        isEqual = masks < n;
    }

    /** The number of subsets of a size, counted up to a limit. */
    private static int possible(int channels, int size, int limit) {
        int smaller = Math.min(size, channels - size);
        long count = 1;
        for (int i = 1; i <= smaller && count < limit; i++) {
            count = count * (channels - smaller + i) / i;
        }
        return (int) Math.min(count, limit);
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
        double leftOut = channels * Math.pow(1 - (double) ones / channels, n);
        int draws = leftOut > HOPELESS ? 1 : DRAWS;
        for (int i = 1; i < draws && !isSound(masks); i++) {
            masks = subsets(columns, random);
        }
        cover(masks, random);
        for (int row = 1; row < n && !isEqual; row++) {
            // its columns are used by the mask that it equals, so it can be any other
            while (isTaken(masks, row)) {
                masks[row] = subset(columns, random);
            }
        }
        return masks;
    }

    private boolean[][] subsets(List<Integer> columns, Random random) {
        boolean[][] masks = new boolean[n][];
        for (int row = 0; row < n; row++) {
            masks[row] = subset(columns, random);
        }
        return masks;
    }

    /** Draws ones; every subset of the columns is as likely. */
    private boolean[] subset(List<Integer> columns, Random random) {
        boolean[] mask = new boolean[channels];
        Collections.shuffle(columns, random);
        columns.subList(0, ones).forEach(i -> mask[i] = true);
        return mask;
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
