/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.engine.EngineCheck;
import dev.polyphony.engine.FreedMemory;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A network of {@code M} members, made from a base model that maps {@code [B, x...]} to {@code [B,
 * y...]}. Generated networks extend it.
 *
 * <ul>
 *   <li>{@code initialize} takes the base model's input shapes.
 *   <li>Input {@code [B, x...]} gives {@code [B, M, y...]}: every member sees the same example.
 *   <li>Input {@code [B, M, x...]} gives {@code [B, M, y...]}: member {@code m} sees its own
 *       example. The rank tells the two apart.
 *   <li>Outputs are what the base model gives, raw scores as a rule.
 *   <li>With one member the ensemble is the base model.
 * </ul>
 *
 * <p>In training, MixMo takes mixing ratios {@code [B, M]}, {@code [B, M, spatial...]} or {@code
 * [B, M, C, spatial...]} behind the model's own inputs; without them its members are mixed evenly,
 * as in prediction.
 *
 * <p>An ensemble that is a child, at any depth, of another ensemble's network is a <em>part</em> of
 * it: it has the shapes of the base model's block, and the ensemble around it finds its layers. All
 * parts have the settings of the whole, as far as they concern layers.
 *
 * <p>What cannot be transformed is refused by {@code initialize} with an {@link
 * UnsupportedModelException}.
 */
public abstract class Ensemble extends AbstractBlock {

    private static final byte VERSION = 1;

    private final Form form;
    final Body body;
    private boolean prepared;
    private boolean part;
    private NDManager loadManager;
    private WarmStart start;
    private String started;

    /**
     * Creates an ensemble whose layers serve all members.
     *
     * @param form the method and its settings
     * @param network the base model's network with ensemble layers of the same form
     */
    @SuppressWarnings("this-escape")
    protected Ensemble(Form form, Block network) {
        super(VERSION);
        this.form = form;
        body = new SharedBody(form, addChildBlock("network", network));
    }

    /**
     * Creates a deep ensemble of copies of a model.
     *
     * @param form the number of members; not vectorized
     * @param model makes the base model; called once for each member
     */
    protected Ensemble(DeepEnsembleForm form, Supplier<? extends Block> model) {
        this(form, new Copies(form, model));
    }

    private Ensemble(DeepEnsembleForm form, Copies copies) {
        this(form, copies, copies.getMembers());
    }

    @SuppressWarnings("this-escape")
    Ensemble(Form form, Body body, List<? extends Block> members) {
        super(VERSION);
        this.form = form;
        this.body = body;
        members.forEach(member -> addChildBlock("member", member));
    }

    /**
     * Returns the method and its settings.
     *
     * @return the form
     */
    public final Form getForm() {
        return form;
    }

    /**
     * Returns the number of members.
     *
     * @return the number of members
     */
    public final int getMembers() {
        return form.getMembers();
    }

    /**
     * Returns how often a network of the base model's kind runs in one forward pass: {@code M}
     * times in a deep ensemble of copies, once in all others.
     *
     * @return the number of forward calls
     */
    public final int getForwardCalls() {
        return body.getForwardCalls();
    }

    /**
     * Returns the number of trainable numbers.
     *
     * @return the number of parameters that receive gradients
     * @throws IllegalStateException before the ensemble is initialised
     */
    public final long getParameterCount() {
        requireInitialized();
        // a layer that two blocks share is listed by both
        return getParameters().values().stream()
                .distinct()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    /**
     * Returns the parameters that set members apart while all else is shared, as in BatchEnsemble:
     * they are trained with their own learning rate and without weight decay.
     *
     * @return the fast weights; none in most forms
     */
    public final List<Parameter> getFastWeights() {
        return body instanceof SharedBody shared ? shared.getFastWeights() : List.of();
    }

    /**
     * Returns the spatial shape of the features that MixMo mixes: what its masks must fit.
     *
     * @return the shape, such as {@code (H, W)}; without axes where features have none
     * @throws IllegalStateException before the ensemble is initialised, or if it takes no mixing
     *     ratios
     */
    public final Shape getMixingShape() {
        return mixing().getMixingShape();
    }

    /**
     * Returns the channels of the features that MixMo mixes.
     *
     * @return the channels of one member's features
     * @throws IllegalStateException before the ensemble is initialised, or if it takes no mixing
     *     ratios
     */
    public final int getMixingChannels() {
        return mixing().getMixingChannels();
    }

    private SharedBody mixing() {
        requireInitialized();
        if (!form.takesMixing()) {
            throw new IllegalStateException(form + " does not mix its members' inputs");
        }
        return (SharedBody) body;
    }

    /**
     * Returns the layers that serve the members, with their roles and widths.
     *
     * @return the layers in the order of the network; none in a deep ensemble
     */
    public final List<EnsembleLayer> getLayers() {
        return body instanceof SharedBody shared ? shared.getLayers() : List.of();
    }

    /**
     * Sets the parameters from a plain model: now or, before the ensemble is initialised, as soon
     * as it is.
     *
     * @param start what to start from
     * @throws IllegalArgumentException if the model is another one, or members cannot start from it
     */
    public final void startFrom(WarmStart start) {
        if (prepared) {
            started = body.startFrom(getClass().getSimpleName(), start);
        } else {
            this.start = start;
        }
    }

    /**
     * Returns what plain models the parameters started from, by a checksum of theirs: another text
     * for other models or another way to start from them.
     *
     * @return the text; empty if the parameters were drawn
     */
    public final Optional<String> getStart() {
        return Optional.ofNullable(started);
    }

    /**
     * Takes a member out: sets the parameters of a plain model so that it answers as the member
     * does in prediction, where all members are given the same examples.
     *
     * @param member the member, from 0
     * @param model the model that the ensemble was made from, initialised for the same shapes
     * @throws IllegalArgumentException if no such model answers as the member does
     */
    public final void extractMember(int member, Block model) {
        requireInitialized();
        Objects.checkIndex(member, getMembers());
        body.extract(getClass().getSimpleName(), member, model);
        Extraction.require(this, member, model);
    }

    /** Makes this a part of an ensemble; refused if the forms differ, or this is one already. */
    final void becomePart(Form whole, String path) {
        if (!form.hasLayersOf(whole)) {
            throw new UnsupportedModelException(
                    Refusal.OTHER_PART,
                    "%s, a %s, is %s, but the ensemble around it is %s"
                            .formatted(path, getClass().getSimpleName(), form, whole));
        }
        if (prepared) {
            throw new UnsupportedModelException(
                    Refusal.OTHER_PART,
                    "%s, a %s, was initialised on its own"
                            .formatted(path, getClass().getSimpleName()));
        }
        part = true;
    }

    private boolean isPart() {
        return part || Pass.isRunning();
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        if (isPart()) {
            body.asPart().initialize(manager, dataType, inputShapes);
            return;
        }
        requireFull(dataType);
        prepare(manager, dataType);
        try {
            body.allocate(manager, dataType);
        } catch (UnsupportedModelException e) {
            throw e.of(getClass().getSimpleName(), form);
        }
        if (start != null) {
            started = body.startFrom(getClass().getSimpleName(), start);
            start = null;
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        if (isPart()) {
            return body.asPart().forward(parameterStore, inputs, training, params);
        }
        requireInitialized();
        return body.forward(parameterStore, sorted(inputs, null, training));
    }

    /**
     * Trains a model that reads labels: labels are {@code [B, ...]} for inputs that all members
     * share, and {@code [B, M, ...]} for inputs of their own. Other models do not see them.
     */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList data,
            NDList labels,
            PairList<String, Object> params) {
        if (isPart()) {
            return body.asPart().forward(parameterStore, data, labels, params);
        }
        requireInitialized();
        return body.forward(parameterStore, sorted(data, labels, true));
    }

    private Inputs sorted(NDList inputs, NDList labels, boolean training) {
        String name = getClass().getSimpleName();
        boolean mixes = form.takesMixing();
        return Inputs.of(name, getMembers(), inputs, inputShapes, mixes, labels, training);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        if (isPart()) {
            return body.asPart().getOutputShapes(shapes);
        }
        requireInitialized();
        long examples = shapes[0].get(0);
        Inputs.requireBase(getClass().getSimpleName(), inputShapes, shapes);
        return Arrays.stream(body.getOutputShapes(shapes))
                .map(y -> new Shape(examples, getMembers()).addAll(y.slice(1)))
                .toArray(Shape[]::new);
    }

    /** {@inheritDoc} */
    @Override
    public void loadParameters(NDManager manager, DataInputStream is)
            throws IOException, MalformedModelException {
        loadManager = manager;
        try {
            super.loadParameters(manager, is);
        } finally {
            loadManager = null;
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void saveMetadata(DataOutputStream os) throws IOException {
        SavedForm.write(form, os);
        saveInputShapes(os);
    }

    /** {@inheritDoc} */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws IOException, MalformedModelException {
        if (loadVersion != VERSION) {
            throw new MalformedModelException(
                    "Not the parameters of a "
                            + getClass().getSimpleName()
                            + ": their format has version "
                            + loadVersion);
        }
        SavedForm.require(getClass().getSimpleName(), form, is);
        readInputShapes(is);
        beforeInitialize(inputShapes); // names the inputs, which saving needs
        if (isPart()) {
            return;
        }
        prepare(loadManager, DataType.FLOAT32);
    }

    /**
     * The engine has no automatic casts: arrays of two types meet, and some kernels end the JVM.
     */
    private void requireFull(DataType dataType) {
        if (dataType == DataType.FLOAT16 || dataType == DataType.BFLOAT16) {
            throw new IllegalArgumentException(
                    "%s cannot be initialised with %s: DJL has no automatic casts to 16 bits, so arrays of different types would meet. Use FLOAT32"
                            .formatted(getClass().getSimpleName(), dataType));
        }
    }

    private void prepare(NDManager manager, DataType dataType) {
        if (prepared) {
            return;
        }
        EngineCheck.run(manager);
        FreedMemory.keep(manager);
        String name = getClass().getSimpleName();
        try {
            body.prepare(manager, dataType, inputShapes);
        } catch (UnsupportedModelException e) {
            throw e.of(name, form);
        } catch (RuntimeException e) {
            throw new InputShapeException(
                    "%s: the model fails on inputs of the shape %s%s: %s"
                            .formatted(
                                    name,
                                    Arrays.toString(inputShapes),
                                    UserCode.place(e),
                                    UserCode.message(e)),
                    e);
        }
        prepared = true;
    }

    /**
     * Returns the form and, once the ensemble is initialised, a line for each layer: its role and
     * the shapes of one row of its input and output.
     */
    @Override
    public String toString() {
        String name = getClass().getSimpleName() + ": " + form;
        return prepared ? name + Layers.describe(getLayers()) : name;
    }

    private void requireInitialized() {
        if (part) {
            throw new IllegalStateException(
                    getClass().getSimpleName()
                            + " is a part of another ensemble, which alone can be used and asked");
        }
        if (!prepared) {
            throw new IllegalStateException(
                    getClass().getSimpleName()
                            + " must be initialised with the base model's input shapes, or loaded,"
                            + " before it is used");
        }
    }
}
