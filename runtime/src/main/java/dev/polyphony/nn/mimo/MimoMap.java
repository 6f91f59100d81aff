/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mimo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Scalars;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Reads all members' inputs at the input, writes all members' outputs at the output. */
final class MimoMap extends MemberMap {

    private final int members;
    private Role role;

    MimoMap(LinearMap map, int members) {
        super(map);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        this.role = role;
        LinearMap map = getMap();
        int inputs = role.readsInput() ? members : 1;
        int outputs = role.writesOutput() ? members : 1;
        setWeightShape(
                outputs, map.getUnits(), inputs * groupChannels(channels(input), map.getGroups()));
        Shape trunk = Members.with(input, 0, input.get(0) / inputs);
        return map.getOutputShape(Members.with(trunk, 0, trunk.get(0) * outputs), map.getUnits());
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
        NDArray trunk = x;
        if (role.readsInput()) {
            boolean isShared = members > 1 && x.getShape().get(0) == rows.getExamples();
            trunk =
                    isShared
                            ? NDArrays.concat(new NDList(Collections.nCopies(members, x)), axis)
                            : Members.joinGroups(x, members, axis, groups);
        }
        NDArray y = getMap().apply(trunk, weight(values), bias(values), groups);
        return role.writesOutput() ? Members.splitGroups(y, members, axis, groups) : y;
    }

    /** Each member's features have a share of the model's weight: equal ones add up to it. */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(
                i -> {
                    NDArray value =
                            i == 0 && role.readsInput() ? shares(plain.get(0)) : plain.get(i);
                    return role.writesOutput()
                            ? Members.repeatOutputs(value, members, getMap().getGroups())
                            : value;
                });
    }

    private NDArray shares(NDArray weight) {
        return NDArrays.concat(
                new NDList(Collections.nCopies(members, Scalars.div(weight, members))), 1);
    }

    /** Where all members see the same, their shares of the weight act as their sum. */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray weight = output(weight(values), member);
        if (role.readsInput()) {
            Shape shape = weight.getShape();
            Shape apart = new Shape(shape.get(0), members, shape.get(1) / members);
            weight = weight.reshape(apart.addAll(shape.slice(2))).sum(new int[] {1});
        }
        return plain(weight, output(bias(values), member));
    }

    private NDArray output(NDArray value, int member) {
        return value == null || !role.writesOutput()
                ? value
                : Members.outputsOf(value, members, getMap().getGroups(), member);
    }
}
