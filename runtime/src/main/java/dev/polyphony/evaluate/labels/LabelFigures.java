/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

/**
 * How well an ensemble tells one label of several.
 *
 * @param share share of the test examples that have the label
 * @param accuracy share of them that are told right
 * @param binaryCrossEntropy mean over the examples, in nats
 * @param brier mean squared difference of probability and label, from 0 to 1
 * @param auroc area under the ROC curve; NaN if all examples have the label, or none
 * @param averagePrecision area under the precision-recall curve; NaN as the AUROC
 */
public record LabelFigures(
        double share,
        double accuracy,
        double binaryCrossEntropy,
        double brier,
        double auroc,
        double averagePrecision) {}
