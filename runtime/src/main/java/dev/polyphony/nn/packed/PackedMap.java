/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.util.function.Function;

/** One map for each member, as the groups of one grouped map. */
final class PackedMap extends MemberMap {

    private final PackedForm form;
    private int groups;

    PackedMap(PackedForm form, LinearMap map) {
        super(map);
        this.form = form;
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        LinearMap map = getMap();
        int own = map.getGroups();
        long inputs = channels(input);
        long units = map.getUnits();
        boolean narrow = !role.writesOutput();
        long width = narrow ? form.getWidth(units, map.getWidthMultiple()) : units;
        if (own > 1 && own == channels(base)) {
            // depthwise: as many groups as channels, whatever the width of a member
            width = narrow ? units / own * inputs : units;
            own = Math.toIntExact(inputs);
        }
        groupChannels(inputs, own);
        int gamma = role.readsInput() ? 1 : form.getGroups(inputs, width, own, map.isSpatial());
        groups = gamma * own;
        if (width % groups != 0) {
            throw new RefusedLayerException(
                    Refusal.GROUPS,
                    map.getName()
                            + " writes the output with "
                            + groups
                            + " groups, one for each channel of a member, which do not divide its "
                            + width
                            + " channels");
        }
        setWeightShape(form.getMembers(), width, inputs / groups);
        return map.getOutputShape(input, width);
    }

    /** Members that read one input are the filters of one map. */
    @Override
    public boolean takesSharedRows() {
        return groups == 1;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        int members = form.getMembers();
        int axis = getMap().getAxis(x.getShape());
        if (x.getShape().get(0) == rows.getExamples()) {
            return Members.split(getMap().apply(x, weight(values), bias(values), 1), members, axis);
        }
        return getMap().applyApart(x, weight(values), bias(values), members, groups);
    }
}
