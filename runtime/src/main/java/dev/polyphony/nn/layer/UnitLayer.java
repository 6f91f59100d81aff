/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Slices;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A recurrent layer or an embedding, for all members of an ensemble. */
abstract class UnitLayer extends EnsembleLayer {

    private final Unit unit;
    private final UnitMap members;

    UnitLayer(Form form, Unit unit) {
        super(form);
        this.unit = unit;
        members = form.newMap(unit);
        members.getParameters().forEach(this::addParameter);
    }

    /** {@inheritDoc} */
    @Override
    public String getBaseName() {
        return unit.getName();
    }

    /** {@inheritDoc} */
    @Override
    public boolean mixesFeatures() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasFeatureAxis() {
        return !unit.takesIds();
    }

    /** {@inheritDoc} */
    @Override
    public long getMultiplyAdds(Shape output) {
        return members.getMultiplyAdds(output);
    }

    /** {@inheritDoc} */
    @Override
    public long getBaseMultiplyAdds(Shape input) {
        return unit.getMultiplyAdds(input, unit.getWidth());
    }

    /** {@inheritDoc} */
    @Override
    public long getBaseParameterCount(Shape input) {
        return unit.getParameterCount(input, unit.getWidth());
    }

    /** {@inheritDoc} */
    @Override
    public int getFeatureAxis(Shape input) {
        return input.dimension() - 1;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getBaseOutputShapes(Shape... inputs) {
        return turned(unit.getOutputShapes(turned(inputs)[0], unit.getWidth()));
    }

    /** {@inheritDoc} */
    @Override
    protected Shape[] plan(Role role, Shape base, Shape... inputs) {
        return turned(members.plan(role, turned(inputs)));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList compute(NDList inputs, ParameterStore parameterStore, Rows rows) {
        NDArray x = inputs.head();
        return turned(
                members.apply(
                        turned(inputs),
                        p -> parameterStore.getValue(p, x.getDevice(), rows.isTraining()),
                        rows));
    }

    /** {@inheritDoc} */
    @Override
    protected Shape getPlainShape(Parameter parameter) {
        return members.getPlainShape(parameter);
    }

    /** {@inheritDoc} */
    @Override
    public List<Parameter> getFastWeights() {
        return members.getFastWeights();
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return members.getRoom();
    }

    /** Rows first from the layer's order of axes, or the reverse. */
    private Shape[] turned(Shape... shapes) {
        Shape[] turned = shapes.clone();
        for (int i = 0; i < shapes.length; i++) {
            int axis = getRowAxis(i);
            if (axis > 0 && shapes[i].dimension() > axis) {
                Shape first = Members.with(shapes[i], 0, shapes[i].get(axis));
                turned[i] = Members.with(first, axis, shapes[i].get(0));
            }
        }
        return turned;
    }

    private NDList turned(NDList arrays) {
        NDList turned = new NDList();
        for (int i = 0; i < arrays.size(); i++) {
            int axis = getRowAxis(i);
            turned.add(axis > 0 ? arrays.get(i).swapAxes(0, axis) : arrays.get(i));
        }
        return turned;
    }

    /** {@inheritDoc} */
    @Override
    protected Map<String, Shape> getBaseParameters() {
        return members.getBaseParameters(turned(getBaseInput())[0]);
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        return members.slice(inputs);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return members.fromPlain(plain);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        return members.toPlain(member, values);
    }
}
