/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

/** Arrays of the cases that are there to be known, not to be matched. */
enum Information {
    ATTENTION_MIXES_MEMBERS(
            true,
            "y_(self|encdec)_reference_bug",
            "torch-uncertainty's packed attention cuts the projections of all members into three"
                    + " thirds where two of query, key and value are one array, which mixes members,"
                    + " and queries, keys and values. `y_self_correct` and `y_encdec_correct` are"
                    + " matched."),
    COVERAGE_IS_NO_NUMBER(
            true,
            "cov_at_[\\d.]+risk_tu",
            "torch-uncertainty's coverage at a risk looks a point of the curve up by the wrong index,"
                    + " and is not a number (stored as -1) where the right answer is below about one"
                    + " half. `cov_at_*risk` is matched."),
    TEMPERATURE_WITHOUT_LINE_SEARCH(
            true,
            "T_lbfgs_tu",
            "torch-uncertainty searches the temperature by L-BFGS without line search: mostly right"
                    + " to 0.001, but it can jump to a negative one and stay there. The exact minimum"
                    + " `T_opt` is matched."),
    TEMPERATURE_OF_SUMMED_GRADIENTS(
            true,
            "T_mixmo",
            "MixMo's search of the temperature never sets the gradient back to zero, so it ends far"
                    + " from the minimum. `T_opt` is matched."),
    ADAM_OF_DJL(
            true,
            "(loss|logits_final)_adam_djl",
            "DJL's Adam adds epsilon before the bias correction: the run with its formula. Ours is"
                    + " PyTorch's: `loss_adam`, `logits_final_adam` and `final_adam.*` are matched."),
    NOT_REARRANGED(
            false,
            "y_rearranged",
            "What a packed transposed convolution would give with its members in rows."),
    MASK_SEARCH(
            false,
            "s_final|scale_trace",
            "The course of the reference's search for masks, which ours does without."),
    IN_BETWEEN(false, "eval_(conv1|pool|conv2|flat|fc1)", "What layers within a network give.");

    private final boolean defect;
    private final String arrays;
    private final String reason;

    Information(boolean defect, String arrays, String reason) {
        this.defect = defect;
        this.arrays = arrays;
        this.reason = reason;
    }

    /** Returns whether a reference is wrong here. */
    boolean isDefect() {
        return defect;
    }

    /** Returns whether an array of the role {@code info} is of this sort. */
    boolean covers(String array) {
        return array.matches(arrays);
    }

    /** Returns what it shows. */
    String getReason() {
        return reason;
    }
}
