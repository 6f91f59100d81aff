/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBlock;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters that users' own blocks hold beside their layers. */
class OwnParametersTest {

    private static final Shape INPUT = new Shape(1, 12);
    private static final int M = 3;

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(9);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** A matrix of its own, which changes the width, and a shift. */
    private static final class Projection extends AbstractBlock {

        private final long units;
        private final Parameter matrix;
        private final Parameter shift;

        Projection(long units) {
            this.units = units;
            matrix = own("matrix");
            shift = own("shift");
        }

        private Parameter own(String name) {
            return addParameter(
                    Parameter.builder()
                            .setName(name)
                            .setType(Parameter.Type.WEIGHT)
                            .optInitializer(new NormalInitializer(0.5f))
                            .build());
        }

        @Override
        protected void prepare(Shape[] inputs) {
            matrix.setShape(new Shape(inputs[0].get(1), units));
            shift.setShape(new Shape(units));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray x = inputs.singletonOrThrow();
            NDArray y = x.matMul(ps.getValue(matrix, x.getDevice(), training));
            return new NDList(y.add(ps.getValue(shift, x.getDevice(), training)));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), units)};
        }
    }

    /** As a generated network. */
    private static final class Net extends SequentialBlock {

        Net(LayerKit kit, Supplier<Block> projection) {
            add(kit.linear(16));
            add(projection.get());
            add(kit.linear(5));
        }
    }

    static Stream<Form> sharing() {
        return Stream.of(
                MimoForm.of(M),
                MixMoForm.of(M).method(MixMethod.LINEAR),
                BatchEnsembleForm.of(M),
                MasksemblesForm.of(M),
                SubEnsembleForm.of(M));
    }

    static Stream<Form> singles() {
        return Stream.of(PackedForm.of(1), MimoForm.of(1), BatchEnsembleForm.of(1));
    }

    @ParameterizedTest
    @MethodSource("sharing")
    void areSharedByAllMembers(Form form) {
        Ensemble ensemble = initialized(form, () -> new Projection(14));
        assertEquals(new Shape(4, M, 5), predict(ensemble, 4).getShape());
        assertEquals(1, count(ensemble, "matrix", new Shape(16, 14)));
        assertEquals(form.isolatesMembers(), LeakMatrix.of(ensemble, manager).isIdentity());
    }

    @Test
    void areHadOnceForEachMemberWherePacked() {
        Form form = PackedForm.of(M).alpha(M);
        Ensemble ensemble = initialized(form, replicated(form));
        assertEquals(M, count(ensemble, "matrix", new Shape(16, 14)));
        assertTrue(LeakMatrix.of(ensemble, manager).isIdentity());
        NDArray x = manager.randomNormal(new Shape(4, M, 12));
        NDArray y = run(ensemble, x);
        List<Parameter> all = ensemble.getParameters().values();
        for (int m = 0; m < M; m++) {
            Block base = new Net(LayerKit.base(), () -> new Projection(14));
            base.initialize(manager, DataType.FLOAT32, INPUT);
            for (Parameter target : base.getParameters().values()) {
                ofMember(all, target, m).copyTo(target.getArray());
            }
            NDIndex member = new NDIndex(":, {}", m);
            NDArray expected = run(base, x.get(member));
            assertTrue(expected.sub(y.get(member)).abs().max().getFloat() < 1e-5);
        }
        // members of half the width have the matrices that fit them
        Form narrow = PackedForm.of(2).alpha(1);
        assertEquals(2, count(initialized(narrow, replicated(narrow)), "matrix", new Shape(8, 14)));
    }

    /** The block of a stacked parameter, or the one of the members' parameters. */
    private static NDArray ofMember(List<Parameter> all, Parameter target, int m) {
        List<Parameter> same =
                all.stream()
                        .filter(p -> p.getName().equals(target.getName()))
                        .filter(p -> p.getShape().size() % target.getShape().size() == 0)
                        .filter(p -> p.getShape().dimension() == target.getShape().dimension())
                        .filter(p -> p.getShape().size() <= M * target.getShape().size())
                        .toList();
        return target.getName().equals("matrix") || target.getName().equals("shift")
                ? same.get(m).getArray()
                : same.get(0).getArray().reshape(new Shape(M).addAll(target.getShape())).get(m);
    }

    @ParameterizedTest
    @MethodSource("singles")
    void areTheModelsWithOneMember(Form form) {
        for (Supplier<Block> own : List.of(replicated(form), () -> new Projection(14))) {
            Ensemble ensemble = initialized(form, own);
            Block base = new Net(LayerKit.base(), () -> new Projection(14));
            base.initialize(manager, DataType.FLOAT32, INPUT);
            List<Parameter> from = base.getParameters().values();
            List<Parameter> to = ensemble.getParameters().values();
            assertEquals(from.size(), to.size());
            for (int i = 0; i < from.size(); i++) {
                assertEquals(from.get(i).getName(), to.get(i).getName());
                from.get(i).getArray().copyTo(to.get(i).getArray());
            }
            NDArray x = manager.randomNormal(new Shape(4, 12));
            assertEquals(run(base, x).expandDims(1), run(ensemble, x));
        }
    }

    @Test
    void areSavedLoadedAndTrained() throws Exception {
        for (Form form : List.of(MimoForm.of(M), PackedForm.of(M))) {
            Supplier<Block> own =
                    form instanceof PackedForm ? replicated(form) : () -> new Projection(14);
            Ensemble saved = initialized(form, own);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            saved.saveParameters(new DataOutputStream(bytes));
            Ensemble loaded = network(form, own);
            loaded.loadParameters(
                    manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            NDArray x = manager.randomNormal(new Shape(4, 12));
            assertEquals(run(saved, x), run(loaded, x));
            loaded.initialize(manager, DataType.FLOAT32, INPUT);
            for (Parameter parameter : loaded.getParameters().values()) {
                assertTrue(parameter.getArray().hasGradient(), parameter.getName());
            }
        }
    }

    @Test
    void cannotBeSharedWherePacked() {
        Ensemble ensemble = network(PackedForm.of(2), () -> new Projection(14));
        refuse(ensemble, "and make it by EnsembleBlock.of");
    }

    @Test
    void areRefusedInBlocksFromOutside() {
        Form form = MimoForm.of(2);
        Block foreign = LayerKit.base().linear(8);
        refuse(network(form, () -> foreign), "Build it from layers inside the annotated class");
    }

    @Test
    void refusesToRepeatLayersThatServeAllMembers() {
        Form form = PackedForm.of(2);
        Supplier<Block> layers =
                () -> new SequentialBlock().add(LayerKit.of(form).linear(8)).add(new Projection(4));
        String message =
                assertThrows(IllegalArgumentException.class, () -> EnsembleBlock.of(form, layers))
                        .getMessage();
        assertTrue(message.contains("block class without layers"), message);
    }

    private void refuse(Ensemble ensemble, String reason) {
        String message =
                assertThrows(
                                UnsupportedModelException.class,
                                () -> ensemble.initialize(manager, DataType.FLOAT32, INPUT))
                        .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static Supplier<Block> replicated(Form form) {
        return () -> EnsembleBlock.of(form, () -> new Projection(14));
    }

    private static Ensemble network(Form form, Supplier<Block> own) {
        return new TestModels.TestEnsemble(form, new Net(LayerKit.of(form), own));
    }

    private Ensemble initialized(Form form, Supplier<Block> own) {
        Ensemble ensemble = network(form, own);
        ensemble.initialize(manager, DataType.FLOAT32, INPUT);
        return ensemble;
    }

    private static long count(Ensemble ensemble, String name, Shape shape) {
        return ensemble.getParameters().values().stream()
                .filter(p -> p.getName().equals(name) && p.getShape().equals(shape))
                .count();
    }

    private NDArray predict(Ensemble ensemble, int examples) {
        return run(ensemble, manager.randomNormal(new Shape(examples, 12)));
    }

    private NDArray run(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
