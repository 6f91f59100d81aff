/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Cut;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Slices;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * One unit for each member, as narrow as a member is and side by side. {@code gamma} does not
 * apply: there are no groups within a unit.
 */
final class PackedUnit extends UnitMap {

    private final PackedForm form;
    private Slices inputs;
    private Slices width;
    private long own;

    PackedUnit(PackedForm form, Unit unit) {
        super(unit);
        this.form = form;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        long base = getUnit().getWidth();
        own = role.writesOutput() ? base : form.getWidth(base, 1);
        return plan(form.getMembers(), inputs, own, inputs[0].get(0));
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        return each(inputs, form.getMembers(), values, rows);
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        this.inputs = inputs;
        width = Slices.spread(form.getMembers(), getUnit().getWidth(), own);
        List<Slices> outputs =
                new ArrayList<>(Collections.nCopies(getUnit().getOutputCount(), width));
        outputs.set(0, width.repeat(getUnit().getOutputBlocks()));
        return outputs;
    }

    private boolean isWhole() {
        return width == null || width.isWhole() && (inputs == null || inputs.isWhole());
    }

    private Cut cut(int index) {
        Unit unit = getUnit();
        Shape shape = getBaseParameters().get(index).getShape();
        Slices rows =
                unit.getBlocks(index, 0) == 0
                        ? Slices.whole(form.getMembers(), shape.get(0) / form.getMembers())
                        : width.repeat(unit.getBlocks(index, 0));
        if (shape.dimension() == 1) {
            return Cut.ofVector(rows);
        }
        Slices columns =
                unit.readsFeatures(index) ? inputs : width.repeat(unit.getBlocks(index, 1));
        return new Cut(rows, columns, 1, 1, !unit.takesIds());
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        int members = form.getMembers();
        return baseValues(
                i ->
                        isWhole()
                                ? plain.stack(i, members)
                                : cut(i).from(
                                                plain,
                                                i,
                                                members,
                                                getBaseParameters().get(i).getShape()));
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        List<NDArray> all = new ArrayList<>(stacked(member, form.getMembers(), values));
        for (int i = 0; i < all.size() && !isWhole(); i++) {
            all.set(i, cut(i).put(all.get(i), member, 0));
        }
        return all;
    }
}
