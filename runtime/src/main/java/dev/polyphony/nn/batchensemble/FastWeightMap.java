/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.util.List;
import java.util.function.Function;

/**
 * Shared weights, with a vector {@code r} over the inputs and {@code s} over the outputs a member.
 */
abstract class FastWeightMap extends MemberMap {

    private final BatchEnsembleForm form;
    private final int members;
    private final Parameter r;
    private final Parameter s;

    FastWeightMap(BatchEnsembleForm form, LinearMap map) {
        super(map);
        this.form = form;
        members = form.getMembers();
        // OTHER keeps users' initialisers of weights away: equal fast weights would stay equal
        r = declare("r", Parameter.Type.OTHER);
        s = declare("s", Parameter.Type.OTHER);
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        LinearMap map = getMap();
        long inputs = channels(input);
        setWeightShape(1, map.getUnits(), groupChannels(inputs, map.getGroups()));
        r.setShape(new Shape(members, inputs));
        s.setShape(new Shape(members, map.getUnits()));
        return map.getOutputShape(input, map.getUnits());
    }

    /** {@inheritDoc} */
    @Override
    public List<Parameter> getFastWeights() {
        return List.of(r, s);
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return SignPairs.room(r.getShape(), s.getShape(), getMap().getGroups());
    }

    /** {@inheritDoc} */
    @Override
    public final boolean takesSharedRows() {
        return true;
    }

    /**
     * Rows {@code [B*M, ...]}, or {@code [B, ...]} that all members share, as an array that {@code
     * [B, M, ...]} broadcasts.
     */
    final NDArray apart(NDArray x, Rows rows) {
        boolean shared = x.getShape().get(0) == rows.getExamples();
        return shared ? x.expandDims(1) : Members.apart(x, members);
    }

    final int getMembers() {
        return members;
    }

    final Parameter getR() {
        return r;
    }

    final Parameter getS() {
        return s;
    }

    final NDArray r(Function<Parameter, NDArray> values) {
        return values.apply(r);
    }

    final NDArray s(Function<Parameter, NDArray> values) {
        return values.apply(s);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        List<NDArray> values = baseValues(plain::get);
        List<NDArray> fast = FastWeights.near(form, plain.getSpread(), plain.get(0), r, s);
        int count = values.size();
        values.set(count - 2, fast.get(0));
        values.set(count - 1, fast.get(1));
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        NDArray weight = weight(values);
        NDArray folded =
                FastWeights.fold(
                        form,
                        weight,
                        Members.overInputs(r(values).get(member), weight),
                        Members.overOutputs(s(values).get(member), weight));
        return plain(folded, bias(values));
    }
}
