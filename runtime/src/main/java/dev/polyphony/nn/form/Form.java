/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import java.util.Optional;

/**
 * A method and its settings: which ensemble a network becomes.
 *
 * <p>Forms are immutable. Each method has its own in a package of that name, made by {@code of(m)}
 * and refined by one function for each attribute of its annotation, under the same name and with
 * the same default.
 */
public abstract class Form {

    private final String name;
    private final int members;

    /**
     * Creates a form.
     *
     * @param name the method's name, as in the literature
     * @param members the number of members
     * @throws IllegalArgumentException if there is not at least one member
     */
    protected Form(String name, int members) {
        if (members < 1) {
            throw new IllegalArgumentException(
                    name + ": m is the number of members and at least 1, but was " + members);
        }
        this.name = name;
        this.members = members;
    }

    /**
     * Returns the method's name, as in the literature.
     *
     * @return the name
     */
    public String getName() {
        return name;
    }

    /**
     * Returns whose parameters are saved: those of another kind have other arrays.
     *
     * @return the method's name, and what else decides it
     */
    public String getKind() {
        return name;
    }

    /**
     * Returns the number of members.
     *
     * @return the number of members
     */
    public int getMembers() {
        return members;
    }

    /**
     * Makes the arithmetic of one layer. With one member that is the layer itself, for every
     * method.
     *
     * @param map the linear map of the base model's layer
     * @return the map that serves all members
     */
    public final MemberMap newMap(LinearMap map) {
        return members == 1 ? new PlainMap(map) : newMemberMap(map);
    }

    /**
     * Makes the arithmetic of one layer for several members.
     *
     * @param map the linear map of the base model's layer
     * @return the map that serves all members
     */
    protected abstract MemberMap newMemberMap(LinearMap map);

    /**
     * Makes the arithmetic of one layer that is no linear map. With one member that is the layer
     * itself, for every method.
     *
     * @param unit the arithmetic of the base model's layer
     * @return the map that serves all members
     */
    public final UnitMap newMap(Unit unit) {
        return members == 1 ? new PlainUnit(unit) : newUnitMap(unit);
    }

    /**
     * Makes the arithmetic of one layer that is no linear map, for several members.
     *
     * @param unit the arithmetic of the base model's layer
     * @return the map that serves all members
     */
    protected abstract UnitMap newUnitMap(Unit unit);

    /**
     * Returns whether a normalisation layer keeps statistics and parameters for each member; else
     * all rows share them.
     *
     * @param role where the layer stands
     * @return whether members are normalised apart
     */
    public abstract boolean normalizesMembersApart(Role role);

    /**
     * Returns whether parameters of the model's own, in blocks that are no layers, are had once for
     * each member; else all members share them.
     *
     * @return whether blocks with parameters are had once for each member
     */
    public boolean repeatsOwnParameters() {
        return false;
    }

    /**
     * Returns whether the members' inputs are merged into one trunk, as by MIMO and MixMo.
     *
     * @return whether the layers that read the input merge the members
     */
    public boolean mergesInputs() {
        return false;
    }

    /**
     * Returns whether training may mix the members' inputs by ratios, which then follow the model's
     * own inputs, as in MixMo.
     *
     * @return whether the network takes mixing ratios
     */
    public boolean takesMixing() {
        return false;
    }

    /**
     * Returns whether one trunk serves all members, so that only the layers that write the output
     * give one answer a member.
     *
     * @return whether there is a shared trunk
     */
    public boolean sharesTrunk() {
        return mergesInputs();
    }

    /**
     * Returns whether an input that all members share is repeated for each of them; not where one
     * trunk starts from it.
     *
     * @return whether the first layers see a row for each member
     */
    public final boolean repeatsInputs() {
        return mergesInputs() || !sharesTrunk();
    }

    /**
     * Returns whether no member can influence another inside the network, as they do in a trunk
     * that merges their inputs. If so, the leak matrix is the identity.
     *
     * @return whether members stay apart
     */
    public boolean isolatesMembers() {
        return !mergesInputs();
    }

    /**
     * Returns the settings under which every member has the model's own widths, where there are
     * such and they are not these.
     *
     * @return such as {@code alpha = 4}
     */
    public Optional<String> getWidthKeeper() {
        return Optional.empty();
    }

    /**
     * Returns whether this form makes the layers that another one makes. Settings of training alone
     * may differ: how an ensemble is trained is not a matter of its parts.
     *
     * @param whole the form of an ensemble
     * @return whether a network of this form can be a part of it
     */
    public boolean hasLayersOf(Form whole) {
        return equals(whole);
    }

    /**
     * Requires that a linear map can stand where it does.
     *
     * @param name the layer's name in DJL, for messages
     * @param role where it stands
     * @param spatialAxes the spatial axes of its output: those of a convolution
     * @throws IllegalArgumentException if this form has no such layer there; says why
     */
    public void requirePlace(String name, Role role, int spatialAxes) {
        // most forms have every layer everywhere
    }

    /**
     * Requires that members can start apart.
     *
     * @param room the most members that one layer can give weights of their own
     * @throws RefusedLayerException if members would be equal
     */
    public void requireRoom(long room) {
        // most forms have weights, inputs or masks for each member
    }

    /**
     * Requires that a setting is a finite number in a range.
     *
     * @param setting the setting's name
     * @param value its value
     * @param valid whether the value is in range
     * @param range the range in words
     * @return the value
     * @throws IllegalArgumentException if it is not finite or not in range
     */
    protected double require(String setting, double value, boolean valid, String range) {
        if (!valid || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    name + ": " + setting + " must be " + range + ", but was " + text(value));
        }
        return value;
    }

    /**
     * Returns the settings in words, as tables show them: the number of members, and what else
     * matters or is not the default.
     *
     * @return such as {@code m = 4, alpha = 2, gamma = 1}
     */
    public String getSettings() {
        return "m = " + members;
    }

    /**
     * Writes a number for people, who read 2.0 as 2.
     *
     * @param value the number
     * @return the text
     */
    protected static String text(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE;
        return isWhole ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Forms are equal if they are of one method and agree in every setting that matters. */
    @Override
    public final boolean equals(Object other) {
        return other != null
                && getClass() == other.getClass()
                && getSettings().equals(((Form) other).getSettings());
    }

    /** {@inheritDoc} */
    @Override
    public final int hashCode() {
        return toString().hashCode();
    }

    /** {@inheritDoc} */
    @Override
    public final String toString() {
        return name + "(" + getSettings() + ")";
    }
}
