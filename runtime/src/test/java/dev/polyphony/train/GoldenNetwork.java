/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.loss.Loss;
import com.google.gson.JsonObject;
import dev.polyphony.FastWeightForm;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network of a golden training run: our ensemble, and what the reference calls its parameters.
 */
final class GoldenNetwork {

    private static final Loss MEAN = new MemberLoss(Reduction.MEAN);
    private static final Loss SUM = new MemberLoss(Reduction.SUM);

    private final GoldenCase golden;
    private final Ensemble ensemble;
    private final Loss loss;
    private final List<List<String>> names = new ArrayList<>();

    private GoldenNetwork(GoldenCase golden, Form form, Loss loss, Block network) {
        this.golden = golden;
        this.loss = loss;
        ensemble = new Network(form, network);
    }

    private static final class Network extends Ensemble {
        Network(Form form, Block network) {
            super(form, network);
        }
    }

    static GoldenNetwork of(GoldenCase golden) {
        JsonObject settings = golden.getHyperparameters();
        String kind = settings.get("kind").getAsString();
        int m = settings.has("m") ? settings.get("m").getAsInt() : 1;
        return switch (kind) {
            case "baseline" ->
                    mlp(golden, PackedForm.of(1), MEAN)
                            .named("net.0.weight", "net.0.bias", "net.2.weight", "net.2.bias")
                            .named("net.4.weight", "net.4.bias");
            case "mimo_indep" -> mimo(golden, m, MEAN);
            case "mimo_sum" -> mimo(golden, m, SUM);
            case "mimo_notebook" -> mimo(golden, m, new MeanLogitsLoss());
            case "be" -> batchEnsemble(golden, m, "layers.0.", "final_layer.");
            case "be_split" -> batchEnsemble(golden, m, "core_model.0.", "core_model.2.");
            case "be_additive" -> additive(golden, m);
            case "packed_mlp" -> packedMlp(golden, m);
            case "packed_cnn" -> packedCnn(golden, m);
            case "mixmo" -> mixMo(golden, m);
            default -> throw new AssertionError(golden.getId() + ": unknown kind " + kind);
        };
    }

    Ensemble getEnsemble() {
        return ensemble;
    }

    Loss getLoss() {
        return loss;
    }

    /** Initialises the network and gives its parameters the stored values. */
    void load(NDManager manager, Shape example) {
        ensemble.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(example));
        List<Parameter> parameters = ensemble.getParameters().values();
        if (parameters.size() != names.size()) {
            throw new AssertionError(golden.getId() + ": parameters are " + parameters);
        }
        for (int i = 0; i < names.size(); i++) {
            Parameter parameter = parameters.get(i);
            float[] values = new float[(int) parameter.getShape().size()];
            int at = 0;
            for (String part : names.get(i)) {
                for (double value : golden.get("init." + part)) {
                    values[at++] = (float) value;
                }
            }
            manager.create(values, parameter.getShape()).copyTo(parameter.getArray());
        }
    }

    /** Holds the parameters, or their gradients, against stored arrays. */
    void check(String prefix, boolean gradients) {
        List<Parameter> parameters = ensemble.getParameters().values();
        for (int i = 0; i < names.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (gradients && !parameter.requiresGradient()) {
                continue;
            }
            NDArray array = parameter.getArray();
            double[] values = doubles(gradients ? array.getGradient() : array);
            int at = 0;
            for (String name : names.get(i)) {
                int size = golden.get(prefix + name).length;
                golden.check(prefix + name, Arrays.copyOfRange(values, at, at + size));
                at += size;
            }
        }
    }

    static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private GoldenNetwork named(String... each) {
        Arrays.stream(each).forEach(name -> names.add(List.of(name)));
        return this;
    }

    /** One parameter of ours holds the heads, or encoders, of all members. */
    private GoldenNetwork stacked(String prefix, int members, String... parts) {
        for (String part : parts) {
            names.add(
                    IntStream.range(0, members)
                            .mapToObj(member -> prefix + member + "." + part)
                            .toList());
        }
        return this;
    }

    private static GoldenNetwork mlp(GoldenCase golden, Form form, Loss loss) {
        SequentialBlock block = new SequentialBlock();
        for (int width : hidden(golden)) {
            block.add(linear(form, width)).add(Activation::relu);
        }
        block.add(linear(form, classes(golden)));
        return new GoldenNetwork(golden, form, loss, block);
    }

    private static int[] hidden(GoldenCase golden) {
        JsonObject settings = golden.getHyperparameters();
        if (settings.get("hidden").isJsonArray()) {
            return settings.getAsJsonArray("hidden").asList().stream()
                    .mapToInt(width -> width.getAsInt())
                    .toArray();
        }
        int width = settings.get("hidden").getAsInt();
        boolean one = "be_additive".equals(settings.get("kind").getAsString());
        return one ? new int[] {width} : new int[] {width, width};
    }

    private static GoldenNetwork mimo(GoldenCase golden, int m, Loss loss) {
        return mlp(golden, MimoForm.of(m), loss)
                .named("input_layer.weight", "input_layer.bias", "body.1.weight", "body.1.bias")
                .stacked("heads.", m, "weight", "bias");
    }

    private static GoldenNetwork batchEnsemble(GoldenCase golden, int m, String... layers) {
        GoldenNetwork network = mlp(golden, BatchEnsembleForm.of(m), MEAN);
        for (String layer : layers) {
            network.named(layer + "linear.weight", layer + "bias");
            network.named(layer + "r_group", layer + "s_group");
        }
        return network;
    }

    private static GoldenNetwork additive(GoldenCase golden, int m) {
        Form form = BatchEnsembleForm.of(m).form(FastWeightForm.ADDITIVE);
        return mlp(golden, form, new MeanLogitsLoss())
                .named("input_layer.W", "input_layer.b", "input_layer.r", "input_layer.s")
                .named("fc.W", "fc.b", "fc.r", "fc.s");
    }

    private static GoldenNetwork packedMlp(GoldenCase golden, int m) {
        GoldenNetwork network = mlp(golden, packed(golden, m), MEAN);
        for (int i = 0; i < hidden(golden).length; i++) {
            network.named("layers." + i + ".weight", "layers." + i + ".bias");
        }
        return network.named("final_layer.weight", "final_layer.bias");
    }

    private static GoldenNetwork packedCnn(GoldenCase golden, int m) {
        Form form = packed(golden, m);
        JsonObject settings = golden.getHyperparameters();
        boolean average = settings.has("pool") && "avg".equals(settings.get("pool").getAsString());
        Shape two = new Shape(2, 2);
        SequentialBlock block =
                new SequentialBlock()
                        .add(conv(form, settings.get("c1").getAsInt(), 1, false))
                        .add(EnsembleBatchNorm.builder(form).build())
                        .add(Activation::relu)
                        .add(
                                average
                                        ? Pool.avgPool2dBlock(two, two)
                                        : Pool.maxPool2dBlock(two, two))
                        .add(conv(form, settings.get("c2").getAsInt(), 1, false))
                        .add(EnsembleBatchNorm.builder(form).build())
                        .add(Activation::relu)
                        .add(Blocks.batchFlattenBlock())
                        .add(linear(form, settings.get("hid").getAsInt()))
                        .add(Activation::relu)
                        .add(linear(form, classes(golden)));
        return new GoldenNetwork(golden, form, MEAN, block)
                .named("conv1.conv.weight", "bn1.weight", "bn1.bias")
                .named("bn1.running_mean", "bn1.running_var")
                .named("conv2.conv.weight", "bn2.weight", "bn2.bias")
                .named("bn2.running_mean", "bn2.running_var")
                .named("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    }

    private static GoldenNetwork mixMo(GoldenCase golden, int m) {
        JsonObject settings = golden.getHyperparameters();
        Form form = MixMoForm.of(m);
        SequentialBlock block =
                new SequentialBlock()
                        .add(conv(form, settings.get("c1").getAsInt(), 1, false))
                        .add(Activation::relu)
                        .add(conv(form, settings.get("c2").getAsInt(), 2, true))
                        .add(Activation::relu)
                        .addSingleton(x -> x.mean(new int[] {2}).mean(new int[] {2}))
                        .add(linear(form, classes(golden)));
        return new GoldenNetwork(golden, form, SUM, block)
                .stacked("enc.", m, "weight")
                .named("conv.weight", "conv.bias")
                .stacked("fc.", m, "weight", "bias");
    }

    private static int classes(GoldenCase golden) {
        return golden.getHyperparameters().get("classes").getAsInt();
    }

    private static Form packed(GoldenCase golden, int m) {
        JsonObject settings = golden.getHyperparameters();
        return PackedForm.of(m)
                .alpha(settings.get("alpha").getAsDouble())
                .gamma(settings.get("gamma").getAsInt())
                .minChannelsPerGroup(1);
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    private static Block conv(Form form, int filters, int stride, boolean bias) {
        return EnsembleConv2d.builder(form)
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(1, 1))
                .optBias(bias)
                .build();
    }
}
