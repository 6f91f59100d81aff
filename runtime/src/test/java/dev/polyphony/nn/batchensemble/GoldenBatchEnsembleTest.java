/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.FastWeightForm;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.golden.Difference;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenLayer;
import dev.polyphony.golden.GoldenLayers;
import dev.polyphony.golden.GoldenNetwork;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.Layout;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLinear;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** BatchEnsemble's layers and networks, multiplicative and additive. */
class GoldenBatchEnsembleTest {

    @TestFactory
    Stream<DynamicTest> layers() {
        return GoldenSet.tests(
                GoldenBatchEnsembleTest::checkLayer, GoldenKind.BATCH_ENSEMBLE_LAYER);
    }

    @TestFactory
    Stream<DynamicTest> networks() {
        return GoldenSet.tests(GoldenBatchEnsembleTest::checkMlp, GoldenKind.BATCH_ENSEMBLE_MLP);
    }

    @TestFactory
    Stream<DynamicTest> additive() {
        return GoldenSet.tests(
                GoldenBatchEnsembleTest::checkAdditive, GoldenKind.BATCH_ENSEMBLE_ADDITIVE);
    }

    private static void checkLayer(GoldenCase golden) {
        int members = golden.getSettings().getInt("num_estimators");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = golden.toArray(manager, "x");
            int rows = (int) x.getShape().get(0);
            boolean even = rows % members == 0;
            // of a batch that members do not divide, each member gets all, and its own rows are
            // taken
            NDArray given = even ? Layout.fromMemberRows(x, members) : Layout.shared(x, members);
            Shape base = new Shape(1).addAll(x.getShape().slice(1));
            GoldenLayer layer =
                    new GoldenLayer(
                                    manager,
                                    GoldenLayers.of(golden, BatchEnsembleForm.of(members)),
                                    Role.HIDDEN,
                                    base,
                                    given.getShape())
                            .set("weight", golden, "weight")
                            .set("bias", golden, "bias")
                            .set("r", golden, "r_group")
                            .set("s", golden, "s_group");
            NDArray y = layer.apply(given, members);
            golden.check("y", even ? Layout.toMemberRows(y, members) : pick(y, rows, members));
            if (!even) {
                golden.note(Difference.BATCH_REMAINDER, "y");
            }
        }
    }

    /** Row {@code i} as the reference's member for it answers: those left over go to the first. */
    private static NDArray pick(NDArray y, int rows, int members) {
        int each = rows / members;
        long[] own =
                IntStream.range(0, rows)
                        .mapToLong(
                                i -> {
                                    int place = i < each * members ? i : i - each * members;
                                    return (long) i * members + place / each;
                                })
                        .toArray();
        return y.get(new NDIndex("{}", y.getManager().create(own)));
    }

    private static void checkMlp(GoldenCase golden) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = golden.toArray(manager, "x");
            GoldenNetwork network = GoldenNetwork.of(golden);
            network.load(manager, x.getShape().slice(1), "");
            NDArray logits = network.predict(x);
            golden.check("logits", logits.transpose(1, 0, 2));
            golden.check("mean_probs", flat(predictions(logits).getProbabilities()));
        }
    }

    private static void checkAdditive(GoldenCase golden) {
        int members = golden.getSettings().getInt("m");
        Form form = BatchEnsembleForm.of(members).form(FastWeightForm.ADDITIVE);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x2 = golden.toArray(manager, "x2");
            NDArray x3 = golden.toArray(manager, "x3");
            Shape base = new Shape(1).addAll(x2.getShape().slice(1));
            NDArray shared = Layout.shared(x2, members);
            GoldenLayer layer =
                    new GoldenLayer(
                                    manager,
                                    EnsembleLinear.builder(form)
                                            .setUnits(golden.getShape("layer.W")[0])
                                            .build(),
                                    Role.HIDDEN,
                                    base,
                                    shared.getShape())
                            .set("weight", golden, "layer.W")
                            .set("bias", golden, "layer.b")
                            .set("r", golden, "layer.r")
                            .set("s", golden, "layer.s");
            golden.check("layer_y2", layer.apply(shared, members));
            golden.check("layer_y3", layer.apply(x3.reshape(shared.getShape()), members));

            GoldenNetwork network = GoldenNetwork.of(golden);
            network.load(manager, x2.getShape().slice(1), "");
            NDArray logits = network.predict(x2);
            golden.check("net_logits", logits);
            Predictions predictions = predictions(logits);
            golden.check(
                    "net_member_probs",
                    Arrays.stream(predictions.getMemberProbabilities())
                            .flatMapToDouble(rows -> Arrays.stream(flat(rows)))
                            .toArray());
            golden.check("net_mean_probs", flat(predictions.getProbabilities()));
        }
    }

    private static Predictions predictions(NDArray logits) {
        return Predictions.of(
                logits.toFloatArray(),
                (int) logits.getShape().get(1),
                (int) logits.getShape().get(2),
                Aggregation.PROBABILITIES);
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
