/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mixmo;

import ai.djl.ndarray.NDArray;
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
import java.util.List;
import java.util.function.Function;

/**
 * A unit for each member at the input, whose features, and states, are mixed into one trunk; one
 * for each at the output.
 */
final class MixMoUnit extends UnitMap {

    private final int members;
    private Role role;

    MixMoUnit(Unit unit, int members) {
        super(unit);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        this.role = role;
        int copies = role == Role.HIDDEN ? 1 : members;
        return plan(
                copies,
                inputs,
                getUnit().getWidth(),
                MixMoMap.outputRows(role, inputs[0].get(0), members));
    }

    /** At the input, each row of the output is made of one of each member's. */
    @Override
    public long getMultiplyAdds(Shape features) {
        return super.getMultiplyAdds(features) * (role.readsInput() ? members : 1);
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        if (role == Role.HIDDEN) {
            return one(inputs, values, rows);
        }
        NDList answers = each(inputs, members, values, rows);
        if (role.writesOutput()) {
            return answers;
        }
        NDList mixed = new NDList();
        for (NDArray y : answers) {
            mixed.add(Mixing.mix(Members.apart(y, members), y.getShape().dimension() - 1, rows));
        }
        return mixed;
    }

    /** Each table gives a share of the model's embeddings: an even mix of equal ones is all. */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        requireAdditive();
        return baseValues(
                i ->
                        switch (role) {
                            case INPUT -> Scalars.div(plain.stack(i, members), members);
                            case OUTPUT -> plain.stack(i, members);
                            default -> plain.get(i);
                        });
    }

    /** In prediction encoders see the same and are mixed evenly, which acts as their sum. */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        requireAdditive();
        return switch (role) {
            case INPUT -> baseArrays(values).stream().map(one -> Mixing.sum(one, members)).toList();
            case OUTPUT -> stacked(member, members, values);
            default -> baseArrays(values);
        };
    }

    /** A sum of embeddings is an embedding; a sum of recurrent layers is no recurrent layer. */
    private void requireAdditive() {
        if (role == Role.INPUT && !getUnit().takesIds()) {
            throw new IllegalArgumentException(
                    getUnit().getName()
                            + " reads the input: MixMo adds up what the recurrent layers of its"
                            + " members give, which one recurrent layer cannot do. Let a linear"
                            + " layer or an embedding read the input, or use another form");
        }
    }
}
