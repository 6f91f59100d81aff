/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Rows;
import java.util.function.Function;

/**
 * {@code W_m = W + s_m r_m^T} with one bias: {@code y = x W^T + b + s_m (r_m . x)}. In a
 * convolution the added weight is the same at every place of the kernel, and each group has its own
 * product.
 */
final class AdditiveMap extends FastWeightMap {

    AdditiveMap(BatchEnsembleForm form, LinearMap map) {
        super(form, map);
        FastWeights.start(
                form,
                getR(),
                getS(),
                map.getGroups(),
                inputs -> map.getWeightShape(1, inputs / map.getGroups()).size());
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        LinearMap map = getMap();
        int axis = map.getAxis(x.getShape());
        NDArray shared = apart(map.apply(x, weight(values), bias(values), map.getGroups()), rows);
        NDArray apart = apart(x, rows);
        NDArray products =
                map.sum(
                        Members.rows(apart.mul(Members.broadcastable(r(values), apart, axis))),
                        map.getGroups());
        if (map.getGroups() > 1) {
            products = products.repeat(1, map.getUnits() / map.getGroups());
        }
        NDArray own = Members.apart(products, getMembers());
        return Members.rows(shared.add(own.mul(Members.broadcastable(s(values), shared, axis))));
    }
}
