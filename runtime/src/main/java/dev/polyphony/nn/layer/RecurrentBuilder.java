/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import dev.polyphony.nn.form.Form;

/**
 * What the builders of recurrent layers share.
 *
 * @param <T> the builder
 */
public abstract class RecurrentBuilder<T extends RecurrentBuilder<T>> {

    private final Form form;
    private long stateSize;
    private int numLayers;
    private float dropRate;
    private boolean batchFirst = true;
    private boolean hasBiases = true;
    private boolean bidirectional;
    private boolean returnState;

    RecurrentBuilder(Form form) {
        this.form = form;
    }

    /**
     * Sets the size of the state of each layer in the base model.
     *
     * @param stateSize the size
     * @return this builder
     */
    public T setStateSize(int stateSize) {
        this.stateSize = stateSize;
        return self();
    }

    /**
     * Sets the number of stacked layers.
     *
     * @param numLayers the number of layers
     * @return this builder
     */
    public T setNumLayers(int numLayers) {
        this.numLayers = numLayers;
        return self();
    }

    /**
     * Sets the rate of the dropout between the stacked layers; 0 by default.
     *
     * @param dropRate the rate
     * @return this builder
     */
    public T optDropRate(float dropRate) {
        this.dropRate = dropRate;
        return self();
    }

    /**
     * Sets whether the sequences are read in both directions; false by default.
     *
     * @param useBidirectional whether to read in both directions
     * @return this builder
     */
    public T optBidirectional(boolean useBidirectional) {
        bidirectional = useBidirectional;
        return self();
    }

    /**
     * Sets whether the first axis is that of the examples, or else the second; true by default.
     *
     * @param batchFirst whether examples come first
     * @return this builder
     */
    public T optBatchFirst(boolean batchFirst) {
        this.batchFirst = batchFirst;
        return self();
    }

    /**
     * Sets whether there are biases; true by default.
     *
     * @param hasBiases whether there are biases
     * @return this builder
     */
    public T optHasBiases(boolean hasBiases) {
        this.hasBiases = hasBiases;
        return self();
    }

    /**
     * Sets whether the last states follow the features; false by default.
     *
     * @param returnState whether to return the states
     * @return this builder
     */
    public T optReturnState(boolean returnState) {
        this.returnState = returnState;
        return self();
    }

    /**
     * Returns this builder.
     *
     * @return this builder
     */
    protected abstract T self();

    /** Requires what has no default. */
    void validate() {
        if (stateSize <= 0 || numLayers <= 0) {
            throw new IllegalArgumentException("setStateSize and setNumLayers must be called");
        }
    }

    Form getForm() {
        return form;
    }

    long getStateSize() {
        return stateSize;
    }

    int getNumLayers() {
        return numLayers;
    }

    float getDropRate() {
        return dropRate;
    }

    boolean isBatchFirst() {
        return batchFirst;
    }

    boolean hasBiases() {
        return hasBiases;
    }

    boolean isBidirectional() {
        return bidirectional;
    }

    boolean isReturnState() {
        return returnState;
    }
}
