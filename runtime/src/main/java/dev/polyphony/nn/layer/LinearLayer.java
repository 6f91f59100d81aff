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
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Slices;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
    public long getMultiplyAdds(Shape output) {
        return members.getMultiplyAdds(output);
    }

    /** {@inheritDoc} */
    @Override
    public long getBaseMultiplyAdds(Shape input) {
        return base.getMultiplyAdds(input);
    }

    /** {@inheritDoc} */
    @Override
    public long getBaseParameterCount(Shape input) {
        return base.getParameterCount(input);
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

    /**
     * Where NaN of the input end up shows in sums: one channel says it for all, which are views of
     * it.
     */
    @Override
    public NDList spread(NDList inputs, ParameterStore parameterStore, Rows rows) {
        NDArray x = inputs.singletonOrThrow();
        requireWidth(x.getShape());
        NDArray sums = base.sum(x, 1);
        long given = x.getShape().get(0);
        long made = getMemberOutputShape().get(0) * given / getMemberInputShape().get(0);
        if (made > given) {
            // a row for each member comes from one, but stays one where members have rows already
            made = Math.max(rows.getExamples() * getForm().getMembers(), given);
            sums = sums.repeat(0, made / given);
        } else if (made < given) {
            Shape apart = new Shape(made, given / made).addAll(sums.getShape().slice(1));
            sums = sums.reshape(apart).sum(new int[] {1});
        }
        Shape output = getMemberOutputShape();
        Shape shape = base.getOutputShape(Members.with(x.getShape(), 0, made), width(output));
        return new NDList(
                Ramp.of(x.getManager(), sums.getShape()).addi(sums.sub(sums)).broadcast(shape));
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesSharedRows() {
        return members.takesSharedRows();
    }

    /** {@inheritDoc} */
    @Override
    public boolean computesInTrials() {
        return false;
    }

    private long width(Shape output) {
        return output.get(base.getAxis(output));
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

    /** {@inheritDoc} */
    @Override
    protected Map<String, Shape> getBaseParameters() {
        return members.getBaseParameters(getBaseInput());
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
