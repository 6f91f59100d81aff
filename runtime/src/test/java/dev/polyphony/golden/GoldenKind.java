/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * What a golden case is about, told from its group and from the settings and arrays that it has,
 * never from its name. Each case belongs to exactly one kind.
 */
public enum GoldenKind {
    PACKED_LINEAR("packed", "nn.packed.GoldenPackedLayerTest", "in_features", "alpha"),
    PACKED_CONVOLUTION("packed", "nn.packed.GoldenPackedLayerTest", "kernel_size", "alpha"),
    PACKED_SIZES("packed", "nn.packed.GoldenPackedSizesTest", "params", "result"),
    PACKED_LAYER_NORM("packed", "nn.packed.GoldenPackedNormTest", "embed_dim", "eps"),
    PACKED_ATTENTION("packed", "nn.packed.GoldenPackedAttentionTest", "num_heads", "query"),
    PACKED_CNN("packed_cnn", "train.GoldenPackedCnnTest", "cin", "hw"),
    BATCH_ENSEMBLE_LAYER("batch_ensemble", "nn.batchensemble.GoldenBatchEnsembleTest", "r_group"),
    BATCH_ENSEMBLE_MLP(
            "batch_ensemble", "nn.batchensemble.GoldenBatchEnsembleTest", "final_layer.r_group"),
    BATCH_ENSEMBLE_ADDITIVE(
            "batch_ensemble", "nn.batchensemble.GoldenBatchEnsembleTest", "layer.r"),
    MIMO_NOTEBOOK("mimo", "nn.mimo.GoldenMimoTest", "logits_same"),
    MIMO_MLP("mimo", "nn.mimo.GoldenMimoTest", "logits_train"),
    MIMO_BATCHES("mimo", "data.GoldenBatchFormatTest", "member_perms"),
    MASKS("masksembles", "nn.masksembles.GoldenMasksTest", "draws"),
    MASK_SIZES("masksembles", "nn.masksembles.GoldenMasksTest", "params", "active"),
    MASKED_LAYER("masksembles", "nn.masksembles.GoldenMasksTest", "weight", "masks"),
    MIX_OF_TWO("mixmo", "data.mixmo.GoldenMixingTest", "mask_used"),
    MIX_OF_MANY("mixmo", "data.mixmo.GoldenMixingTest", "features"),
    MIX_BOXES("mixmo", "data.mixmo.GoldenMixMoTest", "box"),
    MIX_WEIGHTS("mixmo", "data.mixmo.GoldenMixMoTest", "roots"),
    MIX_SCHEDULE("mixmo", "data.mixmo.GoldenMixMoTest", "prob"),
    MIX_LOSS("mixmo", "train.loss.GoldenMixLossTest", "ensemble_logits"),
    MIX_BATCHES("mixmo", "data.GoldenBatchFormatTest", "batch_sizes"),
    MIX_AUGMENTATION("mixmo", "data.mixmo.GoldenMixMoTest", "msda_mask"),
    TRAINING("training", "train.GoldenTrainingTest", "architecture"),
    METRICS("metrics", "evaluate.GoldenMetricsTest", "probs"),
    DIVERSITY("metrics", "evaluate.GoldenMetricsTest", "preds"),
    TEMPERATURE("metrics", "evaluate.calibrate.GoldenTemperatureTest", "T_opt"),
    /** DJL's PyTorch engine has no deconvolution. */
    TRANSPOSED_CONVOLUTION("packed|batch_ensemble|masksembles", null, "kernel_size");

    private final String group;
    private final String driver;
    private final List<String> marks;

    GoldenKind(String group, String driver, String... marks) {
        this.group = group;
        this.driver = driver;
        this.marks = List.of(marks);
    }

    /** Returns the kinds that a case of the manifest fits; exactly one if it is understood. */
    static List<GoldenKind> of(JsonObject entry) {
        return Arrays.stream(values()).filter(kind -> kind.fits(entry)).toList();
    }

    private boolean fits(JsonObject entry) {
        // the groups are numbered: 1_packed
        boolean inGroup = entry.get("group").getAsString().matches("\\d+_(" + group + ")");
        // the class of the reference
        boolean transposed =
                entry.get("reference").getAsString().matches(".*::\\w+ConvTranspose\\dd");
        JsonObject arrays = entry.getAsJsonObject("arrays");
        JsonObject settings = entry.getAsJsonObject("hyperparameters");
        return inGroup
                && transposed == (this == TRANSPOSED_CONVOLUTION)
                && marks.stream().allMatch(mark -> arrays.has(mark) || settings.has(mark));
    }

    /** Returns whether a test drives cases of this kind. */
    public boolean isDriven() {
        return driver != null;
    }

    /** Returns the name of the test class that drives cases of this kind. */
    public String getDriver() {
        return "dev.polyphony." + driver;
    }
}
