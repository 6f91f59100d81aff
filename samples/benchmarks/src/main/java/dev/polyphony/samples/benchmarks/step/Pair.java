/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import java.util.function.Supplier;

/**
 * What is compared with what, by names such as {@code mlp/packed}, the generated network with the
 * one by hand; {@code wide/packed/deep}, the generated with a deep ensemble of as many plain
 * models, and {@code digits/batch-ensemble/plain}, with one plain model; {@code
 * wide/hand-packed/deep}, the one by hand with a deep ensemble.
 *
 * @param first makes the one
 * @param second makes the other
 */
record Pair(Supplier<Side> first, Supplier<Side> second) {

    private static final String BY_HAND = "hand-";

    static Pair of(String name) {
        String[] parts = name.split("/");
        Network network = Network.of(parts[0]);
        boolean byHand = parts[1].startsWith(BY_HAND);
        Method method = Method.of(byHand ? parts[1].substring(BY_HAND.length()) : parts[1]);
        Supplier<Side> hand = () -> Side.byHand(network, method);
        Supplier<Side> first = byHand ? hand : () -> Side.generated(network, method);
        if (parts.length == 2) {
            return new Pair(first, hand);
        }
        int models = "deep".equals(parts[2]) ? method.getMembers(network) : 1;
        return new Pair(first, () -> Side.plain(network, models));
    }
}
