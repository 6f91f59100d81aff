/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * {@code W_m = W * (s_m r_m^T)}, elementwise, with a bias for each member: {@code y = ((x * r_m)
 * W^T) * s_m + b_m}.
 *
 * @see <a href="https://arxiv.org/abs/2002.06715">BatchEnsemble, equations 1 and 2</a>
 */
final class MultiplicativeMap extends FastWeightMap {

    MultiplicativeMap(BatchEnsembleForm form, LinearMap map) {
        super(form, map);
        FastWeights.start(form, getR(), getS(), map.getGroups(), inputs -> inputs);
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        Shape output = super.plan(role, base, input);
        setBiasShape(new Shape(getMembers(), getMap().getUnits()));
        return output;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        int axis = getMap().getAxis(x.getShape());
        NDArray apart = Members.apart(x, getMembers());
        NDArray scaled = Members.rows(apart.mul(Members.broadcastable(r(values), apart, axis)));
        NDArray y =
                Members.apart(
                        getMap().apply(scaled, weight(values), null, getMap().getGroups()),
                        getMembers());
        NDArray members = y.mul(Members.broadcastable(s(values), y, axis));
        NDArray bias = bias(values);
        return Members.rows(
                bias == null ? members : members.add(Members.broadcastable(bias, y, axis)));
    }

    /** {@inheritDoc} */
    @Override
    public List<Parameter> getFastWeights() {
        List<Parameter> fast = new ArrayList<>(super.getFastWeights());
        getParameters().stream().filter(p -> "bias".equals(p.getName())).forEach(fast::add);
        return fast;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        List<NDArray> values = super.fromPlain(plain);
        if (getMap().hasBias()) {
            values.set(1, plain.get(1).expandDims(0).repeat(0, getMembers()));
        }
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray bias = bias(values);
        NDArray weight = super.toPlain(member, values).get(0);
        return plain(weight, bias == null ? null : bias.get(member));
    }
}
