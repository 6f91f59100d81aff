/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;

/**
 * A model that a form cannot transform exactly, found when the network is initialised. The message
 * starts with a code of {@code docs/refused-models.md} and names the code at fault and the way out.
 */
public class UnsupportedModelException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final String what;
    private final String wayOut;

    /**
     * Creates the exception.
     *
     * @param reason the entry of the catalogue
     * @param what what is wrong and where, without a full stop
     */
    public UnsupportedModelException(Refusal reason, String what) {
        this(reason, what, reason.getWayOut(), null);
    }

    /**
     * Creates the exception.
     *
     * @param reason the entry of the catalogue
     * @param what what is wrong and where, without a full stop
     * @param wayOut what to do, in full sentences
     * @param cause what the model itself threw, or null
     */
    public UnsupportedModelException(Refusal reason, String what, String wayOut, Throwable cause) {
        super(
                "[%s] %s. %s See docs/refused-models.md#%s"
                        .formatted(reason.getId(), what, wayOut, reason.getId()),
                cause);
        this.reason = reason;
        this.what = what;
        this.wayOut = wayOut;
    }

    /**
     * Returns why the model is refused.
     *
     * @return the entry of the catalogue
     */
    public Refusal getReason() {
        return reason;
    }

    /** The same refusal with a way out that suits the model better. */
    UnsupportedModelException with(String better) {
        return new UnsupportedModelException(reason, what, better, getCause());
    }

    /** The same refusal with the name of the ensemble. */
    UnsupportedModelException of(String ensemble, Form form) {
        // a deep ensemble of copies takes the model as it is
        String better =
                form instanceof DeepEnsembleForm
                        ? wayOut.replace("@DeepEnsemble", "@DeepEnsemble without vectorized")
                        : wayOut;
        return new UnsupportedModelException(reason, ensemble + ": " + what, better, this);
    }
}
