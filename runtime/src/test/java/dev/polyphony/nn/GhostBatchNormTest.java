/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleGhostBatchNorm;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.packed.PackedForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Normalisation over virtual batches, against DJL's normalisation of each. */
class GhostBatchNormTest {

    private static final int FEATURES = 4;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void isDjlsWithOneVirtualBatch() {
        Block plain = GhostBatchNorm.builder().optVirtualBatchSize(8).optMomentum(0.7f).build();
        plain.initialize(manager, DataType.FLOAT32, new Shape(1, FEATURES));
        NDArray x = manager.randomNormal(new Shape(6, FEATURES));
        for (boolean training : new boolean[] {true, false}) {
            Ensemble ensemble = ensemble(PackedForm.of(1), 8);
            NDArray expected = run(plain, x, training);
            if (!training) {
                copyStatistics(plain, ensemble);
            }
            assertClose(expected.expandDims(1), run(ensemble, x, training));
        }
    }

    @Test
    void normalisesVirtualBatchesOfEachMembersExamples() {
        // 7 examples in virtual batches of at most 3: 2, 2 and 3
        int[] ends = {2, 4, 7};
        Ensemble ensemble = ensemble(PackedForm.of(3), 3);
        NDArray x = manager.randomNormal(new Shape(7, 3, FEATURES));
        NDArray y = run(ensemble, x, true);
        for (int m = 0; m < 3; m++) {
            Block plain = BatchNorm.builder().optMomentum(0.7f).build();
            plain.initialize(manager, DataType.FLOAT32, new Shape(1, FEATURES));
            NDList parts = new NDList();
            for (int i = 0, start = 0; i < ends.length; start = ends[i++]) {
                NDArray part = x.get(new NDIndex("{}:{}, {}", start, ends[i], m));
                parts.add(run(plain, part, true));
            }
            assertClose(NDArrays.concat(parts), y.get(new NDIndex(":, {}", m)));
            NDArray mean = statistics(ensemble, "runningMean").reshape(3, FEATURES).get(m);
            assertClose(plain.getDirectParameters().get("runningMean").getArray(), mean);
        }
    }

    @Test
    void sharesVirtualBatchesWhereMembersShareNormalisation() {
        Ensemble ensemble = ensemble(BatchEnsembleForm.of(2), 2);
        NDArray x = manager.randomNormal(new Shape(4, 2, FEATURES));
        NDArray y = run(ensemble, x, true);
        Block plain = BatchNorm.builder().optMomentum(0.7f).build();
        plain.initialize(manager, DataType.FLOAT32, new Shape(1, FEATURES));
        NDArray first = run(plain, x.get(":2").reshape(4, FEATURES), true);
        NDArray second = run(plain, x.get("2:").reshape(4, FEATURES), true);
        NDArray expected = NDArrays.concat(new NDList(first, second)).reshape(4, 2, FEATURES);
        assertClose(expected, y);
    }

    /** A linear layer that changes nothing, and the normalisation. */
    private Ensemble ensemble(Form form, int virtualBatchSize) {
        EnsembleLayer linear = (EnsembleLayer) LayerKit.of(form).linear(FEATURES);
        Block norm =
                EnsembleGhostBatchNorm.builder(form)
                        .optMomentum(0.7f)
                        .optVirtualBatchSize(virtualBatchSize)
                        .build();
        Ensemble ensemble =
                new TestModels.TestEnsemble(form, new SequentialBlock().add(linear).add(norm));
        ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, FEATURES));
        for (Parameter parameter : linear.getDirectParameters().values()) {
            Shape shape = parameter.getShape();
            NDArray value =
                    switch (parameter.getName()) {
                        case "weight" -> identities(shape.get(0) / FEATURES);
                        case "bias" -> manager.zeros(shape);
                        default -> manager.ones(shape);
                    };
            value.copyTo(parameter.getArray());
        }
        return ensemble;
    }

    private NDArray identities(long copies) {
        NDList identities = new NDList();
        for (int i = 0; i < copies; i++) {
            identities.add(manager.eye(FEATURES));
        }
        return NDArrays.concat(identities);
    }

    private static NDArray statistics(Ensemble ensemble, String name) {
        return ensemble.getLayers().get(1).getDirectParameters().get(name).getArray();
    }

    private static void copyStatistics(Block plain, Ensemble ensemble) {
        for (Parameter parameter : plain.getDirectParameters().values()) {
            parameter.getArray().copyTo(statistics(ensemble, parameter.getName()));
        }
    }

    private NDArray run(Block block, NDArray x, boolean training) {
        ParameterStore store = new ParameterStore(manager, false);
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(difference < 1e-5, () -> "differs by " + difference);
    }
}
