/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.ConvolutionBuilder;
import dev.polyphony.nn.layer.EnsembleConv1d;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleConv3d;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.EnsembleLinear;

/** The layer that the settings of a case describe, under the names of PyTorch. */
public final class GoldenLayers {

    private GoldenLayers() {}

    /** Returns whether the case has a convolution. */
    public static boolean isConvolution(GoldenCase golden) {
        return golden.getSettings().has("kernel_size");
    }

    /** Returns the layer of a form, with the groups that the case has. */
    public static EnsembleLayer of(GoldenCase golden, Form form) {
        return of(golden, form, golden.getSettings().getInt("groups", 1));
    }

    /** Returns the layer of a form, with other groups. */
    public static EnsembleLayer of(GoldenCase golden, Form form, int groups) {
        String unit = isConvolution(golden) ? "channels" : "features";
        return of(golden, form, groups, golden.getSettings().getInt("out_" + unit));
    }

    /** Returns the layer of a form, with other groups and units. */
    public static EnsembleLayer of(GoldenCase golden, Form form, int groups, int units) {
        if (!isConvolution(golden)) {
            // the array of weights shows it
            golden.getSettings().ignore("in_features");
            return EnsembleLinear.builder(form)
                    .setUnits(units)
                    .optBias(golden.getSettings().getBoolean("bias", true))
                    .build();
        }
        golden.getSettings().ignore("in_channels");
        golden.getSettings().require("padding_mode", "zeros");
        int axes = golden.getShape("x").length - 2;
        return switch (axes) {
            case 1 -> set(EnsembleConv1d.builder(form), golden, axes, groups, units).build();
            case 2 -> set(EnsembleConv2d.builder(form), golden, axes, groups, units).build();
            case 3 -> set(EnsembleConv3d.builder(form), golden, axes, groups, units).build();
            default -> throw new AssertionError(golden.getId() + ": " + axes + " axes");
        };
    }

    private static <T extends ConvolutionBuilder<T>> T set(
            T builder, GoldenCase golden, int axes, int groups, int units) {
        Shape kernel = golden.getSettings().getAxes("kernel_size", axes, 1);
        return builder.setKernelShape(kernel)
                .setFilters(units)
                .optStride(golden.getSettings().getAxes("stride", axes, 1))
                .optPadding(golden.getSettings().getAxes("padding", axes, 0))
                .optDilation(golden.getSettings().getAxes("dilation", axes, 1))
                .optGroups(groups)
                .optBias(golden.getSettings().getBoolean("bias", true));
    }
}
