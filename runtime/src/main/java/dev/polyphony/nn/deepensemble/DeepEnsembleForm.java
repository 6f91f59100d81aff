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
import dev.polyphony.nn.packed.PackedForm;

/**
 * The form of {@link DeepEnsemble}: copies of the model as it is, or one network that holds them
 * side by side.
 *
 * @see <a href="https://arxiv.org/abs/1612.01474">Simple and Scalable Predictive Uncertainty
 *     Estimation using Deep Ensembles</a>
 */
public final class DeepEnsembleForm extends Form {

    private final boolean vectorized;
    private final PackedForm layers;

    private DeepEnsembleForm(int members, boolean vectorized) {
        super("DeepEnsemble", members);
        this.vectorized = vectorized;
        // each member as wide as the model
        layers = PackedForm.of(members).alpha(members);
    }

    /**
     * Creates the form with the defaults of {@link DeepEnsemble}.
     *
     * @param m the number of members
     * @return the form
     */
    public static DeepEnsembleForm of(int m) {
        return new DeepEnsembleForm(m, false);
    }

    /**
     * Returns this form as one network or as several.
     *
     * @param vectorized whether one network computes all members
     * @return the new form
     */
    public DeepEnsembleForm vectorized(boolean vectorized) {
        return new DeepEnsembleForm(getMembers(), vectorized);
    }

    /**
     * Returns whether one network computes all members.
     *
     * @return whether the layers are grouped, each with a group for every member
     */
    public boolean isVectorized() {
        return vectorized;
    }

    /** {@inheritDoc} */
    @Override
    public String getKind() {
        return (vectorized ? "vectorized " : "") + getName();
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        requireVectorized();
        return layers.newMap(map);
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        requireVectorized();
        return layers.newMap(unit);
    }

    private void requireVectorized() {
        if (!vectorized) {
            throw new IllegalStateException(
                    "A deep ensemble copies the model with its own layers; only a vectorized one"
                            + " has ensemble layers");
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public boolean repeatsOwnParameters() {
        return vectorized && getMembers() > 1;
    }

    /** {@inheritDoc} */
    @Override
    public String getSettings() {
        return super.getSettings() + (vectorized ? ", vectorized" : "");
    }
}
