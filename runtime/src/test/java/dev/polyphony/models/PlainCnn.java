/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;

/** The plain model of {@link EnsembleCnn}, and a deep ensemble of it. */
public final class PlainCnn extends SequentialBlock {

    public PlainCnn(int classes) {
        add(
                Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .optPadding(new Shape(1, 1))
                        .setFilters(8)
                        .build());
        add(BatchNorm.builder().build()).add(Activation::relu);
        add(Blocks.batchFlattenBlock());
        add(Dropout.builder().optRate(0.1f).build());
        add(Linear.builder().setUnits(classes).build());
    }

    /** Returns the network of any form. */
    public static Ensemble of(Form form, int classes) {
        return form instanceof DeepEnsembleForm deep
                ? new Copies(deep, classes)
                : new EnsembleCnn(form, classes);
    }

    private static final class Copies extends Ensemble {

        Copies(DeepEnsembleForm form, int classes) {
            super(form, () -> new PlainCnn(classes));
        }
    }
}
