/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.samples.benchmarks.hand.ByHand;
import dev.polyphony.samples.benchmarks.hand.Copies;
import dev.polyphony.samples.benchmarks.hand.Kit;
import dev.polyphony.samples.benchmarks.model.BatchEnsembleDigitNet;
import dev.polyphony.samples.benchmarks.model.BatchEnsembleMlp;
import dev.polyphony.samples.benchmarks.model.BatchEnsembleResNet;
import dev.polyphony.samples.benchmarks.model.DeepEnsembleDigitNet;
import dev.polyphony.samples.benchmarks.model.DeepEnsembleMlp;
import dev.polyphony.samples.benchmarks.model.DeepEnsembleResNet;
import dev.polyphony.samples.benchmarks.model.DigitNet;
import dev.polyphony.samples.benchmarks.model.MasksemblesDigitNet;
import dev.polyphony.samples.benchmarks.model.MasksemblesMlp;
import dev.polyphony.samples.benchmarks.model.MasksemblesResNet;
import dev.polyphony.samples.benchmarks.model.MimoDigitNet;
import dev.polyphony.samples.benchmarks.model.MimoMlp;
import dev.polyphony.samples.benchmarks.model.MimoResNet;
import dev.polyphony.samples.benchmarks.model.MixMoDigitNet;
import dev.polyphony.samples.benchmarks.model.MixMoMlp;
import dev.polyphony.samples.benchmarks.model.MixMoResNet;
import dev.polyphony.samples.benchmarks.model.Mlp;
import dev.polyphony.samples.benchmarks.model.PackedDigitNet;
import dev.polyphony.samples.benchmarks.model.PackedMlp;
import dev.polyphony.samples.benchmarks.model.PackedResNet;
import dev.polyphony.samples.benchmarks.model.ResNet;
import dev.polyphony.samples.benchmarks.model.SubEnsembleDigitNet;
import dev.polyphony.samples.benchmarks.model.SubEnsembleMlp;
import dev.polyphony.samples.benchmarks.model.SubEnsembleResNet;
import java.util.Locale;

/** The models, with the shapes that they are measured on. */
enum Network {
    MLP("two-moons MLP", new Shape(2), 2, 128),
    DIGITS("digits CNN", new Shape(1, 8, 8), 10, 128),
    RESNET18("ResNet-18 of width 16", new Shape(3, 32, 32), 10, 32),
    WIDE("ResNet-like net of width 64", new Shape(3, 32, 32), 10, 8);

    private final String title;
    private final Shape base;
    private final int classes;
    private final int batch;

    Network(String title, Shape base, int classes, int batch) {
        this.title = title;
        this.base = base;
        this.classes = classes;
        this.batch = batch;
    }

    String getTitle() {
        return title;
    }

    /** The shape of one example. */
    Shape getBase() {
        return base;
    }

    int getClasses() {
        return classes;
    }

    int getBatch() {
        return batch;
    }

    Block plain() {
        return switch (this) {
            case MLP -> new Mlp(128, classes);
            case DIGITS -> new DigitNet(16, classes);
            case RESNET18 -> new ResNet(16, 4, classes);
            case WIDE -> new ResNet(64, 1, classes);
        };
    }

    Block byHand(Method method) {
        Kit kit = method.getKit();
        if (kit == null) {
            return new Copies(method.getMembers(this), this::plain, base);
        }
        return switch (this) {
            case MLP -> ByHand.mlp(kit, 128, classes);
            case DIGITS -> ByHand.digits(kit, 16, classes);
            case RESNET18 -> ByHand.resNet(kit, 16, 4, classes);
            case WIDE -> ByHand.resNet(kit, 64, 1, classes);
        };
    }

    Block generated(Method method) {
        return switch (this) {
            case MLP -> mlp(method, 128);
            case DIGITS -> digits(method, 16);
            case RESNET18 -> resNet(method, 16, 4);
            case WIDE -> resNet(method, 64, 1);
        };
    }

    private Block mlp(Method method, int hidden) {
        return switch (method) {
            case PACKED -> new PackedMlp(hidden, classes);
            case MIMO -> new MimoMlp(hidden, classes);
            case MIXMO -> new MixMoMlp(hidden, classes);
            case BATCH_ENSEMBLE -> new BatchEnsembleMlp(hidden, classes);
            case MASKSEMBLES -> new MasksemblesMlp(hidden, classes);
            case SUB_ENSEMBLE -> new SubEnsembleMlp(hidden, classes);
            case DEEP_ENSEMBLE -> new DeepEnsembleMlp(hidden, classes);
        };
    }

    private Block digits(Method method, int width) {
        return switch (method) {
            case PACKED -> new PackedDigitNet(width, classes);
            case MIMO -> new MimoDigitNet(width, classes);
            case MIXMO -> new MixMoDigitNet(width, classes);
            case BATCH_ENSEMBLE -> new BatchEnsembleDigitNet(width, classes);
            case MASKSEMBLES -> new MasksemblesDigitNet(width, classes);
            case SUB_ENSEMBLE -> new SubEnsembleDigitNet(width, classes);
            case DEEP_ENSEMBLE -> new DeepEnsembleDigitNet(width, classes);
        };
    }

    private Block resNet(Method method, int width, int stages) {
        return switch (method) {
            case PACKED -> new PackedResNet(width, stages, classes);
            case MIMO -> new MimoResNet(width, stages, classes);
            case MIXMO -> new MixMoResNet(width, stages, classes);
            case BATCH_ENSEMBLE -> new BatchEnsembleResNet(width, stages, classes);
            case MASKSEMBLES -> new MasksemblesResNet(width, stages, classes);
            case SUB_ENSEMBLE -> new SubEnsembleResNet(width, stages, classes);
            case DEEP_ENSEMBLE -> new DeepEnsembleResNet(width, stages, classes);
        };
    }

    static Network of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
