/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import dev.polyphony.Packed;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.Optional;

/**
 * The form of {@link Packed}: the width of a member, and the groups within it.
 *
 * @see <a href="https://arxiv.org/abs/2210.09184">Packed-Ensembles for Efficient Uncertainty
 *     Estimation</a>
 */
public final class PackedForm extends Form {

    /** Less than any difference that widths can have: 10 * 1.1 is 11.000000000000002 in binary. */
    private static final double ROUNDING = 1e-9;

    private final double alpha;
    private final int gamma;
    private final int minChannelsPerGroup;
    private final boolean groupsMembers;

    private PackedForm(
            int members, double alpha, int gamma, int minChannelsPerGroup, boolean groupsMembers) {
        super("Packed", members);
        this.alpha = require("alpha", alpha, alpha > 0, "above 0");
        this.gamma = (int) require("gamma", gamma, gamma >= 1, "at least 1");
        this.minChannelsPerGroup =
                (int)
                        require(
                                "minChannelsPerGroup",
                                minChannelsPerGroup,
                                minChannelsPerGroup >= 1,
                                "at least 1");
        this.groupsMembers = groupsMembers;
    }

    /**
     * Creates the form with the defaults of {@link Packed}.
     *
     * @param m the number of members
     * @return the form
     */
    public static PackedForm of(int m) {
        return new PackedForm(m, 2, 1, 64, true);
    }

    /**
     * Returns this form with another width.
     *
     * @param alpha the width of all members together, relative to the model
     * @return the new form
     */
    public PackedForm alpha(double alpha) {
        return new PackedForm(getMembers(), alpha, gamma, minChannelsPerGroup, groupsMembers);
    }

    /**
     * Returns this form with another number of groups within a member.
     *
     * @param gamma the number of groups within a member
     * @return the new form
     */
    public PackedForm gamma(int gamma) {
        return new PackedForm(getMembers(), alpha, gamma, minChannelsPerGroup, groupsMembers);
    }

    /**
     * Returns this form with another bound on the channels of a group in convolutions.
     *
     * @param minChannelsPerGroup the fewest input channels for which a convolution is grouped
     * @return the new form
     */
    public PackedForm minChannelsPerGroup(int minChannelsPerGroup) {
        return new PackedForm(getMembers(), alpha, gamma, minChannelsPerGroup, groupsMembers);
    }

    /**
     * Returns this form without groups within a member, for layers that are exempt from them: their
     * widths are those that {@code gamma} asks for.
     *
     * @return the new form
     * @see dev.polyphony.Exempt
     */
    public PackedForm withoutGroups() {
        return new PackedForm(getMembers(), alpha, gamma, minChannelsPerGroup, false);
    }

    /**
     * Returns the width of one member: {@code ceil(units * alpha / m)}, rounded up to a multiple of
     * {@code gamma} and of the layer's own groups, so that the next layer can be grouped too.
     *
     * @param units the width in the base model
     * @param groups the layer's own groups
     * @return the width of one member
     */
    public long getWidth(long units, int groups) {
        long width = (long) Math.ceil(units * alpha / getMembers() - ROUNDING);
        long multiple = (long) gamma * groups;
        return (Math.max(width, 1) + multiple - 1) / multiple * multiple;
    }

    /**
     * Returns the groups within a member that a layer can have: the largest number up to {@code
     * gamma} that divides its widths and, in a convolution, leaves each group {@code
     * minChannelsPerGroup} channels; 1 without groups.
     *
     * @param inputs the input channels of one member
     * @param outputs the output channels of one member
     * @param groups the layer's own groups
     * @param spatial whether the layer is a convolution
     * @return the number of groups, at least 1
     */
    int getGroups(long inputs, long outputs, int groups, boolean spatial) {
        for (int candidate = groupsMembers ? gamma : 1; candidate > 1; candidate--) {
            long all = (long) candidate * groups;
            if (inputs % all == 0
                    && outputs % all == 0
                    && (!spatial || inputs / all >= minChannelsPerGroup)) {
                return candidate;
            }
        }
        return 1;
    }

    /** {@inheritDoc} */
    @Override
    protected MemberMap newMemberMap(LinearMap map) {
        return new PackedMap(this, map);
    }

    /** {@inheritDoc} */
    @Override
    protected UnitMap newUnitMap(Unit unit) {
        return new PackedUnit(this, unit);
    }

    /** {@inheritDoc} */
    @Override
    public boolean normalizesMembersApart(Role role) {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public boolean repeatsOwnParameters() {
        return getMembers() > 1;
    }

    /** {@inheritDoc} */
    @Override
    public Optional<String> getWidthKeeper() {
        boolean keeps = alpha == getMembers() && gamma == 1;
        String groups = gamma == 1 ? "" : ", gamma = 1";
        return keeps ? Optional.empty() : Optional.of("alpha = " + getMembers() + groups);
    }

    /** {@inheritDoc} */
    @Override
    public String getSettings() {
        String groups = ", gamma = " + gamma;
        String bound = gamma == 1 ? "" : ", minChannelsPerGroup = " + minChannelsPerGroup;
        String exempt = groupsMembers ? "" : ", without groups";
        return super.getSettings() + ", alpha = " + text(alpha) + groups + bound + exempt;
    }
}
