/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.subensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.List;
import java.util.function.Function;

/** The base layer in the trunk; in a head one unit for each member. */
final class HeadUnit extends UnitMap {

    private final int members;
    private boolean head;

    HeadUnit(Unit unit, int members) {
        super(unit);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        head = role.writesOutput();
        int copies = head ? members : 1;
        return plan(copies, inputs, getUnit().getWidth(), copies * inputs[0].get(0));
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        return head ? each(inputs, members, values, rows) : one(inputs, values, rows);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(i -> head ? plain.stack(i, members) : plain.get(i));
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        return head ? stacked(member, members, values) : baseArrays(values);
    }
}
