/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The substitution table: layers with parameters that have an ensemble twin. */
public enum Layer {
    /** Fully connected layer. */
    LINEAR("core", "Linear", Kind.WEIGHTS),
    /** Convolution over one axis. */
    CONV_1D("convolutional", "Conv1d", Kind.WEIGHTS),
    /** Convolution over two axes. */
    CONV_2D("convolutional", "Conv2d", Kind.WEIGHTS),
    /** Convolution over three axes. */
    CONV_3D("convolutional", "Conv3d", Kind.WEIGHTS),
    /** Batch normalisation. */
    BATCH_NORM("norm", "BatchNorm", Kind.NORMALISATION),
    /** Layer normalisation. */
    LAYER_NORM("norm", "LayerNorm", Kind.NORMALISATION),
    /** Batch normalisation over parts of a batch. */
    GHOST_BATCH_NORM("norm", "GhostBatchNorm", Kind.NORMALISATION),
    /** A rectifier with a slope that is learned. */
    PRELU("core", "Prelu", Kind.ACTIVATION),
    /** Long short-term memory. */
    LSTM("recurrent", "LSTM", Kind.RECURRENT),
    /** Gated recurrent units. */
    GRU("recurrent", "GRU", Kind.RECURRENT),
    /** A recurrent layer without gates. */
    RNN("recurrent", "RNN", Kind.RECURRENT),
    /** An embedding of words. */
    WORD_EMBEDDING("ai.djl.modality.nlp.embedding", "TrainableWordEmbedding", Kind.EMBEDDING),
    /** An embedding of numbers. */
    ID_EMBEDDING("transformer", "IdEmbedding", Kind.EMBEDDING),
    /** Attention with several heads. */
    ATTENTION("transformer", "ScaledDotProductAttentionBlock", Kind.COMPOSITE),
    /** Self-attention and a feed-forward network. */
    TRANSFORMER_ENCODER("transformer", "TransformerEncoderBlock", Kind.COMPOSITE),
    /** Linear layers with activations between them. */
    FEED_FORWARD("transformer", "PointwiseFeedForwardBlock", Kind.COMPOSITE);

    /** Kinds of layers that methods treat alike. */
    public enum Kind {
        /** Layers that map features by weights. */
        WEIGHTS,
        /** Layers that normalise features. */
        NORMALISATION,
        /** Activations that learn. */
        ACTIVATION,
        /** Layers that go through sequences. */
        RECURRENT,
        /** Layers that give ids their features. */
        EMBEDDING,
        /** Blocks of other layers. */
        COMPOSITE
    }

    /** Blocks of DJL without parameters, which work in an ensemble as they are. */
    private static final Set<String> PARAMETER_FREE =
            Set.of(
                    "ai.djl.nn.Block",
                    "ai.djl.nn.AbstractBaseBlock",
                    "ai.djl.nn.AbstractBlock",
                    "ai.djl.nn.SequentialBlock",
                    "ai.djl.nn.ParallelBlock",
                    "ai.djl.nn.LambdaBlock",
                    "ai.djl.nn.core.SparseMax",
                    "ai.djl.nn.norm.Dropout");

    /** Classes of DJL whose methods give blocks without parameters. */
    private static final Set<String> FACTORIES =
            Set.of("ai.djl.nn.Blocks", "ai.djl.nn.Activation", "ai.djl.nn.pooling.Pool");

    /** Layers that are made by a constructor, for which there is no builder. */
    private static final Set<String> CONSTRUCTED =
            Set.of("TransformerEncoderBlock", "PointwiseFeedForwardBlock", "Prelu");

    private static final Map<TypeRef, Layer> BY_TYPE = new HashMap<>();

    static {
        for (Layer layer : values()) {
            BY_TYPE.put(layer.type, layer);
        }
    }

    private final TypeRef type;
    private final TypeRef twin;
    private final Kind kind;

    Layer(String packageName, String name, Kind kind) {
        boolean isElsewhere = packageName.startsWith("ai.djl.");
        this.type = TypeRef.of(isElsewhere ? packageName : "ai.djl.nn." + packageName, name);
        this.twin = Runtime.layer(name);
        this.kind = kind;
    }

    /**
     * Returns the layer of DJL.
     *
     * @return its class
     */
    public TypeRef getType() {
        return type;
    }

    /**
     * Returns the ensemble layer.
     *
     * @return its class
     */
    public TypeRef getTwin() {
        return twin;
    }

    /**
     * Returns the kind of layer.
     *
     * @return the kind
     */
    public Kind getKind() {
        return kind;
    }

    /**
     * Tells whether the layer is made by a constructor. That of its twin takes the form before all
     * else.
     *
     * @return whether there is a constructor and no builder
     */
    public boolean isConstructed() {
        return CONSTRUCTED.contains(type.simpleName());
    }

    /**
     * Finds a supported layer.
     *
     * @param type a block class
     * @return the layer; empty if there is none for the class
     */
    public static Optional<Layer> of(TypeRef type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /**
     * Substitutes a class: a layer by its twin, and so its builders.
     *
     * @param type any class
     * @return the class that stands for it in a generated network; often itself
     */
    public static TypeRef substitute(TypeRef type) {
        Layer layer = BY_TYPE.get(type.outermost());
        return layer == null ? type : layer.substituteNested(type);
    }

    private TypeRef substituteNested(TypeRef nested) {
        boolean isSetting = nested.names().size() > 1 && !nested.simpleName().endsWith("Builder");
        if (isSetting) {
            return nested; // as RNN.Activation, which the twin takes too
        }
        List<String> names = new ArrayList<>(twin.names());
        for (String name : nested.names().subList(1, nested.names().size())) {
            names.add(name.equals("BaseBuilder") ? "Builder" : name);
        }
        return new TypeRef(twin.packageName(), names);
    }

    static boolean isParameterFree(TypeRef type) {
        return PARAMETER_FREE.contains(type.qualifiedName());
    }

    /** Whether the blocks from a method of another class are known to have no parameters. */
    static boolean isParameterFree(TypeRef owner, String method) {
        return FACTORIES.contains(owner.qualifiedName());
    }
}
