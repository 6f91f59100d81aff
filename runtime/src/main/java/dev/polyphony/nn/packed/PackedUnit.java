/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.function.Function;

/**
 * One unit for each member, as narrow as a member is and side by side. {@code gamma} does not
 * apply: there are no groups within a unit.
 */
final class PackedUnit extends UnitMap {

    private final PackedForm form;

    PackedUnit(PackedForm form, Unit unit) {
        super(unit);
        this.form = form;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        long width = getUnit().getWidth();
        long own = role.writesOutput() ? width : form.getWidth(width, 1);
        return plan(form.getMembers(), inputs, own, inputs[0].get(0));
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        return each(inputs, form.getMembers(), values, rows);
    }
}
