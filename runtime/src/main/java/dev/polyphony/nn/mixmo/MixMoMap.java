/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mixmo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Scalars;
import java.util.List;
import java.util.function.Function;

/** An encoder for each member at the input, mixed into one trunk; a head for each at the output. */
final class MixMoMap extends MemberMap {

    private final int members;
    private Role role;

    MixMoMap(LinearMap map, int members) {
        super(map);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        this.role = role;
        LinearMap map = getMap();
        int copies = role == Role.HIDDEN ? 1 : members;
        setWeightShape(copies, map.getUnits(), groupChannels(channels(input), map.getGroups()));
        long rows = outputRows(role, input.get(0), members);
        return map.getOutputShape(Members.with(input, 0, rows), map.getUnits());
    }

    /** At the input, each row of the output is made of one of each member's. */
    @Override
    public long getMultiplyAdds(Shape output) {
        Shape all = role.readsInput() ? Members.with(output, 0, output.get(0) * members) : output;
        return super.getMultiplyAdds(all);
    }

    /** The rows that a layer gives for those that it is given. */
    static long outputRows(Role role, long rows, int members) {
        return switch (role) {
            case INPUT -> rows / members;
            case OUTPUT -> rows * members;
            default -> rows;
        };
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesSharedRows() {
        return getMap().getGroups() == 1;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        int groups = getMap().getGroups();
        int axis = getMap().getAxis(x.getShape());
        if (role.readsInput()) {
            boolean isShared = members > 1 && x.getShape().get(0) == rows.getExamples();
            NDArray joined = isShared ? x : Members.join(x, members, axis);
            NDArray features =
                    getMap().apply(
                                    joined,
                                    weight(values),
                                    bias(values),
                                    isShared ? 1 : members * groups);
            return Mixing.mix(Members.splitApart(features, members, axis), axis, rows);
        }
        NDArray y = getMap().apply(x, weight(values), bias(values), groups);
        return role.writesOutput() ? Members.splitGroups(y, members, axis, groups) : y;
    }

    /** Each encoder gives a share of the model's features: an even mix of equal ones is all. */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(
                i ->
                        switch (role) {
                            case INPUT -> Scalars.div(plain.stack(i, members), members);
                            case OUTPUT ->
                                    Members.repeatOutputs(
                                            plain.get(i), members, getMap().getGroups());
                            default -> plain.get(i);
                        });
    }

    /** In prediction encoders see the same and are mixed evenly, which acts as their sum. */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        return plain(own(weight(values), member), own(bias(values), member));
    }

    private NDArray own(NDArray value, int member) {
        if (value == null) {
            return null;
        }
        return switch (role) {
            case INPUT -> Mixing.sum(value, members);
            case OUTPUT -> Members.outputsOf(value, members, getMap().getGroups(), member);
            default -> value;
        };
    }
}
