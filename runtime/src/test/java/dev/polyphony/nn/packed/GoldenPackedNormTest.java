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
import dev.polyphony.nn.layer.EnsembleLayerNorm;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Layer normalisation of each member's features. */
class GoldenPackedNormTest {

    @TestFactory
    Stream<DynamicTest> normalisesMembersApart() {
        return GoldenSet.tests(GoldenPackedNormTest::check, GoldenKind.PACKED_LAYER_NORM);
    }

    private static void check(GoldenCase golden) {
        golden.getSettings().ignore("embed_dim", "alpha");
        int members = golden.getSettings().getInt("num_estimators");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = golden.toArray(manager, "x");
            int last = x.getShape().dimension() - 1;
            NDArray rows = Layout.fromChannels(x, members, last);
            boolean affine = golden.getSettings().getBoolean("affine", true);
            GoldenLayer layer =
                    new GoldenLayer(
                                    manager,
                                    EnsembleLayerNorm.builder(PackedForm.of(members))
                                            .axis(last)
                                            .optEpsilon(
                                                    (float) golden.getSettings().getDouble("eps"))
                                            .optScale(affine)
                                            .optCenter(affine)
                                            .build(),
                                    Role.HIDDEN,
                                    new Shape(1).addAll(rows.getShape().slice(1)),
                                    rows.getShape())
                            .set("gamma", golden, "weight")
                            .set("beta", golden, "bias");
            golden.check("y", Layout.toChannels(layer.apply(rows, members), members, last));
        }
    }
}
