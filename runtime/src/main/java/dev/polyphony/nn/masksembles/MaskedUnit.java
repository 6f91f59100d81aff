/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A shared unit behind each member's own mask of its features, the same at every step. What reads
 * the network's input is not masked; nor are states, which the unit itself has made.
 */
final class MaskedUnit extends UnitMap {

    private final MaskParameter mask;

    MaskedUnit(MasksemblesForm form, Unit unit) {
        super(unit);
        mask = new MaskParameter(form, declare(MaskParameter.NAME, Parameter.Type.OTHER));
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        mask.plan(role, channels(inputs[0]), getUnit().getName());
        return plan(1, inputs, getUnit().getWidth(), inputs[0].get(0));
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return mask.getRoom();
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        NDArray x = inputs.head();
        NDList masked = new NDList(mask.apply(x, values, x.getShape().dimension() - 1));
        masked.addAll(inputs.subNDList(1));
        return one(masked, values, rows);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(plain::get);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        List<NDArray> own = new ArrayList<>(baseArrays(values));
        NDArray columns = mask.of(member, values).reshape(1, -1);
        for (int i = 0; i < own.size(); i++) {
            if (getUnit().readsFeatures(i)) {
                own.set(i, own.get(i).mul(columns));
            }
        }
        return own;
    }
}
