/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenLayer;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.Layout;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLinear;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Multi-head attention as a user writes it between linear layers: it works on rows, and a row
 * belongs to one member. The reference mixes the members where two of the three inputs are one
 * array; its values for equal arrays are those to match.
 */
class GoldenPackedAttentionTest {

    @TestFactory
    Stream<DynamicTest> attendsForEachMember() {
        return GoldenSet.tests(GoldenPackedAttentionTest::check, GoldenKind.PACKED_ATTENTION);
    }

    private static void check(GoldenCase golden) {
        golden.getSettings().require("add_bias_kv", false);
        golden.getSettings().require("add_zero_attn", false);
        golden.getSettings().require("dropout", 0);
        // the arrays of weights show them
        golden.getSettings().ignore("kdim", "vdim");
        try (NDManager manager = NDManager.newBaseManager()) {
            Attention attention = new Attention(golden, manager);
            for (String name : golden.getOutputs()) {
                NDArray y =
                        switch (name) {
                            case "y" -> attention.apply("query", "key", "value");
                            case "y_self_correct" -> attention.apply("query", "query", "query");
                            case "y_encdec_correct" -> attention.apply("query", "key", "key");
                            default -> throw new AssertionError(golden.getId() + ": " + name);
                        };
                golden.check(name, y);
            }
        }
    }

    /** The block, with the parameters of the case. */
    private static final class Attention {

        private final GoldenCase golden;
        private final NDManager manager;
        private final int members;
        private final int heads;
        private final GoldenLayer[] projections = new GoldenLayer[3];
        private final GoldenLayer output;

        Attention(GoldenCase golden, NDManager manager) {
            this.golden = golden;
            this.manager = manager;
            members = golden.getSettings().getInt("num_estimators");
            // the reference's heads are those of one group
            heads =
                    golden.getSettings().getInt("num_heads")
                            * golden.getSettings().getInt("gamma", 1);
            String[] inputs = {"query", "key", "value"};
            for (int i = 0; i < 3; i++) {
                projections[i] = layer(Role.HIDDEN, rows(inputs[i]).getShape());
                String own = inputs[i].charAt(0) + "_proj_weight";
                double[] weight = golden.has(own) ? golden.get(own) : third(i);
                projections[i].set("weight", weight);
                if (golden.has("in_proj_bias")) {
                    double[] bias = golden.get("in_proj_bias");
                    int width = bias.length / 3;
                    double[] part = Arrays.copyOfRange(bias, i * width, (i + 1) * width);
                    projections[i].set("bias", part);
                }
            }
            Role role = golden.getSettings().getBoolean("last", false) ? Role.OUTPUT : Role.HIDDEN;
            output =
                    layer(role, rows("query").getShape())
                            .set("weight", golden, "out_proj_weight")
                            .set("bias", golden, "out_proj_bias");
        }

        private GoldenLayer layer(Role role, Shape input) {
            PackedForm form =
                    PackedForm.of(members)
                            .alpha(golden.getSettings().getDouble("alpha"))
                            .gamma(golden.getSettings().getInt("gamma", 1));
            return new GoldenLayer(
                    manager,
                    EnsembleLinear.builder(form)
                            .setUnits(golden.getSettings().getInt("embed_dim"))
                            .optBias(golden.getSettings().getBoolean("bias", true))
                            .build(),
                    role,
                    input,
                    input);
        }

        /** The weight of one projection: each group holds the rows of all three. */
        private double[] third(int part) {
            double[] all = golden.get("in_proj_weight");
            int groups = golden.getShape("in_proj_weight")[0];
            int size = all.length / groups / 3;
            double[] third = new double[groups * size];
            for (int g = 0; g < groups; g++) {
                System.arraycopy(all, (3 * g + part) * size, third, g * size, size);
            }
            return third;
        }

        private NDArray rows(String input) {
            NDArray x = golden.toArray(manager, input);
            return Layout.fromChannels(
                    golden.getSettings().getBoolean("batch_first", true) ? x : x.swapAxes(0, 1),
                    members,
                    2);
        }

        NDArray apply(String query, String key, String value) {
            NDArray q = heads(projections[0].apply(rows(query), members));
            NDArray k = heads(projections[1].apply(rows(key), members));
            NDArray v = heads(projections[2].apply(rows(value), members));
            double size = Math.sqrt(q.getShape().get(3));
            NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).div(size);
            NDArray mixed = masked(scores).softmax(-1).matMul(v).transpose(0, 2, 1, 3);
            Shape shape = mixed.getShape();
            NDArray y =
                    output.apply(
                            mixed.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3)),
                            members);
            NDArray answer =
                    golden.getSettings().getBoolean("last", false)
                            ? Layout.toMemberRows(y, members)
                            : Layout.toChannels(y, members, 2);
            return golden.getSettings().getBoolean("batch_first", true)
                    ? answer
                    : answer.swapAxes(0, 1);
        }

        /** {@code [rows, length, width]} to {@code [rows, heads, length, width / heads]}. */
        private NDArray heads(NDArray x) {
            Shape shape = x.getShape();
            return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads)
                    .transpose(0, 2, 1, 3);
        }

        private NDArray masked(NDArray scores) {
            NDArray masked = scores;
            if (golden.has("attn_mask")) {
                masked = masked.add(golden.toArray(manager, "attn_mask").mul(-1e9f));
            }
            if (golden.has("attn_mask_float")) {
                masked = masked.add(golden.toArray(manager, "attn_mask_float"));
            }
            if (golden.has("key_padding_mask")) {
                NDArray padding =
                        Layout.shared(golden.toArray(manager, "key_padding_mask"), members);
                masked = masked.add(padding.expandDims(1).expandDims(1).mul(-1e9f));
            }
            return masked;
        }
    }
}
