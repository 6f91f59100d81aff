/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

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
 * A shared map behind each member's own mask of its input: {@code y = (x * mask_m) W^T + b}. What
 * reads the network's input is not masked.
 */
final class MaskedMap extends MemberMap {

    private final MasksemblesForm form;
    private final MaskParameter mask;
    private Role role;

    MaskedMap(MasksemblesForm form, LinearMap map) {
        super(map);
        this.form = form;
        mask = new MaskParameter(form, declare(MaskParameter.NAME, Parameter.Type.OTHER));
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        this.role = role;
        LinearMap map = getMap();
        long inputs = channels(input);
        setWeightShape(1, map.getUnits(), groupChannels(inputs, map.getGroups()));
        mask.plan(role, inputs, map.getName());
        return map.getOutputShape(input, map.getUnits());
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return role.readsInput() ? 1 : form.getMembers();
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesSharedRows() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        LinearMap map = getMap();
        // the masks of what reads the input are ones
        NDArray masked = role.readsInput() ? x : mask.apply(x, values, map.getAxis(x.getShape()));
        NDArray y = map.apply(masked, weight(values), bias(values), map.getGroups());
        boolean shared = x.getShape().get(0) == rows.getExamples();
        return shared ? y.repeat(0, form.getMembers()) : y;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(plain::get);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray weight = weight(values);
        NDArray masked = weight.mul(Members.overInputs(mask.of(member, values), weight));
        return plain(masked, bias(values));
    }
}
