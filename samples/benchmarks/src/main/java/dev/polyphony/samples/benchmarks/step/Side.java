/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One side of a comparison: networks to be trained, one after the other, and asked. */
final class Side implements AutoCloseable {

    private final List<Learner> trained = new ArrayList<>();
    private final List<Learner> frozen = new ArrayList<>();

    private Side() {}

    /** An ensemble that the compiler wrote, trained on the batches of its method. */
    static Side generated(Network network, Method method) {
        return of(network, method, () -> network.generated(method), false);
    }

    /** The same by hand. */
    static Side byHand(Network network, Method method) {
        return of(network, method, () -> network.byHand(method), true);
    }

    private static Side of(
            Network network, Method method, Supplier<Block> block, boolean seesBatch) {
        int batch = network.getBatch();
        int members = method.getMembers(network);
        Shape shared = new Shape(batch).addAll(network.getBase());
        Shape[] shapes =
                switch (method.getBatch()) {
                    case SHARED -> new Shape[] {shared, new Shape(batch)};
                    case OWN -> distinct(batch, members, network);
                    case SPLIT -> distinct(batch / members, members, network);
                };
        Side side = new Side();
        Shape initial = seesBatch ? shapes[0] : shared;
        side.trained.add(new Learner(block.get(), initial, shapes[0], shapes[1], true));
        side.frozen.add(
                new Learner(
                        block.get(),
                        seesBatch ? shared : initial,
                        shared,
                        new Shape(batch),
                        false));
        return side;
    }

    private static Shape[] distinct(int batch, int members, Network network) {
        Shape labels = new Shape(batch, members);
        return new Shape[] {labels.addAll(network.getBase()), labels};
    }

    /**
     * Plain models, one after the other: the members of a deep ensemble.
     *
     * @param network the model
     * @param members how many
     */
    static Side plain(Network network, int members) {
        int batch = network.getBatch();
        Shape shared = new Shape(batch).addAll(network.getBase());
        Side side = new Side();
        for (int m = 0; m < members; m++) {
            for (boolean trained : new boolean[] {true, false}) {
                Block block =
                        new SequentialBlock()
                                .add(network.plain())
                                .addSingleton(y -> y.expandDims(1));
                (trained ? side.trained : side.frozen)
                        .add(new Learner(block, shared, shared, new Shape(batch), trained));
            }
        }
        return side;
    }

    void train() {
        trained.forEach(Learner::train);
    }

    void infer() {
        frozen.forEach(Learner::infer);
    }

    List<Learner> getTrained() {
        return trained;
    }

    List<Learner> getFrozen() {
        return frozen;
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        trained.forEach(Learner::close);
        frozen.forEach(Learner::close);
    }
}
