/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ensemble methods, each with its annotation. */
public enum Method {
    /** Packed-Ensembles. */
    PACKED(
            "Packed",
            "packed",
            "a Packed-Ensemble: %s in one network",
            "a narrow copy for each member, side by side in one grouped layer; full width where it"
                    + " writes the output",
            "scales, shifts and statistics of its own for each member",
            Attribute.above("alpha", 0),
            Attribute.atLeast("gamma", 1),
            Attribute.atLeast("minChannelsPerGroup", 1)),
    /** Multi-input multi-output networks. */
    MIMO(
            "Mimo",
            "MIMO",
            "a MIMO ensemble: %s inside one network of the model's own width",
            "shared; takes the inputs of all members where it reads the input, gives the outputs"
                    + " of all where it writes the output",
            "shared",
            Attribute.atLeast("batchRepetitions", 1),
            Attribute.between("inputRepetition", 0, 1)),
    /** MixMo. */
    MIX_MO(
            "MixMo",
            "MixMo",
            "a MixMo ensemble: %s inside one network, their inputs mixed after the first layer",
            "shared; one for each member where it reads the input or writes the output",
            "shared",
            Attribute.between("probability", 0, 1),
            Attribute.atLeast("alpha", 0),
            Attribute.above("weightRoot", 0),
            Attribute.atLeast("batchRepetitions", 1)),
    /** BatchEnsemble. */
    BATCH_ENSEMBLE(
            "BatchEnsemble",
            "BatchEnsemble",
            "a BatchEnsemble: %s that share their weights but for two vectors a layer",
            "shared weights; for each member a vector over its inputs, one over its outputs, and a"
                    + " bias (additive form: one shared bias)",
            "shared",
            Attribute.atLeast("fastLearningRate", 0)),
    /** Masksembles. */
    MASKSEMBLES(
            "Masksembles",
            "Masksembles",
            "Masksembles: %s that share one network, each with features of its own masked out",
            "shared; masks its input for each member, unless it reads the input of the network",
            "shared",
            Attribute.between("scale", 1, 6)),
    /** Deep ensembles. */
    DEEP_ENSEMBLE(
            "DeepEnsemble",
            "deep ensemble",
            "a deep ensemble: %s, each a model of its own",
            "one for each member",
            "one for each member"),
    /** Deep sub-ensembles. */
    SUB_ENSEMBLE(
            "SubEnsemble",
            "sub-ensemble",
            "a deep sub-ensemble: %s that share all but the layers that write the output",
            "shared; one for each member where it writes the output",
            "shared");

    private final String annotation;
    private final String title;
    private final String description;
    private final String weights;
    private final String normalisation;
    private final List<Attribute> attributes;

    Method(
            String annotation,
            String title,
            String description,
            String weights,
            String normalisation,
            Attribute... attributes) {
        this.annotation = annotation;
        this.title = title;
        this.description = description;
        this.weights = weights;
        this.normalisation = normalisation;
        this.attributes = List.of(attributes);
    }

    /**
     * Returns the simple name of the annotation, which is also the prefix of generated names.
     *
     * @return the name
     */
    public String getAnnotation() {
        return annotation;
    }

    /**
     * Returns the qualified name of the annotation.
     *
     * @return the name
     */
    public String getAnnotationType() {
        return Runtime.ANNOTATIONS + "." + annotation;
    }

    /**
     * Returns the name of the form in tables, as in "LeNet, packed".
     *
     * @return the name
     */
    public String getTitle() {
        return title;
    }

    /**
     * Describes the form, to follow "as".
     *
     * @param members the number of members, in words
     * @return the description
     */
    public String describe(String members) {
        return description.formatted(members);
    }

    /**
     * Says what becomes of a layer.
     *
     * @param kind the kind of layer
     * @return what it becomes, in half a sentence
     */
    public String becomes(Layer.Kind kind) {
        return switch (kind) {
            case WEIGHTS -> weights;
            case NORMALISATION -> normalisation;
            case ACTIVATION ->
                    this == PACKED ? "a slope of its own for each member" : normalisation;
            case RECURRENT -> recurrent();
            case EMBEDDING -> embedding();
            case COMPOSITE ->
                    "of linear layers and normalisation, which become what such layers do";
        };
    }

    private String recurrent() {
        return switch (this) {
            case PACKED ->
                    "a narrow copy for each member, side by side, without groups (gamma does not"
                            + " apply); full width where it writes the output";
            case MIMO ->
                    "shared; takes the features of all members where it reads the input, one for"
                            + " each member where it writes the output";
            case BATCH_ENSEMBLE ->
                    "shared weights; for each member a vector over the inputs and one over the"
                            + " outputs of each weight, and biases (additive form: shared biases)";
            default -> weights;
        };
    }

    private String embedding() {
        return switch (this) {
            case PACKED ->
                    "a narrow table for each member, without groups (gamma does not apply); full"
                            + " width where it writes the output";
            case MIMO -> "shared; one for each member, added up, where it reads the input";
            case BATCH_ENSEMBLE ->
                    "a shared table; for each member a vector over its ids and one over its"
                            + " features";
            case MASKSEMBLES -> "shared";
            default -> weights;
        };
    }

    /**
     * Returns the class that holds the settings at run time.
     *
     * @return the class
     */
    public TypeRef getFormType() {
        return Runtime.form(annotation);
    }

    /**
     * Tells whether a kind of layer can be exempt from what the method adds.
     *
     * @param kind the kind of layer
     * @return whether the method adds something
     */
    boolean exempts(Layer.Kind kind) {
        return switch (kind) {
            case WEIGHTS, COMPOSITE -> getExemption().isPresent();
            case RECURRENT -> this == BATCH_ENSEMBLE || this == MASKSEMBLES;
            case EMBEDDING -> this == BATCH_ENSEMBLE;
            case NORMALISATION, ACTIVATION -> false;
        };
    }

    /**
     * Returns the function of the form that takes from layers what it adds to each.
     *
     * @return such as {@code withoutGroups}; empty where layers cannot be exempt
     */
    Optional<String> getExemption() {
        return switch (this) {
            case PACKED -> Optional.of("withoutGroups");
            case BATCH_ENSEMBLE -> Optional.of("withoutFastWeights");
            case MASKSEMBLES -> Optional.of("withoutMasks");
            default -> Optional.empty();
        };
    }

    /**
     * Finds a method by its annotation.
     *
     * @param annotation the annotation
     * @return the method; empty if there is no such annotation
     */
    static Optional<Method> of(TypeRef annotation) {
        return Stream.of(values())
                .filter(method -> method.getAnnotationType().equals(annotation.qualifiedName()))
                .findFirst();
    }

    /** Whether an attribute matters to layers, and not only to training. */
    boolean shapesLayers(String attribute) {
        return switch (this) {
            case MIMO, MIX_MO -> attribute.equals(Form.MEMBERS);
            case BATCH_ENSEMBLE ->
                    !attribute.equals("fastLearningRate") && !attribute.equals("split");
            default -> true;
        };
    }

    /** A numeric attribute by its name. */
    Optional<Attribute> attribute(String name) {
        return name.equals(Form.MEMBERS)
                ? Optional.of(Attribute.atLeast(Form.MEMBERS, 1))
                : attributes.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
