/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.subensemble;

import dev.polyphony.SubEnsemble;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;

/**
 * The form of {@link SubEnsemble}: one trunk, several heads.
 *
 * @see <a href="https://arxiv.org/abs/1910.08168">Deep Sub-Ensembles for Fast Uncertainty
 *     Estimation in Image Classification</a>
 */
public final class SubEnsembleForm extends Form {

    private SubEnsembleForm(int members) {
        super("SubEnsemble", members);
    }

    /**
     * Creates the form.
     *
     * @param m the number of members
     * @return the form
     */
    public static SubEnsembleForm of(int m) {
        return new SubEnsembleForm(m);
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        return new HeadMap(map, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        return new HeadUnit(unit, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return role.writesOutput();
    }

    /** {@inheritDoc} */
    @Override
    public boolean sharesTrunk() {
        return true;
    }
}
