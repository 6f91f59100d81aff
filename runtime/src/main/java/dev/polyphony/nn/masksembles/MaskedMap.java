/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.SharedMap;
import java.util.List;
import java.util.function.Function;

/**
 * A shared map behind each member's own mask of its input: {@code y = (x * mask_m) W^T + b}. What
 * reads the network's input is not masked.
 */
final class MaskedMap extends SharedMap {

    private final MaskParameter mask;

    MaskedMap(MasksemblesForm form, LinearMap map) {
        super(map, form.getMembers());
        mask = new MaskParameter(form, declare(MaskParameter.NAME, Parameter.Type.OTHER));
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        mask.plan(role, channels(input), getMap().getName());
        return super.plan(role, base, input);
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return mask.getRoom();
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        boolean isMasked = mask.getRoom() > 1;
        NDArray masked = isMasked ? mask.apply(x, values, getMap().getAxis(x.getShape())) : x;
        return super.apply(masked, values, rows);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray weight = weight(values);
        NDArray masked = weight.mul(Members.overInputs(mask.of(member, values), weight));
        return plain(masked, bias(values));
    }
}
