/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Cut;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.MemberMap;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Slices;
import java.util.List;
import java.util.function.Function;

/** One map for each member, as the groups of one grouped map. */
final class PackedMap extends MemberMap {

    private final PackedForm form;
    private int groups;
    private int plainGroups;
    private Slices inputs;
    private Slices outputs;

    PackedMap(PackedForm form, LinearMap map) {
        super(map);
        this.form = form;
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        LinearMap map = getMap();
        int own = map.getGroups();
        long inputs = channels(input);
        long units = map.getUnits();
        plainGroups = own;
        boolean narrow = !role.writesOutput();
        long width = narrow ? form.getWidth(units, map.getWidthMultiple()) : units;
        if (own > 1 && own == channels(base)) {
            // depthwise: as many groups as channels, whatever the width of a member
            width = narrow ? units / own * inputs : units;
            own = Math.toIntExact(inputs);
        }
        groupChannels(inputs, own);
        int gamma = role.readsInput() ? 1 : form.getGroups(inputs, width, own, map.isSpatial());
        groups = gamma * own;
        if (width % groups != 0) {
            throw new RefusedLayerException(
                    Refusal.GROUPS,
                    map.getName()
                            + " writes the output with "
                            + groups
                            + " groups, one for each channel of a member, which do not divide its "
                            + width
                            + " channels");
        }
        setWeightShape(form.getMembers(), width, inputs / groups);
        return map.getOutputShape(input, width);
    }

    /** Members that read one input are the filters of one map. */
    @Override
    public boolean takesSharedRows() {
        return groups == 1;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        int members = form.getMembers();
        int axis = getMap().getAxis(x.getShape());
        if (x.getShape().get(0) == rows.getExamples()) {
            return Members.split(getMap().apply(x, weight(values), bias(values), 1), members, axis);
        }
        return getMap().applyApart(x, weight(values), bias(values), members, groups);
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        int members = form.getMembers();
        this.inputs = inputs;
        long units = getMap().getUnits();
        long width = getParameters().get(0).getShape().get(0) / members;
        boolean depthwise = plainGroups > 1 && plainGroups == inputs.getWidth();
        outputs = depthwise ? depthwise(units, width) : Slices.spread(members, units, width);
        return List.of(outputs);
    }

    /** Each output of a depthwise layer belongs to an input. */
    private Slices depthwise(long units, long width) {
        int multiplier = Math.toIntExact(units / inputs.getWidth());
        int[][] places = new int[form.getMembers()][Math.toIntExact(width)];
        for (int m = 0; m < places.length; m++) {
            int[] own = inputs.of(m);
            if (width != (long) own.length * multiplier) {
                throw new IllegalArgumentException(
                        "it has one group for each channel and writes the output, so that members,"
                                + " which have fewer channels, have other outputs than the model's");
            }
            for (int j = 0; j < width; j++) {
                places[m][j] = own[j / multiplier] * multiplier + j % multiplier;
            }
        }
        return Slices.of(units, places);
    }

    /** Members of the model's widths, of which nothing has to be cut. */
    private boolean isWhole() {
        boolean grouped = groups != plainGroups;
        return !grouped && (inputs == null || inputs.isWhole() && outputs.isWhole());
    }

    private Cut cut() {
        return new Cut(outputs, inputs, plainGroups, groups, true);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        int members = form.getMembers();
        if (isWhole()) {
            return baseValues(i -> plain.stack(i, members));
        }
        return baseValues(
                i -> {
                    Shape shape = getParameters().get(i).getShape();
                    Cut cut = i == 0 ? cut() : Cut.ofVector(outputs);
                    return cut.from(plain, i, members, shape);
                });
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        int members = form.getMembers();
        NDArray weight = Members.block(weight(values), members, member);
        NDArray all = bias(values);
        NDArray bias = all == null ? null : Members.block(all, members, member);
        if (isWhole()) {
            return plain(weight, bias);
        }
        return plain(
                cut().put(weight, member, 0),
                bias == null ? null : Cut.ofVector(outputs).put(bias, member, 0));
    }
}
