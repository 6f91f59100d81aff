/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.deepensemble;

import dev.polyphony.DeepEnsemble;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;

/**
 * The form of {@link DeepEnsemble}: copies of the model as it is, so that no layer changes.
 *
 * @see <a href="https://arxiv.org/abs/1612.01474">Simple and Scalable Predictive Uncertainty
 *     Estimation using Deep Ensembles</a>
 */
public final class DeepEnsembleForm extends Form {

    private DeepEnsembleForm(int members) {
        super("DeepEnsemble", members);
    }

    /**
     * Creates the form.
     *
     * @param m the number of members
     * @return the form
     */
    public static DeepEnsembleForm of(int m) {
        return new DeepEnsembleForm(m);
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
                "A deep ensemble copies the model with its own layers; it has no ensemble layers");
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return true;
    }
}
