/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
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
public abstract class EnsembleLayer extends AbstractBlock {

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
     * Returns whether this layer mixes features, as linear maps do. The others, normalisation,
     * leave every feature in its place: they stand before, within or behind the network's linear
     * maps.
     *
     * @return whether this layer is a linear map
     */
    public abstract boolean mixesFeatures();

    /**
     * Returns whether the outputs have spatial axes, behind their channels.
     *
     * @return whether this layer is a convolution
     */
    public boolean isSpatial() {
        return false;
    }

    /**
     * Returns the output shape of the base model's layer.
     *
     * @param input the input shape of the base model's layer
     * @return its output shape
     */
    public abstract Shape getBaseOutputShape(Shape input);

    /**
     * Sets the shapes of the parameters.
     *
     * @param role where the layer stands
     * @param base the input shape of the base model's layer
     * @param input the shape of this layer's input, members in rows
     * @return the shape of this layer's output
     */
    protected abstract Shape plan(Role role, Shape base, Shape input);

    /**
     * Computes the output for the rows of all members.
     *
     * @param x the input
     * @param parameterStore the parameters
     * @param rows what is known of the rows
     * @return the output
     */
    protected abstract NDArray compute(NDArray x, ParameterStore parameterStore, Rows rows);

    /**
     * Returns the parameters that set members apart while all else is shared.
     *
     * @return the fast weights
     */
    public List<Parameter> getFastWeights() {
        return List.of();
    }

    /**
     * Returns the axis of the features whose width must be that of {@link #getMemberInputShape}.
     *
     * @param input the shape of an input
     * @return the axis
     */
    public abstract int getFeatureAxis(Shape input);

    /**
     * Computes the output after checking that the input is as wide as the layer was fitted for:
     * some methods would broadcast another width without a word.
     *
     * @param x the input
     * @param parameterStore the parameters
     * @param rows what is known of the rows
     * @return the output
     * @throws IllegalArgumentException if the input has another width
     */
    public final NDArray computeChecked(NDArray x, ParameterStore parameterStore, Rows rows) {
        requireWidth(x.getShape());
        return compute(x, parameterStore, rows);
    }

    /**
     * Returns an array of the output's shape that has NaN wherever NaN of the input reach the
     * output, for a trial of the code between the layers. Layers that can tell without computing
     * answer with other numbers than the output's.
     *
     * @param x the input
     * @param parameterStore the parameters
     * @param rows what is known of the rows
     * @return the output, as far as NaN in it are concerned
     * @throws IllegalArgumentException if the input has another width than the layer was fitted for
     */
    public NDArray spread(NDArray x, ParameterStore parameterStore, Rows rows) {
        return computeChecked(x, parameterStore, rows);
    }

    /**
     * Requires that an input is as wide as the layer was fitted for.
     *
     * @param shape the shape of the input
     * @throws IllegalArgumentException if the input has another width
     */
    protected final void requireWidth(Shape shape) {
        int axis = getFeatureAxis(shape);
        boolean fits =
                shape.dimension() == memberInput.dimension()
                        && shape.get(axis) == memberInput.get(axis);
        if (!fits) {
            throw new IllegalArgumentException(
                    getBaseName()
                            + " was initialised for inputs "
                            + memberInput
                            + ", of which only the examples and the spatial axes may vary, but is"
                            + " given "
                            + shape
                            + ": the examples have another shape than the model was initialised for");
        }
    }

    /**
     * Fits the layer into its network; the shapes of its parameters follow.
     *
     * @param role where the layer stands
     * @param base the input shape of the base model's layer
     * @param input the shape of its input, members in rows
     * @return the shape of its output
     * @throws IllegalArgumentException if the layer cannot serve members there, or is used again
     *     with an input of another width
     */
    public Shape fit(Role role, Shape base, Shape input) {
        List<Shape> before = memberInput == null ? null : parameterShapes();
        Shape output = plan(role, base, input);
        if (before != null && !before.equals(parameterShapes())) {
            throw new RefusedLayerException(
                    Refusal.USED_TWICE,
                    getBaseName()
                            + " is used twice, for inputs of different widths in a member: "
                            + memberInput
                            + " and "
                            + input);
        }
        if (memberInput == null) {
            this.role = role;
            memberInput = input;
            memberOutput = output;
        }
        inputShapes = new Shape[] {base};
        return output;
    }

    /**
     * Allocates the parameters. The layer must have been {@link #fit}.
     *
     * @param manager the manager of the arrays
     * @param dataType their type
     */
    public void allocate(NDManager manager, DataType dataType) {
        for (Parameter parameter : getDirectParameters().values()) {
            parameter.initialize(manager, dataType);
        }
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
        NDArray x = inputs.singletonOrThrow();
        return new NDList(Pass.current(this).visit(this, x, parameterStore));
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {getBaseOutputShape(inputShapes[0])};
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
