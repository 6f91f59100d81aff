/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Prelu;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Slices;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@link Prelu} for all members of an ensemble: {@code max(0, x) + alpha * min(0, x)} with one
 * slope {@code alpha}, or one for each member where the form keeps members apart. A slope starts at
 * 0.25.
 *
 * <p>DJL's own layer works on no engine of PyTorch.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">Delving Deep into Rectifiers, section 2.1</a>
 */
public final class EnsemblePrelu extends SingleLayer {

    private static final float SLOPE = 0.25f;

    private final Parameter alpha;
    private boolean apart;

    /**
     * Creates the layer.
     *
     * @param form the form of the ensemble
     */
    public EnsemblePrelu(Form form) {
        super(form);
        // OTHER, since usual initialisers of weights need two axes
        alpha =
                addParameter(
                        Parameter.builder()
                                .setName("alpha")
                                .setType(Parameter.Type.OTHER)
                                .optInitializer(new ConstantInitializer(SLOPE))
                                .build());
    }

    /** {@inheritDoc} */
    @Override
    public String getBaseName() {
        return "Prelu";
    }

    /** {@inheritDoc} */
    @Override
    public boolean mixesFeatures() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public long getBaseParameterCount(Shape input) {
        return 1;
    }

    /** {@inheritDoc} */
    @Override
    public int getFeatureAxis(Shape input) {
        return input.dimension() - 1;
    }

    /** {@inheritDoc} */
    @Override
    Shape getBaseOutputShape(Shape input) {
        return input;
    }

    /** {@inheritDoc} */
    @Override
    Shape plan(Role role, Shape base, Shape input) {
        int members = getForm().getMembers();
        apart = members > 1 && getForm().normalizesMembersApart(role);
        alpha.setShape(apart ? new Shape(members) : new Shape());
        return input;
    }

    /** {@inheritDoc} */
    @Override
    NDArray compute(NDArray x, ParameterStore parameterStore, Rows rows) {
        NDArray slope = parameterStore.getValue(alpha, x.getDevice(), rows.isTraining());
        NDArray below = Activation.relu(x.neg());
        NDArray falling =
                apart
                        ? Members.rows(
                                perMember(Members.apart(below, getForm().getMembers()), slope))
                        : below.mul(slope);
        return Activation.relu(x).sub(falling);
    }

    private static NDArray perMember(NDArray x, NDArray slopes) {
        long[] dims = new long[x.getShape().dimension() - 1];
        Arrays.fill(dims, 1);
        dims[0] = slopes.getShape().get(0);
        NDArray view = slopes.reshape(dims);
        view.attach(x.getManager());
        return x.mul(view);
    }

    /** {@inheritDoc} */
    @Override
    protected Map<String, Shape> getBaseParameters() {
        return Map.of(alpha.getName(), new Shape());
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        return List.of(inputs);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return List.of(apart ? plain.stack(0, getForm().getMembers()) : plain.get(0));
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray slopes = values.apply(alpha);
        return List.of(apart ? slopes.get(member) : slopes);
    }
}
