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
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Scalars;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Where it reads the input, one unit over the members' features side by side; ids have no features,
 * so there each member has an embedding and their sum enters the trunk, which is what a linear
 * layer does with the members' one-hot vectors side by side. Where it writes the output, a unit for
 * each member.
 */
final class MimoUnit extends UnitMap {

    private final int members;
    private Role role;

    MimoUnit(Unit unit, int members) {
        super(unit);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        this.role = role;
        Unit unit = getUnit();
        long rows = inputs[0].get(0);
        if (!role.readsInput()) {
            int copies = role.writesOutput() ? members : 1;
            return plan(copies, inputs, unit.getWidth(), copies * rows);
        }
        if (unit.takesIds() && role.writesOutput()) {
            throw new IllegalArgumentException(
                    unit.getName()
                            + " reads the input and writes the output: MIMO merges its members"
                            + " between the first layer and the last, so a model needs two or"
                            + " more");
        }
        if (inputs.length > 1) {
            throw new IllegalArgumentException(
                    unit.getName()
                            + " reads the input and is given states, of which there is one for"
                            + " each member, while MIMO has one layer for all of them: leave the"
                            + " states out where they are zero, or use another form");
        }
        if (unit.takesIds()) {
            return plan(members, inputs, unit.getWidth(), rows / members);
        }
        int copies = role.writesOutput() ? members : 1;
        Shape joined =
                Members.with(
                        Members.with(inputs[0], 0, rows / members),
                        inputs[0].dimension() - 1,
                        members * channels(inputs[0]));
        return plan(copies, new Shape[] {joined}, unit.getWidth(), copies * rows / members);
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        if (role.readsInput() && getUnit().takesIds()) {
            NDArray y = each(inputs, members, values, rows).singletonOrThrow();
            return new NDList(Members.apart(y, members).sum(new int[] {1}));
        }
        NDList trunk = role.readsInput() ? new NDList(join(inputs.head())) : inputs;
        return role.writesOutput() ? each(trunk, members, values, rows) : one(trunk, values, rows);
    }

    private NDArray join(NDArray x) {
        return Members.join(x, members, x.getShape().dimension() - 1);
    }

    /**
     * Each member's features have a share of the model's weight, each member's ids of its table.
     */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        Unit unit = getUnit();
        return baseValues(
                i -> {
                    NDArray value = plain.get(i);
                    if (role.readsInput() && (unit.takesIds() || unit.readsFeatures(i))) {
                        NDArray share = Scalars.div(value, members);
                        value = copies(share, unit.takesIds() ? 0 : 1);
                    }
                    return role.writesOutput() ? copies(value, 0) : value;
                });
    }

    private NDArray copies(NDArray value, int axis) {
        return NDArrays.concat(new NDList(Collections.nCopies(members, value)), axis);
    }

    /** Where all members see the same, their shares of a weight or table act as their sum. */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        Unit unit = getUnit();
        List<NDArray> own =
                new ArrayList<>(
                        role.writesOutput()
                                ? stacked(member, members, values)
                                : baseArrays(values));
        for (int i = 0; i < own.size() && role.readsInput(); i++) {
            if (unit.takesIds()) {
                own.set(i, sum(own.get(i), 0));
            } else if (unit.readsFeatures(i)) {
                own.set(i, sum(own.get(i), 1));
            }
        }
        return own;
    }

    private NDArray sum(NDArray matrix, int axis) {
        Shape shape = matrix.getShape();
        Shape share = Members.with(shape, axis, shape.get(axis) / members);
        Shape apart = share.slice(0, axis).add(members).addAll(share.slice(axis));
        return matrix.reshape(apart).sum(new int[] {axis});
    }
}
