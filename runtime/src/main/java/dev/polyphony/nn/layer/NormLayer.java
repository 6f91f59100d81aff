/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Cut;
import dev.polyphony.nn.form.PlainValues;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Slices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A normalisation layer: scale and shift, for all rows or for each member. */
abstract class NormLayer extends SingleLayer {

    private final Parameter gamma;
    private final Parameter beta;
    private boolean apart;
    private Shape plainShape;
    private Slices slices;

    NormLayer(NormBuilder<?> builder) {
        super(builder.getForm());
        gamma = declare("gamma", Parameter.Type.GAMMA, builder.isScale());
        beta = declare("beta", Parameter.Type.BETA, builder.isCenter());
    }

    /**
     * Sets the shapes of the parameters.
     *
     * @param input the shape of the input, members in rows
     * @param members the number of members to keep apart, 1 if all rows are normalised alike
     * @return the shape of the parameters for one member
     */
    abstract Shape setShapes(Shape input, int members);

    final Parameter declare(String name, Parameter.Type type, boolean requiresGrad) {
        return addParameter(
                Parameter.builder()
                        .setName(name)
                        .setType(type)
                        .optRequiresGrad(requiresGrad)
                        .build());
    }

    /** {@inheritDoc} */
    @Override
    public final long getBaseParameterCount(Shape input) {
        long trained =
                getDirectParameters().values().stream().filter(Parameter::requiresGradient).count();
        return trained * getBaseShape(input).size();
    }

    /** {@inheritDoc} */
    @Override
    public boolean mixesFeatures() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public boolean mixesExamples() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    Shape getBaseOutputShape(Shape input) {
        return input;
    }

    /** {@inheritDoc} */
    @Override
    final Shape plan(Role role, Shape base, Shape input) {
        int members = getForm().getMembers();
        apart = members > 1 && getForm().normalizesMembersApart(role);
        plainShape = setShapes(input, apart ? members : 1);
        return input;
    }

    /** {@inheritDoc} */
    @Override
    protected final Shape getPlainShape(Parameter parameter) {
        return plainShape;
    }

    /** Whether members have statistics and parameters of their own. */
    final boolean isApart() {
        return apart;
    }

    final Parameter getGamma() {
        return gamma;
    }

    final Parameter getBeta() {
        return beta;
    }

    /** The shape of the parameters of the base model's layer. */
    abstract Shape getBaseShape(Shape input);

    /**
     * Whether a feature is normalised by the others, which it misses where a member is narrower.
     */
    abstract boolean comparesFeatures();

    /** {@inheritDoc} */
    @Override
    protected Map<String, Shape> getBaseParameters() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Shape shape = getBaseShape(getBaseInput());
        getDirectParameters().keys().forEach(name -> shapes.put(name, shape));
        return shapes;
    }

    /** {@inheritDoc} */
    @Override
    public List<Slices> slice(Slices inputs) {
        slices = inputs;
        return List.of(inputs);
    }

    private boolean isWhole() {
        return slices == null || slices.isWhole();
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        int members = getForm().getMembers();
        List<NDArray> values = new ArrayList<>();
        for (int i = 0; i < getDirectParameters().size(); i++) {
            Shape shape = getDirectParameters().valueAt(i).getShape();
            if (!apart) {
                values.add(plain.get(i));
            } else if (isWhole()) {
                values.add(plain.stack(i, members));
            } else {
                values.add(Cut.ofVector(slices).from(plain, i, members, shape));
            }
        }
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        if (comparesFeatures() && !isWhole()) {
            throw new IllegalArgumentException(
                    "it normalises a feature by the others, of which a member has less than the"
                            + " model");
        }
        List<NDArray> own = new ArrayList<>();
        for (Parameter parameter : getDirectParameters().values()) {
            NDArray all = values.apply(parameter);
            if (!apart) {
                own.add(all);
                continue;
            }
            NDArray one = all.reshape(getForm().getMembers(), -1).get(member);
            // what the member does not have is 0 behind this layer
            float neutral = parameter.getType() == Parameter.Type.RUNNING_VAR ? 1 : 0;
            own.add(isWhole() ? one : Cut.ofVector(slices).put(one, member, neutral));
        }
        return own;
    }
}
