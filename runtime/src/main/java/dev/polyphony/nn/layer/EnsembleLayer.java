/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A layer that serves all members of an ensemble.
 *
 * <p>Towards the code around it a layer keeps the shapes of the base model: {@link #initialize} and
 * {@link #getOutputShapes} speak of the base model's layer, so that users' own shape arithmetic
 * stays right. The width of a member shows in {@code forward} alone, where arrays are {@code [B*M,
 * c, ...]}.
 */
public abstract class EnsembleLayer extends ConvertibleLayer implements Counted {

    private static final byte VERSION = 1;

    private final Form form;
    private final String origin = Origin.find();
    private Role role;
    private Shape memberInput;
    private Shape memberOutput;

    /**
     * Creates a layer.
     *
     * @param form the form of the ensemble
     */
    protected EnsembleLayer(Form form) {
        super(VERSION);
        this.form = form;
    }

    /**
     * Returns what users call this layer.
     *
     * @return the name of the layer in DJL
     */
    public abstract String getBaseName();

    /**
     * Returns the layer's name with the line that builds it, for messages.
     *
     * @return such as {@code Linear(10) of PackedNet.java:34}
     */
    public final String getDescription() {
        return getBaseName() + origin;
    }

    /**
     * Returns whether this layer mixes features, as linear maps do. The others, as normalisation,
     * leave every feature in its place: they stand before, within or behind the network's linear
     * maps.
     *
     * @return whether this layer is a map of features
     */
    public abstract boolean mixesFeatures();

    /**
     * Returns whether this layer mixes the examples of a batch in training by its nature.
     *
     * @return whether this layer is a normalisation
     */
    public boolean mixesExamples() {
        return false;
    }

    /**
     * Returns whether the inputs have an axis of features, whose width is fixed; the ids that an
     * embedding takes have none.
     *
     * @return whether there is a feature axis
     */
    public boolean hasFeatureAxis() {
        return true;
    }

    /**
     * Answers in passes in which no layer computes. Only for layers that mix no features.
     *
     * @param inputs the inputs of the base model or of members, features first
     * @return the outputs as far as shapes and NaN are concerned; normalisation hands its input on
     */
    public NDList pass(NDList inputs) {
        return inputs;
    }

    /**
     * Returns whether the outputs have spatial axes, behind their channels.
     *
     * @return whether this layer is a convolution
     */
    public boolean isSpatial() {
        return false;
    }

    /**
     * Returns what a forward pass of the base model's layer gives.
     *
     * @param inputs the input shapes of the base model's layer
     * @return the shapes of its outputs, features first
     */
    public abstract Shape[] getBaseOutputShapes(Shape... inputs);

    /**
     * Sets the shapes of the parameters.
     *
     * @param role where the layer stands
     * @param base the input shape of the base model's layer
     * @param inputs the shapes of this layer's inputs, members in rows
     * @return the shapes of this layer's outputs, features first
     */
    protected abstract Shape[] plan(Role role, Shape base, Shape... inputs);

    /**
     * Computes the outputs for the rows of all members.
     *
     * @param inputs the inputs, features first
     * @param parameterStore the parameters
     * @param rows what is known of the rows
     * @return the outputs, features first
     */
    protected abstract NDList compute(NDList inputs, ParameterStore parameterStore, Rows rows);

    /**
     * Returns the parameters that set members apart while all else is shared.
     *
     * @return the fast weights
     */
    public List<Parameter> getFastWeights() {
        return List.of();
    }

    /**
     * Returns how many members can start with weights of their own here.
     *
     * @return the number, 1 if the layer is shared
     */
    public long getRoom() {
        return 1;
    }

    /**
     * Computes the outputs after checking that the input is as wide as the layer was fitted for:
     * some methods would broadcast another width without a word.
     *
     * @param inputs the inputs, features first
     * @param parameterStore the parameters
     * @param rows what is known of the rows
     * @return the outputs, features first
     * @throws IllegalArgumentException if the input has another width
     */
    public final NDList computeChecked(NDList inputs, ParameterStore parameterStore, Rows rows) {
        requireWidth(inputs.head().getShape());
        return compute(inputs, parameterStore, rows);
    }

    /**
     * Returns arrays of the outputs' shapes that have NaN wherever NaN of the inputs reach the
     * outputs, for a trial of the code between the layers. Layers that can tell without computing
     * answer with other numbers than the outputs'.
     *
     * @param inputs the inputs, features first
     * @param parameterStore the parameters
     * @param rows what is known of the rows
     * @return the outputs, as far as NaN in it are concerned
     * @throws IllegalArgumentException if the input has another width than the layer was fitted for
     */
    public NDList spread(NDList inputs, ParameterStore parameterStore, Rows rows) {
        return computeChecked(inputs, parameterStore, rows);
    }

    /**
     * Returns whether the layer, where it reads the network's input, takes one row of an example
     * for all members, and makes a row for each of them.
     *
     * @return whether shared inputs need no copies
     */
    public boolean takesSharedRows() {
        return false;
    }

    /**
     * Returns whether {@link #spread} needs the layer's parameters.
     *
     * @return whether a trial of the network has to wait for them
     */
    public boolean computesInTrials() {
        return !mixesExamples() && !getDirectParameters().isEmpty();
    }

    /**
     * Requires that an input is as wide as the layer was fitted for.
     *
     * @param shape the shape of the input
     * @throws IllegalArgumentException if the input has another width
     */
    protected final void requireWidth(Shape shape) {
        if (!isAsWide(shape)) {
            throw new IllegalArgumentException(
                    "%s was initialised for inputs %s, of which only the examples and the spatial axes may vary, but is given %s: the examples have another shape than the model was initialised for"
                            .formatted(getBaseName(), memberInput, shape));
        }
    }

    private boolean isAsWide(Shape input) {
        int axis = getFeatureAxis(memberInput);
        return input.dimension() == memberInput.dimension()
                && (!hasFeatureAxis() || input.get(axis) == memberInput.get(axis));
    }

    /**
     * Fits the layer into its network; the shapes of its parameters follow.
     *
     * @param role where the layer stands
     * @param base the input shape of the base model's layer
     * @param inputs the shapes of its inputs, members in rows
     * @return the shapes of its outputs, features first
     * @throws IllegalArgumentException if the layer cannot serve members there, or is used again
     *     with an input of another width
     */
    public Shape[] fit(Role role, Shape base, Shape... inputs) {
        List<Shape> before = memberInput == null ? null : parameterShapes();
        Shape[] outputs = plan(role, base, inputs);
        if (before != null && !(isAsWide(inputs[0]) && before.equals(parameterShapes()))) {
            throw new RefusedLayerException(
                    Refusal.USED_TWICE,
                    getBaseName()
                            + " is used twice, for inputs of different widths in a member: "
                            + memberInput
                            + " and "
                            + inputs[0]);
        }
        if (memberInput == null) {
            this.role = role;
            memberInput = inputs[0];
            memberOutput = outputs[0];
        }
        inputShapes = new Shape[] {base};
        return outputs;
    }

    /**
     * Allocates the parameters. The layer must have been {@link #fit}.
     *
     * @param manager the manager of the arrays
     * @param dataType their type
     */
    public void allocate(NDManager manager, DataType dataType) {
        for (Parameter parameter : getDirectParameters().values()) {
            Start.initialize(parameter, getPlainShape(parameter), manager, dataType);
        }
    }

    /**
     * A parameter that stacks several plain ones, one for each member or head, starts as they
     * would.
     */
    @Override
    protected Shape getPlainShape(Parameter parameter) {
        return parameter.getShape();
    }

    /**
     * Returns where the layer stands in its network.
     *
     * @return the role, or null before the ensemble is initialised
     */
    public Role getRole() {
        return role;
    }

    /**
     * Returns the input shape of all members, in rows.
     *
     * @return the shape, or null before the ensemble is initialised; the number of rows is
     *     arbitrary
     */
    public Shape getMemberInputShape() {
        return memberInput;
    }

    /**
     * Returns the output shape of all members, in rows.
     *
     * @return the shape, or null before the ensemble is initialised; the number of rows is
     *     arbitrary
     */
    public Shape getMemberOutputShape() {
        return memberOutput;
    }

    /**
     * Returns the input shape of the base model's layer.
     *
     * @return the shape
     */
    protected final Shape getBaseInput() {
        return inputShapes[0];
    }

    /**
     * Returns the form of the ensemble.
     *
     * @return the form
     */
    protected Form getForm() {
        return form;
    }

    /**
     * Waits: the ensemble fits and allocates its layers once it has found their roles.
     *
     * @param manager the manager
     * @param dataType the data type
     * @param inputShapes the input shapes of the base model's layer
     */
    @Override
    public final void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
        if (memberInput == null) {
            beforeInitialize(inputShapes);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected final NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        return Pass.current(this).visit(this, inputs, parameterStore);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return getBaseOutputShapes(inputShapes);
    }

    /** {@inheritDoc} */
    @Override
    public void loadParameters(NDManager manager, DataInputStream is)
            throws IOException, MalformedModelException {
        List<Shape> planned = parameterShapes();
        super.loadParameters(manager, is);
        if (!planned.equals(parameterShapes())) {
            throw new MalformedModelException(
                    "The parameters of "
                            + getBaseName()
                            + " have the shapes "
                            + parameterShapes()
                            + ", but this network's have "
                            + planned
                            + ": the file is of another model or of another form");
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void saveMetadata(DataOutputStream os) {
        // everything follows from the ensemble's input shapes
    }

    /** {@inheritDoc} */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws MalformedModelException {
        if (loadVersion != VERSION) {
            throw new MalformedModelException(
                    "Unknown version " + loadVersion + " of the parameters of " + getBaseName());
        }
    }

    private List<Shape> parameterShapes() {
        return getDirectParameters().values().stream().map(Parameter::getShape).toList();
    }
}
