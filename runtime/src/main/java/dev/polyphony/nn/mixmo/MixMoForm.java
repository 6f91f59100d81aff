/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mixmo;

import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.Objects;

/**
 * The form of {@link MixMo}: how members are mixed and how their losses are weighted.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo: Mixing Multiple Inputs for Multiple
 *     Outputs via Deep Subnetworks</a>
 */
public final class MixMoForm extends Form {

    private final Settings settings;

    private MixMoForm(int members, Settings settings) {
        super("MixMo", members);
        this.settings = settings;
        require(
                "probability",
                settings.probability,
                settings.probability >= 0 && settings.probability <= 1,
                "between 0 and 1");
        require("alpha", settings.alpha, settings.alpha >= 0, "at least 0");
        require("weightRoot", settings.weightRoot, settings.weightRoot > 0, "above 0");
        require(
                "batchRepetitions",
                settings.batchRepetitions,
                settings.batchRepetitions >= 1,
                "at least 1");
    }

    /**
     * Creates the form with the defaults of {@link MixMo}.
     *
     * @param m the number of members
     * @return the form
     */
    public static MixMoForm of(int m) {
        return new MixMoForm(m, new Settings(MixMethod.CUTMIX, 0.5, 2, 3, 4));
    }

    /**
     * Returns this form with another mixing method.
     *
     * @param method how features are mixed
     * @return the new form
     */
    public MixMoForm method(MixMethod method) {
        Objects.requireNonNull(method, "method");
        return with(
                new Settings(
                        method,
                        settings.probability,
                        settings.alpha,
                        settings.weightRoot,
                        settings.batchRepetitions));
    }

    /**
     * Returns this form with another probability of the mixing method.
     *
     * @param probability the probability that a batch is not mixed linearly
     * @return the new form
     */
    public MixMoForm probability(double probability) {
        return with(
                new Settings(
                        settings.method,
                        probability,
                        settings.alpha,
                        settings.weightRoot,
                        settings.batchRepetitions));
    }

    /**
     * Returns this form with another distribution of mixing ratios.
     *
     * @param alpha the concentration; 0 mixes evenly
     * @return the new form
     */
    public MixMoForm alpha(double alpha) {
        return with(
                new Settings(
                        settings.method,
                        settings.probability,
                        alpha,
                        settings.weightRoot,
                        settings.batchRepetitions));
    }

    /**
     * Returns this form with other loss weights.
     *
     * @param weightRoot the root of the loss weights
     * @return the new form
     */
    public MixMoForm weightRoot(double weightRoot) {
        return with(
                new Settings(
                        settings.method,
                        settings.probability,
                        settings.alpha,
                        weightRoot,
                        settings.batchRepetitions));
    }

    /**
     * Returns this form with another number of repetitions.
     *
     * @param batchRepetitions how often each example stands in a batch
     * @return the new form
     */
    public MixMoForm batchRepetitions(int batchRepetitions) {
        return with(
                new Settings(
                        settings.method,
                        settings.probability,
                        settings.alpha,
                        settings.weightRoot,
                        batchRepetitions));
    }

    /**
     * Returns how features are mixed.
     *
     * @return the mixing method
     */
    public MixMethod getMethod() {
        return settings.method;
    }

    /**
     * Returns the probability that a batch is mixed by the method and not linearly.
     *
     * @return the probability
     */
    public double getProbability() {
        return settings.probability;
    }

    /**
     * Returns the concentration of the distribution of mixing ratios.
     *
     * @return the concentration; 0 mixes evenly
     */
    public double getAlpha() {
        return settings.alpha;
    }

    /**
     * Returns the root of the loss weights.
     *
     * @return the root
     */
    public double getWeightRoot() {
        return settings.weightRoot;
    }

    /**
     * Returns how often each example stands in a batch.
     *
     * @return the number of repetitions
     */
    public int getBatchRepetitions() {
        return settings.batchRepetitions;
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        return new MixMoMap(map, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        return new MixMoUnit(unit, getMembers());
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return role.writesOutput();
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasLayersOf(Form whole) {
        return whole instanceof MixMoForm && whole.getMembers() == getMembers();
    }

    /** {@inheritDoc} */
    @Override
    public void requirePlace(String name, Role role, int spatialAxes) {
        if (getMembers() > 1 && role == Role.SOLE) {
            throw new IllegalArgumentException(
                    name
                            + " reads the input and writes the output: MixMo mixes between the"
                            + " first layer and the last, so a model needs two or more");
        }
        if (takesMixing() && role.readsInput() && getMethod().getSpatialAxes() > spatialAxes) {
            throw new IllegalArgumentException(
                    "%s reads the input, and its output has %s for patches by %s: use @MixMo(method = MixMethod.LINEAR)"
                            .formatted(
                                    name,
                                    spatialAxes == 0 ? "no spatial axis" : "one spatial axis only",
                                    getMethod()));
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesMixing() {
        return getMembers() > 1;
    }

    /** {@inheritDoc} */
    @Override
    public boolean mergesInputs() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public String getSettings() {
        String probability =
                settings.method == MixMethod.LINEAR
                        ? ""
                        : ", probability = " + text(settings.probability);
        return super.getSettings()
                + ", method = "
                + settings.method
                + probability
                + ", alpha = "
                + text(settings.alpha)
                + ", weightRoot = "
                + text(settings.weightRoot)
                + ", batchRepetitions = "
                + settings.batchRepetitions;
    }

    private MixMoForm with(Settings changed) {
        return new MixMoForm(getMembers(), changed);
    }

    private record Settings(
            MixMethod method,
            double probability,
            double alpha,
            double weightRoot,
            int batchRepetitions) {}
}
