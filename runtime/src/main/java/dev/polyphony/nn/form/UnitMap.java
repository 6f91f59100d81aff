/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A layer's {@link Unit} for all members of an ensemble: what {@link MemberMap} is for linear maps.
 * The parameters of several units are stacked along their first axis.
 */
public abstract class UnitMap implements Exchange {

    private final Unit unit;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> base;
    private final Map<Parameter, Shape> plain = new HashMap<>();

    /**
     * Creates the map with the base layer's parameters.
     *
     * @param unit the base layer's arithmetic
     */
    protected UnitMap(Unit unit) {
        this.unit = unit;
        unit.getDefinitions().forEach(one -> declare(one.name(), one.type()));
        base = List.copyOf(parameters);
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
     * @param inputs the shapes of the layer's inputs, members in rows
     * @return the shapes of its outputs
     * @throws IllegalArgumentException if the layer cannot serve members there; says why
     */
    public abstract Shape[] plan(Role role, Shape[] inputs);

    /**
     * Applies the layer to the rows of all members.
     *
     * @param inputs the inputs, of the shapes that were planned for, any number of examples
     * @param values the arrays of the parameters
     * @param rows what is known of the rows
     * @return the outputs
     */
    public abstract NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows);

    /**
     * Returns the multiply-adds of one call: each row and step takes each weight of its unit once,
     * and a lookup none. What is done element by element, as by fast weights and masks, is not
     * among them.
     *
     * @param features the shape of the first output, members in rows
     * @return the products with weights
     */
    public long getMultiplyAdds(Shape features) {
        if (unit.takesIds()) {
            return 0;
        }
        long weights =
                base.stream()
                        .filter(one -> one.getType() == Parameter.Type.WEIGHT)
                        .mapToLong(one -> getPlainShape(one).size())
                        .sum();
        return weights * (features.size() / channels(features));
    }

    /**
     * Returns the parameters that set members apart while all else is shared, as BatchEnsemble has
     * them.
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
     * @param input the input shape of the base model's layer, rows first
     * @return the shapes by name, in DJL's order
     */
    public final Map<String, Shape> getBaseParameters(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int i = 0; i < base.size(); i++) {
            shapes.put(
                    base.get(i).getName(),
                    unit.getParameterShape(i, channels(input), unit.getWidth()));
        }
        return shapes;
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        throw new IllegalStateException(unit.getName() + " has the model's widths");
    }

    /**
     * Makes the same of all parameters of the base layer.
     *
     * @param value makes the value of the parameter with this place in the base layer
     * @return the values of the base layer's parameters, and null for all others
     */
    protected final List<NDArray> baseValues(IntFunction<NDArray> value) {
        List<NDArray> values = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            values.add(i < base.size() ? value.apply(i) : null);
        }
        return values;
    }

    /**
     * Returns the arrays of the base layer's parameters.
     *
     * @param values the arrays of the parameters
     * @return the arrays, in the unit's order
     */
    protected final List<NDArray> baseArrays(Function<Parameter, NDArray> values) {
        return base.stream().map(values).toList();
    }

    /**
     * Returns a member's part of stacked parameters.
     *
     * @param member the member
     * @param members the number of members
     * @param values the arrays of the parameters
     * @return the arrays, in the unit's order
     */
    protected final List<NDArray> stacked(
            int member, int members, Function<Parameter, NDArray> values) {
        return base.stream().map(one -> Members.block(values.apply(one), members, member)).toList();
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
     * Returns the base layer's arithmetic.
     *
     * @return the unit
     */
    protected final Unit getUnit() {
        return unit;
    }

    /**
     * Returns the parameters that the base layer has too.
     *
     * @return the parameters, in the unit's order
     */
    protected final List<Parameter> getBaseParameters() {
        return base;
    }

    /**
     * Returns the width of the features that reach the layer.
     *
     * @param input the shape of its first input
     * @return the size of the last axis; means nothing for ids
     */
    protected static long channels(Shape input) {
        return input.get(input.dimension() - 1);
    }

    /**
     * Sets the shapes of the base layer's parameters.
     *
     * @param copies the number of units
     * @param inputs the width of the features that each is given
     * @param width the width of each
     */
    protected final void setShapes(long copies, long inputs, long width) {
        for (int i = 0; i < base.size(); i++) {
            Shape one = unit.getParameterShape(i, inputs, width);
            base.get(i).setShape(Members.with(one, 0, copies * one.get(0)));
            plain.put(base.get(i), one);
        }
    }

    /**
     * Returns the shape that a parameter has in a unit of its own. A parameter that stacks several
     * of them starts as they would.
     *
     * @param parameter a parameter of this map
     * @return the shape; the parameter's own if it stacks nothing
     */
    public final Shape getPlainShape(Parameter parameter) {
        return plain.getOrDefault(parameter, parameter.getShape());
    }

    /**
     * Plans units of the base model's width or another.
     *
     * @param copies the number of units
     * @param inputs the shapes of the layer's inputs
     * @param width the width of each unit
     * @param rows the number of rows of the outputs
     * @return the shapes of the layer's outputs
     */
    protected final Shape[] plan(long copies, Shape[] inputs, long width, long rows) {
        unit.requireInputs(inputs, width);
        setShapes(copies, channels(inputs[0]), width);
        return unit.getOutputShapes(Members.with(inputs[0], 0, rows), width);
    }

    /**
     * Runs one unit for all rows.
     *
     * @param inputs the inputs
     * @param values the arrays of the parameters
     * @param rows what is known of the rows
     * @return the outputs
     */
    protected final NDList one(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        List<NDArray> own = base.stream().map(values).toList();
        return unit.apply(inputs, own, rows.isTraining());
    }

    /**
     * Runs a unit for each member, with the parameters of its own that are stacked.
     *
     * @param inputs the inputs: a row for each member, or for each example if members share them
     * @param members the number of members
     * @param values the arrays of the parameters
     * @param rows what is known of the rows
     * @return the outputs, with a row for each member
     */
    protected final NDList each(
            NDList inputs, int members, Function<Parameter, NDArray> values, Rows rows) {
        List<NDList> stacks =
                base.stream().map(one -> blocks(values.apply(one), members, inputs)).toList();
        return eachWith(
                inputs, members, m -> stacks.stream().map(stack -> stack.get(m)).toList(), rows);
    }

    /**
     * Runs a unit for each member, with the parameters that it is given.
     *
     * @param inputs the inputs: a row for each member, or for each example if members share them
     * @param members the number of members
     * @param parameters the arrays of a member's parameters
     * @param rows what is known of the rows
     * @return the outputs, with a row for each member
     */
    protected final NDList eachWith(
            NDList inputs, int members, IntFunction<List<NDArray>> parameters, Rows rows) {
        boolean shared = inputs.head().getShape().get(0) == rows.getExamples();
        return Members.each(
                inputs,
                members,
                shared,
                (own, m) -> unit.apply(own, parameters.apply(m), rows.isTraining()));
    }

    /** The members' blocks of a stacked parameter, kept by the inputs' manager. */
    private static NDList blocks(NDArray stacked, int members, NDList inputs) {
        NDList blocks = stacked.split(members);
        blocks.attach(inputs.head().getManager());
        return blocks;
    }
}
