/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import java.util.Arrays;

/**
 * Which of a model's features each member has along one axis, where members have other widths than
 * the model: feature {@code j} of member {@code m} is feature {@code of(m)[j]} of the model.
 */
public final class Slices {

    private final long width;
    private final int[][] places;

    private Slices(long width, int[][] places) {
        this.width = width;
        this.places = places;
    }

    /**
     * Creates slices that are known.
     *
     * @param width the model's width
     * @param places the model's features, {@code [members][features of a member]}
     * @return the slices
     */
    public static Slices of(long width, int[][] places) {
        return new Slices(width, places);
    }

    /**
     * Creates the slices of members that have all features.
     *
     * @param members the number of members
     * @param width the width of the model and of each member
     * @return the slices
     */
    public static Slices whole(int members, long width) {
        return spread(members, width, width);
    }

    /**
     * Spreads members evenly over the model's features. The model's {@code W} features are cut into
     * as many strata as a member has features, {@code w}: stratum {@code j} begins at {@code
     * floor(j * W / w)}. A member takes one feature of each, so that groups of channels, heads and
     * gates stay what they are. With {@code s} features in a stratum and {@code d0, d1, d2, ...}
     * the digits of the member's number in base {@code s}, it is number {@code d0 + d1 * j + d2 *
     * floor(j / s) + ...}, modulo {@code s}: the first {@code s} members share no feature, and no
     * two members are equal as long as there are strata enough. Where members are wider than the
     * model, features repeat.
     *
     * @param members the number of members
     * @param width the model's width {@code W}
     * @param own the width of a member {@code w}
     * @return the slices
     */
    public static Slices spread(int members, long width, long own) {
        int[][] places = new int[members][Math.toIntExact(own)];
        for (int m = 0; m < members; m++) {
            for (int j = 0; j < own; j++) {
                long begin = j * width / own;
                long size = (j + 1) * width / own - begin;
                places[m][j] = Math.toIntExact(begin + (size > 1 ? place(m, j, size) : 0));
            }
        }
        return new Slices(width, places);
    }

    private static long place(long member, long stratum, long size) {
        long place = member % size;
        long factor = stratum;
        for (long digits = member / size; digits > 0; digits /= size) {
            place += digits % size * factor;
            factor /= size;
        }
        return place % size;
    }

    /**
     * Returns the slices of several blocks of such features, one behind the other, as a recurrent
     * layer has one for each gate.
     *
     * @param blocks the number of blocks
     * @return the slices of all of them
     */
    public Slices repeat(int blocks) {
        int[][] all = new int[places.length][];
        for (int m = 0; m < places.length; m++) {
            int own = places[m].length;
            all[m] = new int[blocks * own];
            for (int i = 0; i < all[m].length; i++) {
                all[m][i] = Math.toIntExact(i / own * width + places[m][i % own]);
            }
        }
        return new Slices(blocks * width, all);
    }

    /**
     * Returns the model's width.
     *
     * @return the number of features of the model
     */
    public long getWidth() {
        return width;
    }

    /**
     * Returns the features of a member.
     *
     * @param member the member
     * @return their places in the model
     */
    public int[] of(int member) {
        return places[member];
    }

    /**
     * Returns whether every member has all features, in their order.
     *
     * @return whether nothing is left out, repeated or moved
     */
    public boolean isWhole() {
        for (int[] own : places) {
            for (int j = 0; j < own.length; j++) {
                if (own[j] != j) {
                    return false;
                }
            }
            if (own.length != width) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether no member has a feature twice.
     *
     * @return whether a member's features fit into the model's
     */
    public boolean isDistinct() {
        return Arrays.stream(places)
                .allMatch(own -> Arrays.stream(own).distinct().count() == own.length);
    }
}
