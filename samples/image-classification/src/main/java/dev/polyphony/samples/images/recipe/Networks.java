/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.Scale;
import java.util.function.BiFunction;

/** How large networks are at each scale. */
final class Networks {

    private static final int DEPTH = 28;
    private static final int WIDTH = 10;

    private Networks() {}

    /** Makes a harness of a WideResNet. */
    @FunctionalInterface
    interface WideResNets {
        Harness of(int depth, int width, int classes, boolean stridesLate);
    }

    /** Makes a harness of a ResNet. */
    @FunctionalInterface
    interface ResNets {
        Harness of(int depth, int width, int classes, boolean isForImageNet);
    }

    /** Makes a harness of three numbers. */
    @FunctionalInterface
    interface Three {
        Harness of(int first, int second, int classes);
    }

    /** WideResNet-28-10; reduced 16-2. */
    static Network wideResNet(String form, boolean stridesLate, WideResNets harness) {
        return new Network(
                "WideResNet-28-10, " + form,
                (classes, scale) ->
                        harness.of(
                                scale.choose(DEPTH, 16, 10),
                                scale.choose(WIDTH, 2, 1),
                                classes,
                                stridesLate));
    }

    /** A ResNet of 64 filters; reduced of 16. */
    static Network resNet(int depth, boolean isForImageNet, String form, ResNets harness) {
        return new Network(
                "ResNet-%d, %s".formatted(depth, form),
                (classes, scale) -> harness.of(depth, filters(scale), classes, isForImageNet));
    }

    /** A PreActResNet-18 of 64 filters; reduced of 16. */
    static Network preActResNet(int width, String form, Three harness) {
        return new Network(
                "PreActResNet-18-%d, %s".formatted(width, form),
                (classes, scale) -> harness.of(filters(scale), width, classes));
    }

    /** A VGG of 64 filters; reduced of 16. */
    static Network vgg(int depth, String form, Three harness) {
        return new Network(
                "VGG-%d, %s".formatted(depth, form),
                (classes, scale) -> harness.of(depth, filters(scale), classes));
    }

    /** The small network for CIFAR, of 32 filters and 128 hidden units; reduced of 16 and 64. */
    static Network cifarNet(String form, Three harness) {
        return new Network(
                "CifarNet, " + form,
                (classes, scale) ->
                        harness.of(scale.choose(32, 16, 12), scale.choose(128, 64, 16), classes));
    }

    /** LeNet, which has one size. */
    static Network leNet(String form, BiFunction<Integer, Scale, Harness> harness) {
        return new Network("LeNet, " + form, harness::apply);
    }

    private static int filters(Scale scale) {
        return scale.choose(64, 16, 4);
    }
}
