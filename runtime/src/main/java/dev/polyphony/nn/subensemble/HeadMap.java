/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.subensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.util.List;
import java.util.function.Function;

/**
 * The base layer in the trunk; in a head one map for each member. The trunk has a row for each
 * example, or, where members see different examples, a row for each member.
 */
final class HeadMap extends MemberMap {

    private final int members;
    private boolean head;

    HeadMap(LinearMap map, int members) {
        super(map);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        head = role.writesOutput();
        LinearMap map = getMap();
        int copies = head ? members : 1;
        setWeightShape(copies, map.getUnits(), groupChannels(channels(input), map.getGroups()));
        return map.getOutputShape(Members.with(input, 0, copies * input.get(0)), map.getUnits());
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        LinearMap map = getMap();
        NDArray weight = weight(values);
        NDArray bias = bias(values);
        if (!head) {
            return map.apply(x, weight, bias, map.getGroups());
        }
        int axis = map.getAxis(x.getShape());
        boolean shared = x.getShape().get(0) == rows.getExamples();
        if (shared && map.getGroups() == 1) {
            return Members.split(map.apply(x, weight, bias, 1), members, axis);
        }
        NDArray own = shared ? x.repeat(0, members) : x;
        NDArray joined = Members.join(own, members, axis);
        NDArray y = map.apply(joined, weight, bias, members * map.getGroups());
        return Members.split(y, members, axis);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(i -> head ? plain.stack(i, members) : plain.get(i));
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray weight = weight(values);
        NDArray bias = bias(values);
        if (!head) {
            return plain(weight, bias);
        }
        return plain(
                Members.block(weight, members, member),
                bias == null ? null : Members.block(bias, members, member));
    }
}
