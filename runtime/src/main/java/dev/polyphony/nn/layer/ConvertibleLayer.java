/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Exchange;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A layer whose members can start from plain layers, and of which the plain layer of a member can
 * be taken out.
 */
public abstract class ConvertibleLayer extends AbstractBlock implements Exchange {

    ConvertibleLayer(byte version) {
        super(version);
    }

    /**
     * Returns the parameters of the base model's layer.
     *
     * @return the shapes by name, in DJL's order
     */
    protected abstract Map<String, Shape> getBaseParameters();

    /**
     * Returns the shape that a parameter has in a plain layer of one member's size.
     *
     * @param parameter a parameter of this layer
     * @return the shape; the parameter's own if it stacks nothing
     */
    protected abstract Shape getPlainShape(Parameter parameter);

    /**
     * Returns the axis of the features.
     *
     * @param input the shape of an input
     * @return the axis
     */
    public abstract int getFeatureAxis(Shape input);

    /**
     * Returns the axis in which examples and members ride.
     *
     * @param input the place of an array among the inputs or outputs
     * @return the axis, 0 in most layers
     */
    public int getRowAxis(int input) {
        return 0;
    }

    /**
     * Returns the features of an input that parameters belong to, those of its first place and
     * time.
     *
     * @param x the input
     * @param axis the axis of the features
     * @return the features {@code [rows, c]}
     */
    public NDArray getFeatures(NDArray x, int axis) {
        NDIndex index = new NDIndex();
        for (int i = 0; i < x.getShape().dimension(); i++) {
            if (i == axis || i == getRowAxis(0)) {
                index.addAllDim();
            } else {
                index.addIndices(0);
            }
        }
        return x.get(index);
    }

    /**
     * Finds out whether a block has the parameters of the base model's layer.
     *
     * @param plain the block
     * @return what is wrong, as "has ...", or an empty text
     */
    public String findDifference(Block plain) {
        Map<String, Shape> wanted = getBaseParameters();
        Map<String, Shape> given = new LinkedHashMap<>();
        plain.getParameters().forEach(one -> given.put(one.getKey(), one.getValue().getShape()));
        return wanted.equals(given)
                ? ""
                : "needs the parameters %s, but the model has %s".formatted(wanted, given);
    }

    /**
     * Starts from plain layers.
     *
     * @param plain the layer that all members start from, or one for each
     * @param spread how far members are to start from it: the standard deviation of a factor around
     *     1; if it is empty, weights are exact and fast weights stay as they are
     * @throws IllegalArgumentException if members cannot start so; says why
     */
    public void startFrom(List<? extends Block> plain, OptionalDouble spread) {
        List<Parameter> own = getParameters().values();
        if (own.isEmpty()) {
            return;
        }
        try (NDManager scope = own.get(0).getArray().getManager().newSubManager()) {
            List<NDList> layers =
                    plain.stream().map(layer -> arrays(layer, own.get(0), scope)).toList();
            List<NDArray> values = fromPlain(new PlainValues(layers, spread));
            for (int i = 0; i < own.size(); i++) {
                if (values.get(i) != null) {
                    set(own.get(i), spread(own.get(i), values.get(i), spread));
                }
            }
        }
    }

    private static NDList arrays(Block layer, Parameter like, NDManager scope) {
        NDList arrays = new NDList();
        for (Parameter parameter : layer.getParameters().values()) {
            arrays.add(array(parameter, scope).toDevice(like.getArray().getDevice(), false));
        }
        arrays.attach(scope);
        return arrays;
    }

    /**
     * Returns the numbers of a parameter, without a graph of gradients.
     *
     * @param parameter the parameter, initialised
     * @param scope the manager of the array that is returned
     * @return a view of its array
     */
    public static NDArray array(Parameter parameter, NDManager scope) {
        NDArray array = parameter.getArray().stopGradient();
        array.attach(scope);
        return array;
    }

    /** What stacks the members' own weights is spread; what they share is not. */
    private NDArray spread(Parameter parameter, NDArray value, OptionalDouble spread) {
        boolean own = !getPlainShape(parameter).equals(parameter.getShape());
        return own ? spread(value, parameter, spread) : value;
    }

    /**
     * Multiplies a weight by a factor around 1, drawn for each of its numbers.
     *
     * @param value the numbers
     * @param parameter the parameter that they are for; what is no weight stays as it is
     * @param spread the standard deviation of the factor, or empty
     * @return the numbers
     */
    public static NDArray spread(NDArray value, Parameter parameter, OptionalDouble spread) {
        boolean drawn = spread.isPresent() && spread.getAsDouble() > 0;
        if (!drawn || parameter.getType() != Parameter.Type.WEIGHT) {
            return value;
        }
        NDArray noise = value.getManager().randomNormal(value.getShape(), value.getDataType());
        return value.add(value.mul(Scalars.mul(noise, spread.getAsDouble())));
    }

    /**
     * Sets a parameter.
     *
     * @param parameter the parameter, initialised
     * @param value its numbers, of any shape of this size
     */
    public static void set(Parameter parameter, NDArray value) {
        NDArray array = parameter.getArray();
        value.toType(array.getDataType(), false).reshape(array.getShape()).copyTo(array);
    }

    /**
     * Sets the parameters of the plain layer that does what a member does where all members are
     * given the same examples.
     *
     * @param member the member
     * @param plain the layer, with parameters of the base model's shapes
     * @throws IllegalArgumentException if there is no such layer; says why
     */
    public void copyTo(int member, Block plain) {
        List<Parameter> targets = plain.getParameters().values();
        if (targets.isEmpty()) {
            return;
        }
        NDManager manager = getParameters().valueAt(0).getArray().getManager();
        try (NDManager scope = manager.newSubManager()) {
            Function<Parameter, NDArray> values = parameter -> array(parameter, scope);
            List<NDArray> own = new ArrayList<>(toPlain(member, values));
            for (int i = 0; i < own.size(); i++) {
                set(targets.get(i), own.get(i));
            }
        }
    }
}
