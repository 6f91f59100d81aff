/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Role;

/** A normalisation layer: scale and shift, for all rows or for each member. */
abstract class NormLayer extends SingleLayer {

    private final Parameter gamma;
    private final Parameter beta;
    private boolean apart;
    private Shape plainShape;

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

    /**
     * Returns the shape of a parameter in the base model.
     *
     * @param input the input shape of the base model's layer
     * @return the shape of what is scaled and shifted
     */
    abstract Shape getNormalized(Shape input);

    /** {@inheritDoc} */
    @Override
    public final long getBaseParameterCount(Shape input) {
        long trained =
                getDirectParameters().values().stream().filter(Parameter::requiresGradient).count();
        return trained * getNormalized(input).size();
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
}
