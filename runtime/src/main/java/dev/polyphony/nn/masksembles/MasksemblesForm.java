/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import dev.polyphony.Masksembles;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.PlainUnit;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.SharedMap;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;

/**
 * The form of {@link Masksembles}: how much the masks overlap.
 *
 * @see <a href="https://arxiv.org/abs/2012.08334">Masksembles for Uncertainty Estimation</a>
 */
public final class MasksemblesForm extends Form {

    private final double scale;
    private final boolean hasMasks;

    private MasksemblesForm(int members, double scale, boolean hasMasks) {
        super("Masksembles", members);
        this.scale = require("scale", scale, scale >= 1 && scale <= 6, "between 1 and 6");
        this.hasMasks = hasMasks;
    }

    /**
     * Creates the form with the defaults of {@link Masksembles}.
     *
     * @param m the number of members
     * @return the form
     */
    public static MasksemblesForm of(int m) {
        return new MasksemblesForm(m, 2, true);
    }

    /**
     * Returns this form with other masks.
     *
     * @param scale 1 for equal masks, larger for less overlap
     * @return the new form
     */
    public MasksemblesForm scale(double scale) {
        return new MasksemblesForm(getMembers(), scale, hasMasks);
    }

    /**
     * Returns this form without masks, for layers that are exempt from them.
     *
     * @return the new form
     * @see dev.polyphony.Exempt
     */
    public MasksemblesForm withoutMasks() {
        return new MasksemblesForm(getMembers(), scale, false);
    }

    /**
     * Returns how little the masks overlap.
     *
     * @return the scale
     */
    public double getScale() {
        return scale;
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        return hasMasks ? new MaskedMap(this, map) : new SharedMap(map, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        return unit.takesIds() || !hasMasks ? new PlainUnit(unit) : new MaskedUnit(this, unit);
    }

    /** {@inheritDoc} */
    @Override
    public void requireRoom(long room) {
        if (room < getMembers()) {
            throw new RefusedLayerException(
                    Refusal.NO_MASKS, "No layer has masks, and all members would be equal");
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public String getSettings() {
        return super.getSettings()
                + ", scale = "
                + text(scale)
                + (hasMasks ? "" : ", without masks");
    }
}
