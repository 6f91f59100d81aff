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
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Unit;
import dev.polyphony.nn.form.UnitMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A shared unit, each of whose weight matrices has for each member a vector {@code r} over its
 * inputs and {@code s} over its outputs: {@code W_m = W * (s_m r_m^T)}, elementwise, with a bias
 * for each member, or {@code W_m = W + s_m r_m^T} with one bias. In a recurrent layer these are the
 * matrices of the input and of the state, with all gates.
 *
 * @see <a
 *     href="https://github.com/google/edward2/blob/main/edward2/tensorflow/layers/recurrent.py">
 *     edward2, LSTMCellRank1, with point estimates</a>
 */
final class FastWeightUnit extends UnitMap {

    private final BatchEnsembleForm form;
    private final int members;
    private final boolean multiplicative;
    private final List<Matrix> matrices = new ArrayList<>();

    /** A shared weight with its two vectors. */
    private record Matrix(Parameter weight, int index, Parameter r, Parameter s) {}

    FastWeightUnit(BatchEnsembleForm form, Unit unit) {
        super(unit);
        this.form = form;
        members = form.getMembers();
        multiplicative = form.getForm() == FastWeightForm.MULTIPLICATIVE;
        for (int i = 0; i < getBaseParameters().size(); i++) {
            Parameter weight = getBaseParameters().get(i);
            if (weight.getType() == Parameter.Type.WEIGHT) {
                Parameter r = declare(weight.getName() + "_r", Parameter.Type.OTHER);
                Parameter s = declare(weight.getName() + "_s", Parameter.Type.OTHER);
                FastWeights.start(form, r, s, 1, inputs -> inputs);
                matrices.add(new Matrix(weight, i, r, s));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        long width = getUnit().getWidth();
        Shape[] outputs = plan(1, inputs, width, inputs[0].get(0));
        for (Matrix matrix : matrices) {
            Shape shape = matrix.weight.getShape();
            matrix.s.setShape(new Shape(members, shape.get(0)));
            matrix.r.setShape(new Shape(members, shape.get(1)));
        }
        for (Parameter bias : memberBiases()) {
            bias.setShape(new Shape(members, bias.getShape().get(0)));
        }
        return outputs;
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        // all members' arrays of each parameter, [M, ...] or, if they share it, as it is
        List<NDArray> own = new ArrayList<>();
        getBaseParameters().forEach(parameter -> own.add(values.apply(parameter)));
        for (Matrix matrix : matrices) {
            NDArray s = view(values.apply(matrix.s), 2, inputs);
            NDArray product = s.mul(view(values.apply(matrix.r), 1, inputs));
            NDArray weight = own.get(matrix.index);
            own.set(matrix.index, multiplicative ? product.mul(weight) : product.add(weight));
        }
        return eachWith(inputs, members, m -> ofMember(own, m, inputs), rows);
    }

    private List<NDArray> ofMember(List<NDArray> all, int m, NDList inputs) {
        List<NDArray> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            NDArray array = all.get(i);
            boolean apart =
                    getBaseParameters().get(i).getType() == Parameter.Type.WEIGHT || multiplicative;
            NDArray one = apart ? array.get(m) : array;
            if (apart) {
                one.attach(inputs.head().getManager());
            }
            own.add(one);
        }
        return own;
    }

    /** A view with another axis, kept by the inputs' manager. */
    private static NDArray view(NDArray vectors, int axis, NDList inputs) {
        NDArray view = vectors.expandDims(axis);
        view.attach(inputs.head().getManager());
        return view;
    }

    /** The biases that each member has of its own. */
    private List<Parameter> memberBiases() {
        return multiplicative
                ? getBaseParameters().stream()
                        .filter(one -> one.getType() == Parameter.Type.BIAS)
                        .toList()
                : List.of();
    }

    /** {@inheritDoc} */
    @Override
    public long getRoom() {
        return matrices.stream()
                .mapToLong(one -> SignPairs.room(one.r.getShape(), one.s.getShape(), 1))
                .max()
                .orElse(1);
    }

    /** {@inheritDoc} */
    @Override
    public List<Parameter> getFastWeights() {
        List<Parameter> fast = new ArrayList<>();
        matrices.forEach(matrix -> fast.addAll(List.of(matrix.r, matrix.s)));
        fast.addAll(memberBiases());
        return fast;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        List<Parameter> own = memberBiases();
        List<NDArray> values =
                baseValues(
                        i ->
                                own.contains(getBaseParameters().get(i))
                                        ? plain.get(i).expandDims(0).repeat(0, members)
                                        : plain.get(i));
        List<Parameter> all = getParameters();
        for (Matrix matrix : matrices) {
            NDArray like = plain.get(matrix.index);
            List<NDArray> fast =
                    FastWeights.near(form, plain.getSpread(), like, matrix.r, matrix.s);
            values.set(all.indexOf(matrix.r), fast.get(0));
            values.set(all.indexOf(matrix.s), fast.get(1));
        }
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        List<NDArray> own = new ArrayList<>(baseArrays(values));
        for (Matrix matrix : matrices) {
            NDArray weight = own.get(matrix.index);
            NDArray columns = values.apply(matrix.r).get(member).reshape(1, -1);
            NDArray rows = values.apply(matrix.s).get(member).reshape(-1, 1);
            own.set(matrix.index, FastWeights.fold(form, weight, columns, rows));
        }
        for (Parameter bias : memberBiases()) {
            int index = getBaseParameters().indexOf(bias);
            own.set(index, own.get(index).get(member));
        }
        return own;
    }
}
