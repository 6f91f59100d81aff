/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Role;
import java.util.function.Function;

/**
 * The members' masks {@code [M, c]} of one layer: a parameter without gradient, so that they are
 * saved with the others.
 */
final class MaskParameter {

    static final String NAME = "mask";

    private final MasksemblesForm form;
    private final Parameter mask;
    private boolean isOnes;

    MaskParameter(MasksemblesForm form, Parameter mask) {
        this.form = form;
        this.mask = mask;
        mask.freeze(true);
    }

    /** Plans masks; what reads the network's input is not masked. */
    void plan(Role role, long inputs, String layer) {
        int members = form.getMembers();
        isOnes = role.readsInput();
        mask.setShape(new Shape(members, inputs));
        mask.setInitializer(
                isOnes
                        ? (manager, shape, dataType) -> manager.ones(shape, dataType)
                        : new Masks(members, Math.toIntExact(inputs), form.getScale(), layer));
    }

    /** How many members the masks set apart; 1 where they are ones. */
    long getRoom() {
        return isOnes ? 1 : form.getMembers();
    }

    /** The mask of a member, {@code [c]}. */
    NDArray of(int member, Function<Parameter, NDArray> values) {
        return values.apply(mask).get(member);
    }

    /** Masks the features {@code [B*M, ...]} of each member. */
    NDArray apply(NDArray x, Function<Parameter, NDArray> values, int axis) {
        NDArray apart = Members.apart(x, form.getMembers());
        return Members.rows(apart.mul(Members.broadcastable(values.apply(mask), apart, axis)));
    }
}
