/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenLayer;
import dev.polyphony.golden.GoldenLayers;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.Layout;
import dev.polyphony.nn.form.Role;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Packed linear layers and convolutions that read the input, are hidden, or write the output. */
class GoldenPackedLayerTest {

    @TestFactory
    Stream<DynamicTest> layers() {
        return GoldenSet.tests(
                GoldenPackedLayerTest::check,
                GoldenKind.PACKED_LINEAR,
                GoldenKind.PACKED_CONVOLUTION);
    }

    private static void check(GoldenCase golden) {
        boolean convolution = GoldenLayers.isConvolution(golden);
        String unit = convolution ? "channels" : "features";
        Sizes sizes =
                new Sizes(
                        golden.getSettings().getInt("in_" + unit),
                        golden.getSettings().getInt("out_" + unit),
                        golden.getSettings().getInt("num_estimators"),
                        golden.getSettings().getDouble("alpha"),
                        golden.getSettings().getInt("gamma", 1),
                        golden.getSettings().getInt("groups", 1),
                        golden.getSettings().getInt("minimum_channels_per_group", 64),
                        golden.getSettings().getBoolean("first", false),
                        golden.getSettings().getBoolean("last", false),
                        convolution);
        double[] theirs = golden.get("derived");
        double[] ours = sizes.derive();
        sizes.requireRule(ours);
        boolean equal = Arrays.equals(ours, theirs);
        golden.checkWhere("derived", i -> equal, ours);
        golden.confirm("derived", Arrays.copyOf(sizes.reference(), 3));
        assertTrue(equal || sizes.mayDiffer(), () -> golden.getId() + Arrays.toString(ours));
        try (NDManager manager = NDManager.newBaseManager()) {
            golden.check(
                    "y",
                    sizes.members() == 1
                            ? plain(golden, theirs, manager)
                            : output(golden, sizes, equal, manager));
        }
    }

    /** One member is the plain layer: here, that of the reference's width. */
    private static NDArray plain(GoldenCase golden, double[] theirs, NDManager manager) {
        NDArray x = golden.toArray(manager, "x");
        int groups = (int) theirs[2];
        int units = (int) theirs[1];
        GoldenLayer layer =
                new GoldenLayer(
                        manager,
                        GoldenLayers.of(golden, PackedForm.of(1), groups, units),
                        Role.HIDDEN,
                        new Shape(1).addAll(x.getShape().slice(1)),
                        x.getShape());
        double[] weight = golden.get("weight");
        boolean convolution = GoldenLayers.isConvolution(golden);
        return layer.set("weight", convolution ? weight : dense(weight, groups, units))
                .set("bias", golden, "bias")
                .apply(x, 1);
    }

    /** The matrix of a grouped map: the groups' own along the diagonal. */
    private static double[] dense(double[] weight, int groups, int units) {
        int inputs = weight.length / units;
        double[] dense = new double[weight.length * groups];
        for (int i = 0; i < weight.length; i++) {
            int unit = i / inputs;
            int group = unit / (units / groups);
            dense[(unit * groups + group) * inputs + i % inputs] = weight[i];
        }
        return dense;
    }

    /** The output, cut to the reference's width where ours is another. */
    private static NDArray output(
            GoldenCase golden, Sizes sizes, boolean equal, NDManager manager) {
        int members = sizes.members();
        int groups = (int) golden.get("derived")[2];
        int own = sizes.first() ? 1 : sizes.groups();
        PackedForm form =
                equal
                        ? sizes.form()
                        // with the groups that the reference gets
                        : PackedForm.of(members)
                                .alpha(sizes.alpha())
                                .gamma(sizes.first() ? 1 : groups / members / own)
                                .minChannelsPerGroup(1);
        NDArray x = golden.toArray(manager, "x");
        int axis = sizes.convolution() ? 1 : x.getShape().dimension() - 1;
        NDArray rows =
                sizes.first() ? Layout.shared(x, members) : Layout.fromChannels(x, members, axis);
        GoldenLayer layer =
                new GoldenLayer(
                        manager,
                        GoldenLayers.of(golden, form, own),
                        sizes.role(),
                        base(x.getShape(), axis, sizes.in()),
                        rows.getShape());
        for (String name : new String[] {"weight", "bias"}) {
            if (golden.has(name)) {
                int all = (int) layer.get(name).getShape().size();
                layer.set(name, padded(golden.get(name), groups, all));
            }
        }
        NDArray y = layer.apply(rows, members);
        return sizes.last()
                ? Layout.toMemberRows(y, members)
                : cut(
                        Layout.toChannels(y, members, axis),
                        groups,
                        axis,
                        golden.getShape("y")[axis]);
    }

    private static Shape base(Shape x, int axis, int channels) {
        long[] dims = x.getShape().clone();
        dims[0] = 1;
        dims[axis] = channels;
        return new Shape(dims);
    }

    /** Each group's values, then zeros. */
    private static double[] padded(double[] values, int groups, int all) {
        double[] padded = new double[all];
        for (int g = 0; g < groups; g++) {
            int size = values.length / groups;
            System.arraycopy(values, g * size, padded, g * (all / groups), size);
        }
        return padded;
    }

    /** The first channels of each group. */
    private static NDArray cut(NDArray y, int groups, int axis, int channels) {
        Shape shape = y.getShape();
        Shape apart =
                shape.slice(0, axis)
                        .add(groups, shape.get(axis) / groups)
                        .addAll(shape.slice(axis + 1));
        StringBuilder index = new StringBuilder();
        for (int i = 0; i <= axis; i++) {
            index.append(":,");
        }
        return y.reshape(apart)
                .get(new NDIndex(index + ":" + channels / groups))
                .reshape(shape.slice(0, axis).add(channels).addAll(shape.slice(axis + 1)));
    }
}
