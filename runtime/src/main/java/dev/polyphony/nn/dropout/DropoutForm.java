/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.dropout;

import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;

/**
 * The form of MC dropout: the members are passes of one trained model, each with dropout of its
 * own. It has no layers, and is not trained.
 *
 * @see <a href="https://arxiv.org/abs/1506.02142">Dropout as a Bayesian Approximation: Representing
 *     Model Uncertainty in Deep Learning</a>
 */
public final class DropoutForm extends Form {

    private DropoutForm(int passes) {
        super("MC dropout", passes);
    }

    /**
     * Creates the form.
     *
     * @param passes the number of passes, at least 1
     * @return the form
     */
    public static DropoutForm of(int passes) {
        return new DropoutForm(passes);
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        throw noLayers();
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        throw noLayers();
    }

    private static IllegalStateException noLayers() {
        return new IllegalStateException(
                "MC dropout runs a trained model with the model's own layers, and has none itself");
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public String getSettings() {
        return "passes = " + getMembers();
    }
}
