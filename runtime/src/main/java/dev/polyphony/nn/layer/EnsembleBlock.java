/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Slices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A block of the user's own that has parameters: one for each member, side by side, where the form
 * repeats parameters of the model's own, else one for all rows. Its first axis is that of the
 * examples, in inputs and outputs.
 */
public final class EnsembleBlock extends EnsembleLayer {

    private final Supplier<? extends Block> supplier;
    private final List<Block> blocks = new ArrayList<>();
    private List<Shape> baseParameters;
    private Shape[] memberInputs;
    private Slices slices;

    private EnsembleBlock(Form form, Supplier<? extends Block> supplier) {
        super(form);
        this.supplier = supplier;
        int copies = form.repeatsOwnParameters() ? form.getMembers() : 1;
        for (int m = 0; m < copies; m++) {
            Block block = supplier.get();
            requireOwn(block, block);
            requireApart(block);
            blocks.add(addChildBlock("member", block));
        }
    }

    /**
     * Creates a block for all members.
     *
     * @param form the form of the ensemble
     * @param supplier makes the block; called several times
     * @return the block
     * @throws IllegalArgumentException if there are ensemble layers in the block: they serve all
     *     members already; or if two blocks of the supplier's share a parameter
     */
    public static EnsembleBlock of(Form form, Supplier<? extends Block> supplier) {
        return new EnsembleBlock(form, supplier);
    }

    private static void requireOwn(Block whole, Block part) {
        if (part instanceof EnsembleLayer layer) {
            throw new IllegalArgumentException(
                    whole.getClass().getSimpleName()
                            + " has parameters of its own and is made of layers, as "
                            + layer.getBaseName()
                            + ": move its parameters, with the code that uses them, to a block"
                            + " class without layers");
        }
        part.getChildren().values().forEach(child -> requireOwn(whole, child));
    }

    private void requireApart(Block block) {
        for (Parameter parameter : block.getParameters().values()) {
            if (blocks.stream().anyMatch(other -> holds(other, parameter))) {
                throw new IllegalArgumentException(
                        "The supplier gives all members the same parameter '%s' of %s: let it make a new block each time, and the block its parameters"
                                .formatted(parameter.getName(), block.getClass().getSimpleName()));
            }
        }
    }

    private static boolean holds(Block block, Parameter parameter) {
        return block.getParameters().values().stream().anyMatch(own -> own == parameter);
    }

    /** {@inheritDoc} */
    @Override
    public String getBaseName() {
        return blocks.get(0).getClass().getSimpleName();
    }

    /** {@inheritDoc} */
    @Override
    public boolean mixesFeatures() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public boolean isCountable() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public long getBaseParameterCount(Shape input) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return fresh(manager, input).getParameters().values().stream()
                    .filter(Parameter::requiresGradient)
                    .mapToLong(parameter -> parameter.getShape().size())
                    .sum();
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasFeatureAxis() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public int getFeatureAxis(Shape input) {
        return input.dimension() - 1;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getBaseOutputShapes(Shape... inputs) {
        return blocks.get(0).getOutputShapes(inputs);
    }

    /** Runs a block that is no member's: it is the user's code that tells what it gives. */
    @Override
    public NDList pass(NDList inputs) {
        NDManager manager = inputs.getManager();
        Block block = fresh(manager, inputs.getShapes());
        if (baseParameters == null) {
            baseParameters = parameterShapes(block);
        }
        return alone(() -> block.forward(new ParameterStore(manager, false), inputs, false));
    }

    private Block fresh(NDManager manager, Shape... inputs) {
        Block block = supplier.get();
        List<Parameter> own = block.getParameters().values();
        for (int i = 0; i < own.size(); i++) {
            Parameter like = blocks.get(0).getParameters().valueAt(i);
            own.get(i).setInitializer(like.getInitializer());
        }
        block.initialize(manager, DataType.FLOAT32, inputs);
        return block;
    }

    private static List<Shape> parameterShapes(Block block) {
        return block.getParameters().values().stream().map(Parameter::getShape).toList();
    }

    private List<Shape> parameterShapes(Shape... inputs) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return parameterShapes(fresh(manager, inputs));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected Shape[] plan(Role role, Shape base, Shape... inputs) {
        if (memberInputs == null) {
            requireAsInitialized(base);
            memberInputs = inputs;
        } else if (!parameterShapes(inputs).equals(parameterShapes(memberInputs))) {
            throw new RefusedLayerException(
                    Refusal.USED_TWICE,
                    "%s is used twice, for inputs for which its parameters have different shapes in a member: %s and %s"
                            .formatted(getBaseName(), memberInputs[0], inputs[0]));
        }
        return blocks.get(0).getOutputShapes(inputs);
    }

    /** A member's parameters follow from the inputs of the forward pass, whose width is its own. */
    private void requireAsInitialized(Shape base) {
        boolean isKnown = inputShapes != null && baseParameters != null;
        if (isKnown && !parameterShapes(inputShapes).equals(baseParameters)) {
            throw new IllegalArgumentException(
                    "%s is initialised for inputs %s and called with %s, for which its parameters have other shapes: initialise it for the shape of its inputs"
                            .formatted(getBaseName(), Arrays.toString(inputShapes), base));
        }
    }

    /** {@inheritDoc} */
    @Override
    public void allocate(NDManager manager, DataType dataType) {
        blocks.forEach(block -> block.initialize(manager, dataType, memberInputs));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList compute(NDList inputs, ParameterStore parameterStore, Rows rows) {
        boolean training = rows.isTraining();
        if (blocks.size() == 1) {
            return alone(() -> blocks.get(0).forward(parameterStore, inputs, training));
        }
        return Members.each(
                inputs,
                blocks.size(),
                false,
                (own, m) -> alone(() -> blocks.get(m).forward(parameterStore, own, training)));
    }

    /** Runs a block of one member, in which no layer can serve all. */
    private NDList alone(Supplier<NDList> forward) {
        return new Pass() {

            @Override
            protected NDList visit(
                    EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
                throw new RefusedLayerException(
                        Refusal.OWN_PARAMETERS,
                        "%s calls %s, which serves all members, while each member has its own %1$s"
                                .formatted(getBaseName(), layer.getDescription()));
            }
        }.run(forward);
    }

    /** {@inheritDoc} */
    @Override
    protected Map<String, Shape> getBaseParameters() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        List<String> names = blocks.get(0).getParameters().keys();
        for (int i = 0; i < names.size(); i++) {
            shapes.put(names.get(i), baseParameters.get(i));
        }
        return shapes;
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        slices = inputs;
        return List.of(inputs);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        List<NDArray> values = new ArrayList<>();
        for (int m = 0; m < blocks.size(); m++) {
            List<Parameter> own = blocks.get(m).getParameters().values();
            for (int i = 0; i < own.size(); i++) {
                NDArray value = plain.get(i, m);
                OwnAxis axis = OwnAxis.of(getBaseName(), slices, value.getShape(), own.get(i));
                values.add(axis == null ? value : axis.cut(value, slices.of(m)));
            }
        }
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        List<NDArray> plain = new ArrayList<>();
        List<Parameter> own = blocks.get(blocks.size() == 1 ? 0 : member).getParameters().values();
        for (int i = 0; i < own.size(); i++) {
            NDArray value = values.apply(own.get(i));
            Shape shape = baseParameters.get(i);
            OwnAxis axis = OwnAxis.of(getBaseName(), slices, shape, own.get(i));
            plain.add(axis == null ? value : axis.put(value, slices.of(member)));
        }
        return plain;
    }
}
