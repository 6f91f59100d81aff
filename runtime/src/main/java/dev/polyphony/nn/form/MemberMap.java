/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A layer's linear map for all members of an ensemble: its parameters, their shapes once the
 * layer's role and input are known, and its arithmetic.
 */
public abstract class MemberMap implements Exchange {

    private final LinearMap map;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Parameter weight;
    private final Parameter bias;
    private Shape plainWeight;

    /**
     * Creates the map with the weight and, if the base layer has one, the bias.
     *
     * @param map the base layer's map
     */
    protected MemberMap(LinearMap map) {
        this.map = map;
        weight = declare("weight", Parameter.Type.WEIGHT);
        bias = map.hasBias() ? declare("bias", Parameter.Type.BIAS) : null;
    }

    /**
     * Declares a parameter of the layer.
     *
     * @param name the name
     * @param type the type, {@code OTHER} for what users' weight initialisers must not touch
     * @return the parameter
     */
    protected final Parameter declare(String name, Parameter.Type type) {
        Parameter parameter = Parameter.builder().setName(name).setType(type).build();
        parameters.add(parameter);
        return parameter;
    }

    /**
     * Sets the shapes of the parameters.
     *
     * @param role where the layer stands
     * @param base the input shape of the base model's layer
     * @param input the shape of the layer's input, members in rows
     * @return the shape of its output
     * @throws IllegalArgumentException if the layer cannot serve members there; says why
     */
    public abstract Shape plan(Role role, Shape base, Shape input);

    /**
     * Applies the map to the rows of all members.
     *
     * @param x the input, of the shape that was planned for, any number of examples
     * @param values the arrays of the parameters
     * @param rows what is known of the rows
     * @return the output
     */
    public abstract NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows);

    /**
     * Returns the multiply-adds of one call: each place of the output takes each of its weights
     * once. What is done element by element, as by fast weights and masks, is not among them.
     *
     * @param output the shape of the output, members in rows
     * @return the products with weights
     */
    public long getMultiplyAdds(Shape output) {
        Shape weights = weight.getShape();
        return weights.size() * (output.size() / weights.get(0));
    }

    /**
     * Returns whether {@link #apply}, in a layer that reads the network's input, takes one row of
     * an example for all members, and gives a row for each of them.
     *
     * @return whether shared inputs need no copies
     */
    public boolean takesSharedRows() {
        return false;
    }

    /**
     * Returns the parameters that set members apart while all else is shared, as BatchEnsemble has
     * them: they have their own learning rate and no weight decay.
     *
     * @return the fast weights
     */
    public List<Parameter> getFastWeights() {
        return List.of();
    }

    /**
     * Returns how many members can start with weights of their own, of those that the form sets
     * apart by fast weights or masks.
     *
     * @return the number, 1 if the form has no such
     */
    public long getRoom() {
        return 1;
    }

    /**
     * Returns the parameters of the base layer.
     *
     * @param base the input shape of the base model's layer
     * @return the shapes by name, in DJL's order
     */
    public final Map<String, Shape> getBaseParameters(Shape base) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Shape own = map.getWeightShape(map.getUnits(), channels(base) / map.getGroups());
        shapes.put(weight.getName(), own);
        if (bias != null) {
            shapes.put(bias.getName(), own.slice(0, 1));
        }
        return shapes;
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        throw new IllegalStateException(map.getName() + " has the model's widths");
    }

    /**
     * Makes the same of the weight and, if there is one, of the bias.
     *
     * @param value makes the value of the parameter with this place in the base layer
     * @return the values of the base layer's parameters, and null for all others
     */
    protected final List<NDArray> baseValues(IntFunction<NDArray> value) {
        List<NDArray> values = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            values.add(i < (bias == null ? 1 : 2) ? value.apply(i) : null);
        }
        return values;
    }

    /**
     * Returns the base layer's parameters as a plain layer has them.
     *
     * @param weight the weight
     * @param bias the bias, or null
     * @return the values
     */
    protected static List<NDArray> plain(NDArray weight, NDArray bias) {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    /**
     * Returns the parameters, the base layer's first.
     *
     * @return the parameters
     */
    public final List<Parameter> getParameters() {
        return List.copyOf(parameters);
    }

    /**
     * Returns the base layer's map.
     *
     * @return the map
     */
    protected final LinearMap getMap() {
        return map;
    }

    /**
     * Returns the array of the weight.
     *
     * @param values the arrays of the parameters
     * @return the weight
     */
    protected final NDArray weight(Function<Parameter, NDArray> values) {
        return values.apply(weight);
    }

    /**
     * Returns the array of the bias.
     *
     * @param values the arrays of the parameters
     * @return the bias, or null
     */
    protected final NDArray bias(Function<Parameter, NDArray> values) {
        return bias == null ? null : values.apply(bias);
    }

    /**
     * Sets the shape of the weight, and of a bias of one number an output channel.
     *
     * @param copies the number of members, or heads, whose maps stand one below the other
     * @param units the output channels of one copy
     * @param inputs the input channels of one group
     */
    protected final void setWeightShape(int copies, long units, long inputs) {
        plainWeight = map.getWeightShape(units, inputs);
        weight.setShape(map.getWeightShape(copies * units, inputs));
        setBiasShape(new Shape(copies * units));
    }

    /**
     * Returns the shape that a parameter has in a plain layer of one member's size. A parameter
     * that stacks several of them, one for each member or head, starts as they would.
     *
     * @param parameter a parameter of this map
     * @return the shape; the parameter's own if it stacks nothing
     */
    public final Shape getPlainShape(Parameter parameter) {
        if (parameter == weight) {
            return plainWeight;
        }
        return parameter == bias ? plainWeight.slice(0, 1) : parameter.getShape();
    }

    /**
     * Sets the shape of the bias, if there is one.
     *
     * @param shape the shape
     */
    protected final void setBiasShape(Shape shape) {
        if (bias != null) {
            bias.setShape(shape);
        }
    }

    /**
     * Returns the input channels of one member.
     *
     * @param input the shape of the layer's input
     * @return the channels
     */
    protected final long channels(Shape input) {
        return input.get(map.getAxis(input));
    }

    /**
     * Requires that the groups of the base layer divide the input channels of a member. DJL drops
     * what the division leaves.
     *
     * @param channels the input channels of one member
     * @param groups the groups
     * @return the input channels of one group
     */
    protected final long groupChannels(long channels, int groups) {
        if (channels % groups != 0) {
            throw new RefusedLayerException(
                    Refusal.GROUPS,
                    map.getName()
                            + " has "
                            + groups
                            + " groups, which do not divide the "
                            + channels
                            + " channels that reach it");
        }
        return channels / groups;
    }
}
