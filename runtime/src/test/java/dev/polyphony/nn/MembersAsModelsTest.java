/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each member of an isolating form is a plain model with weights of its own. Takes them out by the
 * formulas of the papers, puts them into the base model, and compares the answers.
 */
class MembersAsModelsTest {

    private static final int M = 3;

    static Stream<Arguments> pairs() {
        return Stream.<TestModel[]>of(TestModels.values(), LayerCase.values())
                .flatMap(Stream::of)
                .flatMap(
                        model ->
                                Stream.of(
                                                PackedForm.of(M).alpha(M),
                                                BatchEnsembleForm.of(M),
                                                BatchEnsembleForm.of(M)
                                                        .form(FastWeightForm.ADDITIVE),
                                                MasksemblesForm.of(M),
                                                SubEnsembleForm.of(M))
                                        .map(form -> Arguments.of(model, form)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void answersAsItsOwnModel(TestModel model, Form form) {
        Engine.getInstance().setRandomSeed(11);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = model.newEnsemble(form);
            ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
            randomize(ensemble, manager);
            Shape shape = new Shape(2, M).addAll(model.getInput().slice(1));
            NDArray x = model.newExamples(manager, shape);
            NDArray answers = predict(ensemble, x);
            List<Block> layers = leaves(ensemble);
            for (int m = 0; m < M; m++) {
                Block base = model.newBase();
                base.initialize(manager, DataType.FLOAT32, model.getInput());
                List<Block> plain = leaves(base);
                for (int i = 0; i < plain.size(); i++) {
                    copy(layers.get(i), plain.get(i), m, form);
                }
                NDIndex member = new NDIndex(":, {}", m);
                NDArray expected = predict(base, x.get(member));
                float difference = expected.sub(answers.get(member)).abs().max().getFloat();
                float scale = 1 + expected.abs().max().getFloat();
                int number = m;
                assertTrue(
                        difference < 2e-5 * scale,
                        () -> "member " + number + " differs by " + difference);
            }
        }
    }

    /** Defaults of norms and biases, 1 and 0, would test nothing. */
    static void randomize(Ensemble ensemble, NDManager manager) {
        for (Parameter parameter : ensemble.getParameters().values()) {
            if (parameter.getType() != Parameter.Type.WEIGHT
                    && parameter.getType() != Parameter.Type.OTHER) {
                manager.randomUniform(0.5f, 1.5f, parameter.getShape())
                        .copyTo(parameter.getArray());
            }
        }
    }

    static void copy(Block layer, Block plain, int m, Form form) {
        for (Parameter target : plain.getDirectParameters().values()) {
            NDArray source = array(layer, target.getName());
            Shape shape = target.getShape();
            NDArray own = source;
            if (!source.getShape().equals(shape)) {
                // a block of rows, or a row, for each member
                own = source.reshape(new Shape(M).addAll(shape)).get(m);
            }
            if (target.getType() == Parameter.Type.WEIGHT) {
                own = memberWeight(layer, target.getName(), own, m, form);
            }
            own.copyTo(target.getArray());
        }
    }

    private static NDArray memberWeight(
            Block layer, String name, NDArray weight, int m, Form form) {
        if (form instanceof MasksemblesForm && isMasked(layer, name)) {
            return weight.mul(columns(array(layer, "mask").get(m), weight));
        }
        if (form instanceof BatchEnsembleForm batch) {
            // an embedding is the transposed weight of a linear map of one-hot vectors
            boolean lookup = name.equals("embedding");
            String prefix = name.endsWith("WEIGHT") ? name + "_" : "";
            long units = weight.getShape().get(0);
            NDArray rows = array(layer, prefix + (lookup ? "r" : "s")).get(m).reshape(units, 1);
            NDArray r = columns(array(layer, prefix + (lookup ? "s" : "r")).get(m), weight);
            long[] ones = new long[weight.getShape().dimension()];
            java.util.Arrays.fill(ones, 1);
            ones[0] = units;
            NDArray product = rows.reshape(ones).mul(r);
            return batch.getForm() == FastWeightForm.ADDITIVE
                    ? weight.add(product)
                    : weight.mul(product);
        }
        return weight;
    }

    /** Features are masked where they enter a layer, ids and states are not. */
    private static boolean isMasked(Block layer, String name) {
        return layer.getDirectParameters().contains("mask")
                && (name.equals("weight") || name.contains("0_i2h"));
    }

    /** A vector over all inputs, for each output the part that its group reads, over the kernel. */
    private static NDArray columns(NDArray vector, NDArray weight) {
        Shape shape = weight.getShape();
        long inputs = shape.get(1);
        long groups = vector.getShape().get(0) / inputs;
        NDArray rows = vector.reshape(groups, inputs).repeat(0, shape.get(0) / groups);
        long[] dims = new long[shape.dimension()];
        java.util.Arrays.fill(dims, 1);
        dims[0] = shape.get(0);
        dims[1] = inputs;
        return rows.reshape(dims).mul(NDArrays.add(weight.mul(0), weight.onesLike()));
    }

    private static NDArray array(Block block, String parameter) {
        return block.getDirectParameters().get(parameter).getArray();
    }

    static List<Block> leaves(Block block) {
        List<Block> leaves = new ArrayList<>();
        if (!block.getDirectParameters().isEmpty()) {
            leaves.add(block);
        }
        block.getChildren().values().forEach(child -> leaves.addAll(leaves(child)));
        return leaves;
    }

    private static NDArray predict(Block block, NDArray x) {
        NDManager manager = x.getManager();
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
