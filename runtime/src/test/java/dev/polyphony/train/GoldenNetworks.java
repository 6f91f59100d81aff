/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The networks of the golden training runs in our layers, and the names of their parts there. */
final class GoldenNetworks {

    private GoldenNetworks() {}

    /** A network, and for each of its layers the golden layers that it holds, member by member. */
    record Network(Ensemble ensemble, List<List<String>> layers) {}

    static Network of(JsonObject settings) {
        String kind = settings.get("kind").getAsString();
        int m = settings.has("m") ? settings.get("m").getAsInt() : 1;
        int classes = settings.get("classes").getAsInt();
        return switch (kind) {
            case "baseline" -> {
                int hidden = settings.get("hidden").getAsInt();
                yield new Network(
                        new Deep(DeepEnsembleForm.of(1), hidden, classes),
                        singles("net.0", "net.2", "net.4"));
            }
            case "mimo_indep", "mimo_sum", "mimo_notebook" -> {
                int hidden = settings.get("hidden").getAsInt();
                yield new Network(
                        mlp(MimoForm.of(m), new int[] {hidden, hidden}, classes),
                        List.of(List.of("input_layer"), List.of("body.1"), members("heads", m)));
            }
            case "be" ->
                    new Network(
                            mlp(BatchEnsembleForm.of(m), hidden(settings), classes),
                            stack(settings));
            case "be_split" ->
                    new Network(
                            mlp(BatchEnsembleForm.of(m), hidden(settings), classes),
                            IntStream.rangeClosed(0, hidden(settings).length)
                                    .mapToObj(i -> List.of("core_model." + 2 * i))
                                    .toList());
            case "be_additive" ->
                    new Network(
                            mlp(
                                    BatchEnsembleForm.of(m).form(FastWeightForm.ADDITIVE),
                                    hidden(settings),
                                    classes),
                            singles("input_layer", "fc"));
            case "packed_mlp" ->
                    new Network(
                            mlp(packed(m, settings), hidden(settings), classes), stack(settings));
            case "packed_cnn" ->
                    new Network(
                            new Other(packed(m, settings), form -> cnn(form, settings, classes)),
                            singles("conv1.conv", "bn1", "conv2.conv", "bn2", "fc1", "fc2"));
            case "mixmo" ->
                    new Network(
                            new Other(MixMoForm.of(m), form -> mixMo(form, settings, classes)),
                            List.of(members("enc", m), List.of("conv"), members("fc", m)));
            default -> throw new IllegalArgumentException("unknown kind of run: " + kind);
        };
    }

    private static PackedForm packed(int m, JsonObject settings) {
        return PackedForm.of(m)
                .alpha(settings.get("alpha").getAsDouble())
                .gamma(settings.get("gamma").getAsInt())
                .minChannelsPerGroup(1);
    }

    private static int[] hidden(JsonObject settings) {
        JsonElement hidden = settings.get("hidden");
        if (!hidden.isJsonArray()) {
            return new int[] {hidden.getAsInt()};
        }
        return IntStream.range(0, hidden.getAsJsonArray().size())
                .map(i -> hidden.getAsJsonArray().get(i).getAsInt())
                .toArray();
    }

    private static List<List<String>> singles(String... names) {
        return Stream.of(names).map(List::of).toList();
    }

    private static List<List<String>> stack(JsonObject settings) {
        List<List<String>> layers = new ArrayList<>();
        for (int i = 0; i < hidden(settings).length; i++) {
            layers.add(List.of("layers." + i));
        }
        layers.add(List.of("final_layer"));
        return layers;
    }

    private static List<String> members(String name, int m) {
        return IntStream.range(0, m).mapToObj(i -> name + "." + i).toList();
    }

    private static Ensemble mlp(Form form, int[] hidden, int classes) {
        return new Other(form, own -> mlp(units -> linear(own, units), hidden, classes));
    }

    private static Block mlp(IntFunction<Block> linear, int[] hidden, int classes) {
        SequentialBlock network = new SequentialBlock();
        for (int units : hidden) {
            network.add(linear.apply(units)).add(Activation::relu);
        }
        return network.add(linear.apply(classes));
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    private static Block cnn(Form form, JsonObject settings, int classes) {
        Shape two = new Shape(2, 2);
        boolean average = settings.has("pool") && "avg".equals(settings.get("pool").getAsString());
        SequentialBlock network = new SequentialBlock();
        network.add(conv(form, settings.get("c1").getAsInt(), 1, false));
        network.add(EnsembleBatchNorm.builder(form).build()).add(Activation::relu);
        network.add(average ? Pool.avgPool2dBlock(two, two) : Pool.maxPool2dBlock(two, two));
        network.add(conv(form, settings.get("c2").getAsInt(), 1, false));
        network.add(EnsembleBatchNorm.builder(form).build()).add(Activation::relu);
        network.add(Blocks.batchFlattenBlock());
        network.add(linear(form, settings.get("hid").getAsInt())).add(Activation::relu);
        return network.add(linear(form, classes));
    }

    private static Block mixMo(Form form, JsonObject settings, int classes) {
        return new SequentialBlock()
                .add(conv(form, settings.get("c1").getAsInt(), 1, false))
                .add(Activation::relu)
                .add(conv(form, settings.get("c2").getAsInt(), 2, true))
                .add(Activation::relu)
                .add(Pool.globalAvgPool2dBlock())
                .add(linear(form, classes));
    }

    private static Block conv(Form form, int filters, int stride, boolean bias) {
        return EnsembleConv2d.builder(form)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .optStride(new Shape(stride, stride))
                .setFilters(filters)
                .optBias(bias)
                .build();
    }

    private static final class Other extends Ensemble {

        Other(Form form, Function<Form, Block> network) {
            super(form, network.apply(form));
        }
    }

    private static final class Deep extends Ensemble {

        Deep(DeepEnsembleForm form, int hidden, int classes) {
            super(
                    form,
                    () ->
                            mlp(
                                    units -> Linear.builder().setUnits(units).build(),
                                    new int[] {hidden, hidden},
                                    classes));
        }
    }
}
