/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.List;
import java.util.function.Function;

/**
 * A shared embedding with fast weights. An embedding is the linear map of one-hot vectors, and this
 * is what the method makes of that map: a vector {@code r} over the ids and {@code s} over the
 * features, so that id {@code i} of member {@code m} becomes {@code E_i * r_mi * s_m} or {@code E_i
 * + r_mi * s_m}.
 *
 * @see <a href="https://arxiv.org/abs/2002.06715">BatchEnsemble, equation 1</a>
 */
final class FastLookup extends UnitMap {

    private final BatchEnsembleForm form;
    private final int members;
    private final boolean multiplicative;
    private final Parameter r;
    private final Parameter s;

    FastLookup(BatchEnsembleForm form, Unit unit) {
        super(unit);
        this.form = form;
        members = form.getMembers();
        multiplicative = form.getForm() == FastWeightForm.MULTIPLICATIVE;
        r = declare("r", Parameter.Type.OTHER);
        s = declare("s", Parameter.Type.OTHER);
        FastWeights.start(form, r, s, 1, ids -> ids);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        Shape[] outputs = plan(1, inputs, getUnit().getWidth(), inputs[0].get(0));
        Shape table = getBaseParameters().get(0).getShape();
        r.setShape(new Shape(members, table.get(0)));
        s.setShape(new Shape(members, table.get(1)));
        return outputs;
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        NDArray shared = Members.apart(one(inputs, values, rows).head(), members);
        NDList factors = values.apply(r).split(members);
        factors.attach(inputs.head().getManager());
        NDList scales =
                eachWith(inputs, members, m -> List.of(factors.get(m).reshape(-1, 1)), rows);
        NDArray scale = Members.apart(scales.head(), members);
        int axis = shared.getShape().dimension() - 2;
        NDArray own = scale.mul(Members.broadcastable(values.apply(s), shared, axis));
        return new NDList(Members.rows(multiplicative ? shared.mul(own) : shared.add(own)));
    }

    /** {@inheritDoc} */
    @Override
    public List<Parameter> getFastWeights() {
        return List.of(r, s);
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return SignPairs.room(r.getShape(), s.getShape(), 1);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        List<NDArray> values = baseValues(plain::get);
        List<NDArray> fast = FastWeights.near(form, plain.getSpread(), plain.get(0), r, s);
        values.set(1, fast.get(0));
        values.set(2, fast.get(1));
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray ids = values.apply(r).get(member).reshape(-1, 1);
        NDArray features = values.apply(s).get(member).reshape(1, -1);
        return List.of(FastWeights.fold(form, baseArrays(values).get(0), ids, features));
    }
}
