/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static dev.polyphony.golden.GoldenKind.BATCH_ENSEMBLE_LAYER;
import static dev.polyphony.golden.GoldenKind.MASKS;
import static dev.polyphony.golden.GoldenKind.MASK_SIZES;
import static dev.polyphony.golden.GoldenKind.METRICS;
import static dev.polyphony.golden.GoldenKind.MIMO_BATCHES;
import static dev.polyphony.golden.GoldenKind.MIX_BATCHES;
import static dev.polyphony.golden.GoldenKind.PACKED_CONVOLUTION;
import static dev.polyphony.golden.GoldenKind.PACKED_LINEAR;
import static dev.polyphony.golden.GoldenKind.PACKED_SIZES;

import java.util.Set;

/** A result of a reference that is deliberately not ours, with the reason and what proves ours. */
public enum Difference {
    PACKED_WIDTHS(
            Set.of(PACKED_LINEAR, PACKED_CONVOLUTION, PACKED_SIZES),
            "derived|result",
            "The reference truncates `c * alpha`, does not round the width of a convolution that"
                    + " reads the input, ignores `gamma` and the layer's own groups there, and rounds"
                    + " for the lowered `gamma` or not at all. A member's width is"
                    + " `ceil(c * alpha / m)`, rounded up to a multiple of `gamma` and of the layer's"
                    + " groups, in every layer, so that members are equally wide and layers fit"
                    + " together. A single member is the base model, whatever `alpha` is.",
            "Each width equals that formula in exact fractions; layers of the reference's width, cut"
                    + " out of ours, give its values."),
    PACKED_GROUPS(
            Set.of(PACKED_SIZES),
            "result",
            "Where the groups of a convolution do not divide its channels, no plain layer is there to"
                    + " pack, yet the reference rounds up and makes one; it also widens the input of a"
                    + " member, whatever the layer before gives. Here such a layer is refused, with a"
                    + " message.",
            "Each such layer is made and refused."),
    BATCH_REMAINDER(
            Set.of(BATCH_ENSEMBLE_LAYER),
            "",
            "Given a batch that members do not divide, the reference lets the members that come first"
                    + " have the rows that are left, without a word. Here every member sees each"
                    + " example, or examples of its own: a batch that is divided among members must be"
                    + " a multiple of `m`, and the last one of an epoch leaves the rest out.",
            "`BatchFormatTest`. The values of all rows are matched, given to the members that the"
                    + " reference gives them to."),
    MASK_DRAWS(
            Set.of(MASKS),
            "masks",
            "The reference draws positions over more columns than needed, drops those that no mask"
                    + " uses, and tries again until the width fits, which for some settings never"
                    + " ends. Here masks are uniform subsets of the columns, mended where a column is"
                    + " in none, so its draws have no counterpart.",
            "Shape, ones in each mask and use of each column are those of the reference's masks."),
    MASK_COVER(
            Set.of(MASK_SIZES),
            "active",
            "With so few ones the masks cannot use all columns, and the reference's search cannot"
                    + " end. Here a mask has at least `ceil(c / n)` ones.",
            "The number of ones is `ceil(c / n)` exactly where `n` times the reference's is below"
                    + " `c`."),
    ROUNDED_COUNT(
            Set.of(MIMO_BATCHES),
            "",
            "torch-uncertainty cuts `rows * (1 - rho)` off in double precision, which makes 0 of"
                    + " `10 * (1 - 0.9)`. Here, as in the authors' code, it is cut off in single"
                    + " precision, which makes 1 of it.",
            "The count is the nearest whole number there. The order of the rows is matched for the"
                    + " reference's count."),
    UNEVEN_BATCHES(
            Set.of(MIX_BATCHES),
            "len",
            "MixMo fills a batch beyond its size where the repetitions do not divide it, and counts"
                    + " the steps without that. Here such a size is refused. A last batch of a single"
                    + " row, of which batch normalisation has no statistics, is left out here.",
            "The batches of the reference are matched, given the size that they really have."),
    NLL_CLIPPED(
            Set.of(METRICS),
            "nll_mixmo",
            "MixMo adds 1e-12 to the probability; here the loss stays in log space, without a"
                    + " floor.",
            "`nll` and `nll_tu`."),
    CLASS_WISE_CALIBRATION(
            Set.of(METRICS),
            "tace\\d+_mixmo",
            "Class-wise and thresholded, an experiment of MixMo that no other work reports.",
            "The calibration errors that are reported, in three conventions of bins."),
    BRIER_OF_ONE_CLASS(
            Set.of(METRICS),
            "brier_top_class",
            "Scores the predicted class alone, which is not a proper score.",
            "`brier` over all classes."),
    CLOSEST_RECALL(
            Set.of(METRICS),
            "ood_\\w+_fpr95_tu",
            "torch-uncertainty takes the recall closest to 0.95; the usual rule is at least 0.95.",
            "`fpr95_classic`, with either class as the positive one.");

    private final Set<GoldenKind> kinds;
    private final String arrays;
    private final String reason;
    private final String proof;

    Difference(Set<GoldenKind> kinds, String arrays, String reason, String proof) {
        this.kinds = kinds;
        this.arrays = arrays;
        this.reason = reason;
        this.proof = proof;
    }

    /** Returns whether an output of a case need not be matched, in whole or in part. */
    boolean excuses(GoldenKind kind, String array) {
        return kinds.contains(kind) && array.matches(arrays);
    }

    /** Returns why ours is another. */
    public String getReason() {
        return reason;
    }

    /** Returns how ours is tested. */
    public String getProof() {
        return proof;
    }
}
