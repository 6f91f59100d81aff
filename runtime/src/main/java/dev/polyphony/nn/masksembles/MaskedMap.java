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
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.util.function.Function;

/**
 * A shared map behind each member's own mask of its input: {@code y = (x * mask_m) W^T + b}. What
 * reads the network's input is not masked. The masks are parameters without gradient, so that they
 * are saved with the others.
 */
final class MaskedMap extends MemberMap {

    private final int members;
    private final double scale;
    private final Parameter mask;

    MaskedMap(MasksemblesForm form, LinearMap map) {
        super(map);
        members = form.getMembers();
        scale = form.getScale();
        mask = declare("mask", Parameter.Type.OTHER);
        mask.freeze(true);
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        LinearMap map = getMap();
        long inputs = channels(input);
        setWeightShape(1, map.getUnits(), groupChannels(inputs, map.getGroups()));
        mask.setShape(new Shape(members, inputs));
        if (role.readsInput()) {
            mask.setInitializer((manager, shape, dataType) -> manager.ones(shape, dataType));
        } else {
            Masks masks = new Masks(members, Math.toIntExact(inputs), scale, map.getName());
            mask.setInitializer(masks);
        }
        return map.getOutputShape(input, map.getUnits());
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        LinearMap map = getMap();
        NDArray apart = Members.apart(x, members);
        NDArray view = Members.broadcastable(values.apply(mask), apart, map.getAxis(x.getShape()));
        NDArray masked = Members.rows(apart.mul(view));
        return map.apply(masked, weight(values), bias(values), map.getGroups());
    }
}
