/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.util.List;

/** A linear layer or a convolution, for all members of an ensemble. */
abstract class LinearLayer extends SingleLayer {

    private final LinearMap base;
    private final MemberMap members;

    LinearLayer(Form form, LinearMap base) {
        super(form);
        this.base = base;
        members = form.newMap(base);
        members.getParameters().forEach(this::addParameter);
    }

    /** {@inheritDoc} */
    @Override
    public String getBaseName() {
        return base.getName();
    }

    /** {@inheritDoc} */
    @Override
    public boolean mixesFeatures() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public boolean isSpatial() {
        return base.isSpatial();
    }

    /** {@inheritDoc} */
    @Override
    Shape getBaseOutputShape(Shape input) {
        return base.getOutputShape(input, base.getUnits());
    }

    /** {@inheritDoc} */
    @Override
    public int getFeatureAxis(Shape input) {
        return base.getAxis(input);
    }

    /** {@inheritDoc} */
    @Override
    Shape plan(Role role, Shape baseInput, Shape input) {
        return members.plan(role, baseInput, input);
    }

    /** {@inheritDoc} */
    @Override
    NDArray compute(NDArray x, ParameterStore parameterStore, Rows rows) {
        return members.apply(
                x, p -> parameterStore.getValue(p, x.getDevice(), rows.isTraining()), rows);
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
}
