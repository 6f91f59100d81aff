/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.polyphony.nn.layer.EnsembleBlock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the members of a deep ensemble draw from the engine's generator: each from streams of its
 * own, so that a member draws the same numbers alone, beside the others, and in one network with
 * them. The streams follow from one number, which is drawn from the generator as it stands.
 */
final class MemberDraws {

    /** No parameter has this place: the stream of a forward pass. */
    private static final int FORWARD = -1;

    private final int base;

    private MemberDraws(int base) {
        this.base = base;
    }

    /** Draws the number, on the CPU: no device is waited for. */
    static MemberDraws next() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            return new MemberDraws(
                    manager.randomInteger(0, Integer.MAX_VALUE, new Shape(1), DataType.INT32)
                            .getInt());
        }
    }

    /** Goes on with the stream of a member's forward pass. */
    void seedForward(int member) {
        seed(member, FORWARD);
    }

    private void seed(int member, int place) {
        long state = mix(mix(base + 0x9e3779b97f4a7c15L) ^ mix(member + 1L) ^ ((long) place << 32));
        Engine.getInstance().setRandomSeed((int) (state >>> 33));
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Initialises the model of one member. */
    void start(Block model, int member, Runnable initialize) {
        start(places(model), member, initialize);
    }

    /** Initialises a network that stacks the parameters of all members, first member first. */
    void start(Block network, Runnable initialize) {
        start(places(network), 0, initialize);
    }

    private void start(Map<Parameter, Place> places, int first, Runnable initialize) {
        Map<Parameter, Initializer> own = new IdentityHashMap<>();
        places.forEach(
                (parameter, place) -> {
                    if (!parameter.isInitialized()) {
                        own.put(parameter, parameter.getInitializer());
                        parameter.setInitializer(
                                seeded(parameter.getInitializer(), place, first + place.member()));
                    }
                });
        try {
            initialize.run();
        } finally {
            own.forEach(Parameter::setInitializer);
        }
    }

    /** An initialiser that is called once for each member whose parameters are stacked. */
    private Initializer seeded(Initializer own, Place place, int first) {
        int[] calls = {0};
        return (manager, shape, dataType) -> {
            seed(first + calls[0]++, place.index());
            return own.initialize(manager, shape, dataType);
        };
    }

    /**
     * Where a parameter stands.
     *
     * @param index its place among the parameters of the model
     * @param member whose it is, of blocks that are had once for each member; else 0
     */
    private record Place(int index, int member) {}

    private static Map<Parameter, Place> places(Block block) {
        Map<Parameter, Place> places = new IdentityHashMap<>();
        number(block, 0, 0, places);
        return places;
    }

    /** Numbers the parameters as DJL lists them, and returns the next number. */
    private static int number(Block block, int first, int member, Map<Parameter, Place> places) {
        int next = first;
        for (Parameter parameter : block.getDirectParameters().values()) {
            places.putIfAbsent(parameter, new Place(next++, member));
        }
        List<Block> children = block.getChildren().values();
        boolean repeated = block instanceof EnsembleBlock;
        int begin = next;
        for (int i = 0; i < children.size(); i++) {
            next =
                    repeated
                            ? number(children.get(i), begin, i, places)
                            : number(children.get(i), next, member, places);
        }
        return next;
    }
}
