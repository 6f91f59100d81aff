/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import java.util.Locale;

/**
 * The catalogue of what is refused when a network is initialised: each reason with its meaning and
 * its way out. The page {@code docs/refused-models.md} is written from it.
 */
public enum Refusal {
    /** A block with parameters that is no ensemble layer. */
    FOREIGN_PARAMETERS(
            101,
            "A block with parameters that is no ensemble layer came in from outside, through a"
                    + " constructor parameter, say",
            "Build it from layers inside the annotated class, or use @DeepEnsemble."),
    /** No layer is registered. */
    NO_LAYERS(
            102,
            "No layer is registered when the ensemble is initialised",
            "Add layers as children, in the constructor."),
    /** A layer runs that is not registered. */
    NOT_A_CHILD(
            103,
            "A layer is called, but never registered, so it would be neither trained nor saved",
            "Register it with addChildBlock."),
    /** A layer is registered that does not run. */
    UNUSED_LAYER(
            104,
            "A layer is a child of the network, but the forward pass in prediction does not use it,"
                    + " so it has no role",
            "Leave it out, or use @DeepEnsemble."),
    /** The model itself gives NaN. */
    GIVES_NAN(
            105,
            "The model gives NaN for positive features. NaN show who reads what, so the model must"
                    + " give none itself",
            "Look for divisions, roots and logarithms between the layers, or use @DeepEnsemble."),
    /** Code does not take NaN. */
    NO_NAN(
            106,
            "The model's own code fails on an input of NaN, which shows what reads the input: code"
                    + " before the first layers counts on whole numbers, as a one-hot code of ids"
                    + " does",
            "Give the model features instead of ids, or the ids to a layer that takes them; or use"
                    + " @DeepEnsemble."),
    /** A part of the model has other settings. */
    OTHER_PART(
            107,
            "A part of the model that stands in another file has other settings than the ensemble"
                    + " around it, or was used on its own",
            "Annotate both classes alike, and make a new part for each ensemble."),
    /** A deep ensemble in an ensemble. */
    DEEP_PART(
            108,
            "A deep ensemble cannot be a part of another ensemble",
            "Use the model itself as the part."),
    /** One pass for members of different labels. */
    MERGED_LABELS(
            109,
            "The model's forward pass in training reads labels; MIMO and MixMo have one trunk for"
                    + " all members, and each has labels of its own",
            "Use another form."),
    /** Parameters of the model's own of which each member needs a set. */
    OWN_PARAMETERS(
            110,
            "A block of the model's own adds parameters; all members share such parameters, but in"
                    + " a packed ensemble each member needs its own set, and can have it where the"
                    + " block uses no layers, which serve all members",
            "Move them, with the code that uses them, to a static block class without layers, of"
                    + " which the processor gives each member its own; in a network written by"
                    + " hand, let it be made by EnsembleBlock.of. Or use another form."),
    /** The model's own code counts on a width. */
    FIXED_WIDTH(
            111,
            "The model's own code fails on the features of members: it counts on a width, as a"
                    + " reshape to a constant does",
            "Take widths from the array, as in reshape(x.getShape().get(0), -1), or use"
                    + " @DeepEnsemble."),
    /** As above, but the code runs. */
    WRONG_SHAPES(
            112,
            "The members' outputs have other shapes than the model's: code between the layers"
                    + " counts on a width, or does not keep examples in the first axis",
            "Take widths from the array, as in reshape(x.getShape().get(0), -1), or use"
                    + " @DeepEnsemble."),
    /** Features are cut where a member is narrower. */
    CUT_FEATURES(
            113,
            "A layer is given a width that no layers before it make up: a slice to a constant is"
                    + " cut where a member is narrower",
            "Slice in proportion to the width of the array, or use @DeepEnsemble."),
    /** A shared layer would need two weights. */
    USED_TWICE(
            114,
            "A layer is used twice, for inputs of different widths in a member, and has one weight",
            "Use two layers."),
    /** Groups do not divide the channels of a member. */
    GROUPS(
            115,
            "The groups of a convolution do not divide its filters, or the width that a member has",
            "Choose filters, groups and alpha so that they do."),
    /** A layer has no ensemble form where it stands. */
    LAYER(
            116,
            "A layer has no form for several members where it stands; the message says why",
            "Change what the message names, or use @DeepEnsemble."),
    /** Another axis than that of the examples comes first. */
    FOLDED_ROWS(
            117,
            "A layer is given an array whose first axis is not that of the examples, while members"
                    + " ride in that axis: code before it folds another axis into the examples, as"
                    + " reshape(-1, width) does, or makes an array without them, as positions are",
            "Keep the examples first, as linear layers map the last axis of any array, and repeat"
                    + " positions for each example; or use @DeepEnsemble."),
    /** A layer is given other rows than there are examples of members. */
    WRONG_ROWS(
            118,
            "A layer is given other rows than there are examples of members: code before it counts"
                    + " on a width, as a reshape to a constant does",
            "Take widths from the array, as in reshape(x.getShape().get(0), -1), or use"
                    + " @DeepEnsemble."),
    /** Code works over the axis of examples. */
    MIXED_EXAMPLES(
            121,
            "Code between the layers works over the first axis, as a mean over the batch; members"
                    + " ride in that axis",
            "Use batch normalisation, or @DeepEnsemble."),
    /** Code moves features to the first axis. */
    MIXED_MEMBERS(
            122,
            "Code between the layers moves features to the first axis, where members ride, as a"
                    + " reshape to a constant does",
            "Keep examples first, or use @DeepEnsemble."),
    /** Training runs code that fails on members. */
    TRAINING_FAILS(
            123,
            "The model's own code fails on the features of members, in the code that members run"
                    + " after their roles are found: in training, as a rule",
            "Look for code that depends on whether the model trains, or use @DeepEnsemble."),
    /** The input bypasses the layers that merge the members. */
    INPUT_WITH_FEATURES(
            131,
            "MIMO and MixMo merge the members' inputs in the first layers, and a later layer is"
                    + " given the raw input too, with features or instead of them",
            "Send the input through a layer of its own first, or use another form."),
    /** The input reaches the output without a layer. */
    INPUT_IN_OUTPUT(
            132,
            "MIMO, MixMo and SubEnsemble have one trunk for all members, and the raw input reaches"
                    + " the output without passing a layer, so that it has no answer for each",
            "Use another form."),
    /** What is written to the output is read again. */
    OUTPUT_READ(
            133,
            "Behind the layers that write the output MIMO, MixMo and SubEnsemble have an answer for"
                    + " each member, and one trunk before them; a layer reads what another writes"
                    + " to the output",
            "Give the output a layer of its own, or use another form."),
    /** MixMo has no room to mix. */
    ONE_LAYER(
            134,
            "MixMo mixes between the first layer and the last, and one layer is both",
            "Use two or more layers."),
    /** CutMix has no patches. */
    NO_PATCHES(
            135,
            "The method of mixing cuts patches from the features of the first layer, which have too few"
                    + " spatial axes for them",
            "Set method = MixMethod.LINEAR."),
    /** Masks of too few features. */
    NARROW_MASKS(
            136,
            "Masksembles cannot set members apart by masks of fewer than 10 features",
            "Make the layer before it wider, or exempt it from masks by @Exempt(Masksembles.class)."),
    /** A sum of one feature and several. */
    SINGLE_FEATURE(
            137,
            "A member has a single feature of a layer, and code behind it adds that to others of"
                    + " another number, which the engine would do in silence",
            "Make the members wider."),
    /** The model's own code fails, and widths are those of the model. */
    ROWS_MEET(
            138,
            "The model's own code fails where members ride in the rows: arrays of different numbers of"
                    + " rows meet, one of which it made for the examples",
            "Let arrays of the code's own broadcast, as manager.ones(new Shape(1, n)) does, or use"
                    + " another form."),
    /** Fewer masks than members. */
    FEW_MASKS(
            139,
            "Masks of that many features and ones are fewer than the members of Masksembles, so that"
                    + " some would have equal masks",
            "Use fewer members or a scale nearer to 2, or make the layer before it wider."),
    /** Fewer signs than members. */
    FEW_SIGNS(
            140,
            "BatchEnsemble starts members apart by random signs, of which no layer of the network has"
                    + " enough: 2^(inputs + outputs - groups) of a layer must be as many as members",
            "Use init = FastWeightInit.NORMAL or fewer members, or make a layer wider."),
    /** No layer sets members apart. */
    NO_FAST_WEIGHTS(
            141,
            "The members of a BatchEnsemble differ in their fast weights alone, and no layer of the"
                    + " network has any",
            "Let a layer with weights not be exempt from them, as @Exempt makes it."),
    /** No layer with masks. */
    NO_MASKS(
            142,
            "The members of Masksembles differ in their masks alone, and no layer of the network has"
                    + " any: those that read the input and those that are exempt have none",
            "Give the model a layer behind the first, and let it not be exempt from masks, as @Exempt"
                    + " makes it.");

    private final int number;
    private final String meaning;
    private final String wayOut;

    Refusal(int number, String meaning, String wayOut) {
        this.number = number;
        this.meaning = meaning;
        this.wayOut = wayOut;
    }

    /**
     * Returns the code as users see it.
     *
     * @return the code, such as {@code PLY111}
     */
    public String getId() {
        return String.format(Locale.ROOT, "PLY%03d", number);
    }

    /**
     * Returns what is wrong with such a model.
     *
     * @return the meaning, a sentence without its full stop
     */
    public String getMeaning() {
        return meaning;
    }

    /**
     * Returns what to do about it.
     *
     * @return the way out, a full sentence
     */
    public String getWayOut() {
        return wayOut;
    }
}
