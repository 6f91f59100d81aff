/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.engine.AvailableMemory;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import java.util.OptionalLong;

/**
 * What training the members of a deep ensemble takes of the memory of its device, estimated.
 *
 * @param members the number of members
 * @param step the bytes of a member's training step
 * @param data the bytes of the data on the device
 * @param free the bytes that are free there; empty if nothing says it
 */
record MemberMemory(int members, long step, long data, OptionalLong free) {

    /** What the engine needs for its own work is as much again as arrays of layers. */
    private static final int WORK = 2;

    /** A Java process with the engine, or a context of CUDA. */
    private static final long PROCESS = 512L << 20;

    /**
     * Estimates it.
     *
     * @param member makes one member, which is initialised here
     */
    static MemberMemory of(int members, Ensemble member, Examples train, Training training) {
        // computes with as many threads as training will
        training.prepareEngine();
        Description one =
                Description.of(
                        "member",
                        member,
                        Recipe.of(DeepEnsembleForm.of(1)),
                        train.getShape(),
                        training);
        long step = one.getMemory(one.cost().getEnsemble()).getTotal();
        long numbers = train.size() * train.getShape().size() * Float.BYTES;
        long data = numbers <= training.getResidentLimit() ? numbers : 0;
        return new MemberMemory(members, step, data, AvailableMemory.of(training.getDevice()));
    }

    /** What all members take beside one another. */
    long getTogether() {
        return data + WORK * members * step;
    }

    /** What a member takes in a process of its own, in which the host has the data, too. */
    private long getEach() {
        return PROCESS + WORK * data + WORK * step;
    }

    /** Whether all members fit beside one another, as far as is known. */
    boolean fits() {
        return free.isEmpty() || getTogether() <= free.getAsLong();
    }

    /** How many processes fit beside one another; at least one. */
    int countProcesses(Training training) {
        long fitting = free.isEmpty() ? members : free.getAsLong() / getEach();
        // processes do not share the memory and the work of a GPU as cores are shared
        int most =
                training.getDevice().isGpu()
                        ? 1
                        : Math.min(members, Runtime.getRuntime().availableProcessors());
        return (int) Math.max(1, Math.min(fitting, most));
    }

    /** What they take, and what is free. */
    @Override
    public String toString() {
        return "all %d take about %s of memory beside one another, and %s"
                .formatted(
                        members,
                        DescriptionText.bytes(getTogether()),
                        free.isEmpty()
                                ? "nothing says how much is free"
                                : DescriptionText.bytes(free.getAsLong()) + " are free");
    }
}
