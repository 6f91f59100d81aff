/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mimo;

import dev.polyphony.Mimo;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;

/**
 * The form of {@link Mimo}: how training batches are made for its members.
 *
 * @see <a href="https://arxiv.org/abs/2010.06610">Training independent subnetworks for robust
 *     prediction</a>
 */
public final class MimoForm extends Form {

    private final int batchRepetitions;
    private final double inputRepetition;

    private MimoForm(int members, int batchRepetitions, double inputRepetition) {
        super("MIMO", members);
        this.batchRepetitions =
                (int)
                        require(
                                "batchRepetitions",
                                batchRepetitions,
                                batchRepetitions >= 1,
                                "at least 1");
        this.inputRepetition =
                require(
                        "inputRepetition",
                        inputRepetition,
                        inputRepetition >= 0 && inputRepetition <= 1,
                        "between 0 and 1");
    }

    /**
     * Creates the form with the defaults of {@link Mimo}.
     *
     * @param m the number of members
     * @return the form
     */
    public static MimoForm of(int m) {
        return new MimoForm(m, 4, 0);
    }

    /**
     * Returns this form with another number of repetitions.
     *
     * @param batchRepetitions how often each example stands in a batch
     * @return the new form
     */
    public MimoForm batchRepetitions(int batchRepetitions) {
        return new MimoForm(getMembers(), batchRepetitions, inputRepetition);
    }

    /**
     * Returns this form with another fraction of shared inputs.
     *
     * @param inputRepetition the fraction of a batch in which all members get the same example
     * @return the new form
     */
    public MimoForm inputRepetition(double inputRepetition) {
        return new MimoForm(getMembers(), batchRepetitions, inputRepetition);
    }

    /**
     * Returns how often each example stands in a batch.
     *
     * @return the number of repetitions
     */
    public int getBatchRepetitions() {
        return batchRepetitions;
    }

    /**
     * Returns the fraction of a batch in which all members get the same example.
     *
     * @return the fraction
     */
    public double getInputRepetition() {
        return inputRepetition;
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        return new MimoMap(map, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        return new MimoUnit(unit, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return role.writesOutput();
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasLayersOf(Form whole) {
        return whole instanceof MimoForm && whole.getMembers() == getMembers();
    }

    /** {@inheritDoc} */
    @Override
    public boolean mergesInputs() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public String getSettings() {
        String repeated =
                inputRepetition == 0 ? "" : ", inputRepetition = " + text(inputRepetition);
        return super.getSettings() + ", batchRepetitions = " + batchRepetitions + repeated;
    }
}
