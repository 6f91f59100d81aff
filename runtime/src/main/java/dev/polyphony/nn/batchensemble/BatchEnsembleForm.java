/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import dev.polyphony.BatchEnsemble;
import dev.polyphony.BatchSplit;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
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
import java.util.Objects;

/**
 * The form of {@link BatchEnsemble}: what fast weights do, and how they are trained.
 *
 * @see <a href="https://arxiv.org/abs/2002.06715">BatchEnsemble: an Alternative Approach to
 *     Efficient Ensemble and Lifelong Learning</a>
 */
public final class BatchEnsembleForm extends Form {

    private final FastWeightForm form;
    private final FastWeightInit init;
    private final double fastLearningRate;
    private final BatchSplit split;
    private final boolean hasFastWeights;

    private BatchEnsembleForm(
            int members,
            FastWeightForm form,
            FastWeightInit init,
            double fastLearningRate,
            BatchSplit split,
            boolean hasFastWeights) {
        super("BatchEnsemble", members);
        this.form = Objects.requireNonNull(form, "form");
        this.init = Objects.requireNonNull(init, "init");
        this.fastLearningRate =
                require("fastLearningRate", fastLearningRate, fastLearningRate >= 0, "at least 0");
        this.split = Objects.requireNonNull(split, "split");
        this.hasFastWeights = hasFastWeights;
    }

    /**
     * Creates the form with the defaults of {@link BatchEnsemble}.
     *
     * @param m the number of members
     * @return the form
     */
    public static BatchEnsembleForm of(int m) {
        return new BatchEnsembleForm(
                m,
                FastWeightForm.MULTIPLICATIVE,
                FastWeightInit.RANDOM_SIGN,
                0.5,
                BatchSplit.TILED,
                true);
    }

    /**
     * Returns this form with another use of the fast weights.
     *
     * @param form how fast weights change the shared weights
     * @return the new form
     */
    public BatchEnsembleForm form(FastWeightForm form) {
        return new BatchEnsembleForm(
                getMembers(), form, init, fastLearningRate, split, hasFastWeights);
    }

    /**
     * Returns this form with another initial distribution.
     *
     * @param init the distribution that fast weights start from
     * @return the new form
     */
    public BatchEnsembleForm init(FastWeightInit init) {
        return new BatchEnsembleForm(
                getMembers(), form, init, fastLearningRate, split, hasFastWeights);
    }

    /**
     * Returns this form with another learning rate of the fast weights.
     *
     * @param fastLearningRate the rate relative to that of the shared weights, at least 0; 0 leaves
     *     fast weights as they are drawn
     * @return the new form
     */
    public BatchEnsembleForm fastLearningRate(double fastLearningRate) {
        return new BatchEnsembleForm(
                getMembers(), form, init, fastLearningRate, split, hasFastWeights);
    }

    /**
     * Returns this form with another split of training batches.
     *
     * @param split what of a training batch each member sees
     * @return the new form
     */
    public BatchEnsembleForm split(BatchSplit split) {
        return new BatchEnsembleForm(
                getMembers(), form, init, fastLearningRate, split, hasFastWeights);
    }

    /**
     * Returns this form without fast weights, for layers that are exempt from them: all members
     * share such a layer.
     *
     * @return the new form
     * @see dev.polyphony.Exempt
     */
    public BatchEnsembleForm withoutFastWeights() {
        return new BatchEnsembleForm(getMembers(), form, init, fastLearningRate, split, false);
    }

    /**
     * Returns how fast weights change the shared weights.
     *
     * @return the form of the fast weights
     */
    public FastWeightForm getForm() {
        return form;
    }

    /**
     * Returns the distribution that fast weights start from.
     *
     * @return the initial distribution
     */
    public FastWeightInit getInit() {
        return init;
    }

    /**
     * Returns the learning rate of the fast weights relative to that of the shared weights.
     *
     * @return the relative learning rate
     */
    public double getFastLearningRate() {
        return fastLearningRate;
    }

    /**
     * Returns what of a training batch each member sees.
     *
     * @return the split
     */
    public BatchSplit getSplit() {
        return split;
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        if (!hasFastWeights) {
            return new SharedMap(map, getMembers());
        }
        return form == FastWeightForm.MULTIPLICATIVE
                ? new MultiplicativeMap(this, map)
                : new AdditiveMap(this, map);
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        if (!hasFastWeights) {
            return new PlainUnit(unit);
        }
        return unit.takesIds() ? new FastLookup(this, unit) : new FastWeightUnit(this, unit);
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasLayersOf(Form whole) {
        return whole instanceof BatchEnsembleForm other
                && other.getMembers() == getMembers()
                && other.form == form
                && other.init == init
                && other.hasFastWeights == hasFastWeights;
    }

    /** {@inheritDoc} */
    @Override
    public void requireRoom(long room) {
        if (room == 1 && getMembers() > 1) {
            throw new RefusedLayerException(
                    Refusal.NO_FAST_WEIGHTS,
                    "No layer has fast weights, and all members would be equal");
        }
        // layers draw apart from each other: what sets all members apart for sure is one of them
        if (init == FastWeightInit.RANDOM_SIGN && room < getMembers()) {
            throw new RefusedLayerException(
                    Refusal.FEW_SIGNS,
                    "Random signs can give at most %d of %d members weights of their own in the widest layer"
                            .formatted(room, getMembers()));
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
        BatchEnsembleForm defaults = of(getMembers());
        StringBuilder settings = new StringBuilder(super.getSettings());
        settings.append(", form = ").append(form);
        if (init != defaults.init) {
            settings.append(", init = ").append(init);
        }
        if (fastLearningRate != defaults.fastLearningRate) {
            settings.append(", fastLearningRate = ").append(text(fastLearningRate));
        }
        if (split != defaults.split) {
            settings.append(", split = ").append(split);
        }
        if (!hasFastWeights) {
            settings.append(", without fast weights");
        }
        return settings.toString();
    }
}
