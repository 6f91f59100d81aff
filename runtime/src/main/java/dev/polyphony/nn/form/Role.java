/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

/**
 * Where a layer stands in its network: what matters to methods that change only the first or the
 * last layers.
 */
public enum Role {

    /** Reads the network's input, through nothing but code without parameters. */
    INPUT(true, false),

    /** Neither reads the input nor writes the output. */
    HIDDEN(false, false),

    /** Writes the network's output, through nothing but code without parameters. */
    OUTPUT(false, true),

    /** Reads the input and writes the output. */
    SOLE(true, true);

    private final boolean readsInput;
    private final boolean writesOutput;

    Role(boolean readsInput, boolean writesOutput) {
        this.readsInput = readsInput;
        this.writesOutput = writesOutput;
    }

    /**
     * Returns the role of a layer with these properties.
     *
     * @param readsInput whether it reads the input
     * @param writesOutput whether it writes the output
     * @return the role
     */
    public static Role of(boolean readsInput, boolean writesOutput) {
        if (readsInput) {
            return writesOutput ? SOLE : INPUT;
        }
        return writesOutput ? OUTPUT : HIDDEN;
    }

    /**
     * Returns whether a layer of this role reads the network's input.
     *
     * @return whether it reads the input
     */
    public boolean readsInput() {
        return readsInput;
    }

    /**
     * Returns whether a layer of this role writes the network's output.
     *
     * @return whether it writes the output
     */
    public boolean writesOutput() {
        return writesOutput;
    }
}
