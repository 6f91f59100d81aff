/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

/** A layer that cannot serve members where it stands. */
public final class RefusedLayerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    /**
     * Creates the exception.
     *
     * @param reason the entry of the catalogue
     * @param what what is wrong, naming the layer, without a full stop
     */
    public RefusedLayerException(Refusal reason, String what) {
        super(what);
        this.reason = reason;
    }

    /**
     * Returns why the layer is refused.
     *
     * @return the entry of the catalogue
     */
    public Refusal getReason() {
        return reason;
    }
}
