/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import dev.polyphony.nn.form.Form;

/**
 * What the builders of normalisation layers share.
 *
 * @param <T> the builder
 */
public abstract class NormBuilder<T extends NormBuilder<T>> {

    private final Form form;
    private float epsilon = 1E-5f;
    private boolean center = true;
    private boolean scale = true;

    NormBuilder(Form form) {
        this.form = form;
    }

    /**
     * Sets whether to train a shift; true by default.
     *
     * @param center whether to train a shift
     * @return this builder
     */
    public T optCenter(boolean center) {
        this.center = center;
        return self();
    }

    /**
     * Sets whether to train a scale; true by default.
     *
     * @param scale whether to train a scale
     * @return this builder
     */
    public T optScale(boolean scale) {
        this.scale = scale;
        return self();
    }

    /**
     * Sets what is added to the variance; 1e-5 by default.
     *
     * @param epsilon the addend
     * @return this builder
     */
    public T optEpsilon(float epsilon) {
        this.epsilon = epsilon;
        return self();
    }

    /**
     * Returns this builder.
     *
     * @return this builder
     */
    protected abstract T self();

    Form getForm() {
        return form;
    }

    float getEpsilon() {
        return epsilon;
    }

    boolean isCenter() {
        return center;
    }

    boolean isScale() {
        return scale;
    }
}
