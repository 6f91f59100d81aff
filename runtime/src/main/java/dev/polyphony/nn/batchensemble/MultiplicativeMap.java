/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

    /** The engine's own channel axis, 1; for any other DJL transposes. */
    private static final int ENGINES_AXIS = -1;

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
        NDArray bias = bias(values);
        return getMap().isSpatial()
                ? convolve(x, r(values), weight(values), s(values), bias, rows)
                : multiply(x, r(values), weight(values), s(values), bias, rows);
    }

    /** Features stand in the last axis, whatever is before it. */
    private NDArray multiply(
            NDArray x, NDArray r, NDArray weight, NDArray s, NDArray bias, Rows rows) {
        int axis = x.getShape().dimension() - 1;
        NDArray apart = apart(x, rows);
        NDArray scaled = apart.mul(Members.broadcastable(r, apart, axis));
        NDArray y = getMap().apply(scaled, weight, null, 1);
        NDArray members = y.mul(Members.broadcastable(s, y, axis));
        // in place: the product is nobody else's
        return Members.rows(
                bias == null ? members : members.addi(Members.broadcastable(bias, y, axis)));
    }

    private NDArray convolve(
            NDArray x, NDArray r, NDArray weight, NDArray s, NDArray bias, Rows rows) {
        NDArray scaled;
        if (x.getShape().get(0) == rows.getExamples()) {
            NDArray apart = apart(x, rows);
            scaled = Members.rows(apart.mul(Members.broadcastable(r, apart, 1)));
        } else {
            scaled = scale(x, r, null, rows);
        }
        return scale(getMap().apply(scaled, weight, null, getMap().getGroups()), s, bias, rows);
    }

    /** Multiplies the channels {@code [B*M, c, ...]} of each member and adds to them. */
    private NDArray scale(NDArray x, NDArray factors, NDArray added, Rows rows) {
        if (rows.isTraining()) {
            return normalize(x, factors, added);
        }
        NDArray apart = Members.apart(x, getMembers());
        NDArray y = apart.mul(Members.broadcastable(factors, apart, 1));
        // in place: the product is nobody else's
        return Members.rows(added == null ? y : y.addi(Members.broadcastable(added, apart, 1)));
    }

    /**
     * Does so as normalisation by given statistics, 0 and 1. Its gradients take one pass over the
     * array, those of a product with a smaller array four.
     */
    private NDArray normalize(NDArray x, NDArray factors, NDArray added) {
        NDArray joined = Members.join(x, getMembers(), 1);
        long channels = joined.getShape().get(1);
        Shape each = new Shape(channels);
        NDManager manager = x.getManager();
        NDArray zeros = manager.zeros(each, x.getDataType());
        NDArray y =
                joined.getNDArrayInternal()
                        .batchNorm(
                                joined,
                                zeros,
                                manager.ones(each, x.getDataType()),
                                Members.view(factors, x, channels),
                                added == null ? zeros : Members.view(added, x, channels),
                                ENGINES_AXIS,
                                0,
                                0,
                                false)
                        .singletonOrThrow();
        return Members.split(y, getMembers(), 1);
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
