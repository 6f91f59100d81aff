/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.inference.Arguments;
import dev.polyphony.inference.EnsembleFactory;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.packed.PackedForm;

/** A convolution with batch normalisation and dropout, for small images. */
public final class EnsembleCnn extends Ensemble {

    public EnsembleCnn(Form form, int classes) {
        super(form, new Network(form, classes));
    }

    private static final class Network extends SequentialBlock {

        Network(Form form, int classes) {
            add(
                    EnsembleConv2d.builder(form)
                            .setKernelShape(new Shape(3, 3))
                            .optPadding(new Shape(1, 1))
                            .setFilters(8)
                            .build());
            add(EnsembleBatchNorm.builder(form).build()).add(Activation::relu);
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
            add(Blocks.batchFlattenBlock());
            add(Dropout.builder().optRate(0.1f).build());
            add(EnsembleLinear.builder(form).setUnits(16).build()).add(Activation::relu);
            add(EnsembleLinear.builder(form).setUnits(classes).build());
        }
    }

    /** What loads the packed form again. */
    public static final class Factory extends EnsembleFactory {

        private static final long serialVersionUID = 1L;

        @Override
        protected Ensemble create(Arguments arguments) {
            return new EnsembleCnn(PackedForm.of(2), arguments.getInt("classes"));
        }
    }
}
