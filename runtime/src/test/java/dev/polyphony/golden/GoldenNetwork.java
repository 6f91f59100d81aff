/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
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

/** The network of a golden case: our ensemble, and what the reference calls its parameters. */
public final class GoldenNetwork {

    private static final String[] PLAIN = {"weight", "bias"};
    private static final String[] FACTORED = {"linear.weight", "bias", "r_group", "s_group"};
    private static final String[] ADDED = {"W", "b", "r", "s"};
    private static final String[] STATISTICS = {"weight", "bias", "running_mean", "running_var"};

    private final GoldenCase golden;
    private final Ensemble ensemble;
    private final List<List<String>> names = new ArrayList<>();

    private GoldenNetwork(GoldenCase golden, Form form, Block network) {
        this.golden = golden;
        ensemble = new Network(form, network);
    }

    private static final class Network extends Ensemble {
        Network(Form form, Block network) {
            super(form, network);
        }
    }

    /** Returns the network of a case: of a training by its own kind, else by that of the case. */
    public static GoldenNetwork of(GoldenCase golden) {
        // the arrays show them
        golden.getSettings().ignore("in", "batch", "cin", "hw", "image");
        int m = golden.getSettings().getInt("m", 1);
        String kind =
                golden.getKind() == GoldenKind.TRAINING
                        ? golden.getSettings().getText("kind")
                        : golden.getKind().name();
        return switch (kind) {
            case "baseline" -> mlp(golden, PackedForm.of(1), 2).numbered("net.", 2, PLAIN);
            case "mimo_indep", "mimo_sum", "mimo_notebook", "MIMO_NOTEBOOK" ->
                    mlp(golden, MimoForm.of(m), 2)
                            .named("input_layer.", PLAIN)
                            .named("body.1.", PLAIN)
                            .stacked("heads.", m, PLAIN);
            case "MIMO_MLP" -> mlp(golden, MimoForm.of(m), 1).layers(PLAIN);
            case "be", "BATCH_ENSEMBLE_MLP" ->
                    mlp(golden, BatchEnsembleForm.of(m), 1).layers(FACTORED);
            case "be_split" ->
                    mlp(golden, BatchEnsembleForm.of(m), 1).numbered("core_model.", 1, FACTORED);
            case "be_additive" ->
                    additive(golden, m).named("input_layer.", ADDED).named("fc.", ADDED);
            case "BATCH_ENSEMBLE_ADDITIVE" ->
                    additive(golden, m).named("net.input_layer.", ADDED).named("net.fc.", ADDED);
            case "packed_mlp" -> mlp(golden, packed(golden, m), 1).layers(PLAIN);
            case "packed_cnn", "PACKED_CNN" -> packedCnn(golden, m);
            case "mixmo" -> mixMo(golden, m);
            default -> throw new AssertionError(golden.getId() + ": unknown kind " + kind);
        };
    }

    /** Returns the ensemble. */
    public Ensemble getEnsemble() {
        return ensemble;
    }

    /**
     * Initialises the network and gives its parameters the stored values.
     *
     * @param manager the manager of the parameters
     * @param example the shape of an example
     * @param prefix what stands before the parameters' names in the case
     */
    public void load(NDManager manager, Shape example, String prefix) {
        ensemble.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(example));
        fill(manager, prefix);
    }

    /**
     * Gives the parameters of the network, which is initialised, the stored values.
     *
     * @param manager the manager of arrays on the way
     * @param prefix what stands before the parameters' names in the case
     */
    public void fill(NDManager manager, String prefix) {
        List<Parameter> parameters = ensemble.getParameters().values();
        if (parameters.size() != names.size()) {
            throw new AssertionError(
                    golden.getId() + ": parameters are " + parameters + ", not " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            Parameter parameter = parameters.get(i);
            float[] values = new float[(int) parameter.getShape().size()];
            int at = 0;
            for (String part : names.get(i)) {
                for (double value : golden.get(prefix + part)) {
                    values[at++] = (float) value;
                }
            }
            if (at != values.length) {
                throw new AssertionError(
                        golden.getId() + ": " + at + " values for " + parameter.getShape());
            }
            manager.create(values, parameter.getShape()).copyTo(parameter.getArray());
        }
    }

    /** Answers in prediction, {@code [B, M, classes]}. */
    public NDArray predict(NDArray x) {
        ParameterStore parameters = new ParameterStore(x.getManager(), false);
        return ensemble.forward(parameters, new NDList(x), false).singletonOrThrow();
    }

    /** Holds the parameters that receive gradients, or these, against stored arrays. */
    public void check(String prefix, boolean gradients) {
        List<Parameter> parameters = ensemble.getParameters().values();
        for (int i = 0; i < names.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.requiresGradient()) {
                NDArray array = parameter.getArray();
                check(prefix, "", names.get(i), gradients ? array.getGradient() : array);
            } else if (!gradients) {
                check(prefix, "", names.get(i), parameter.getArray());
            }
        }
    }

    /** Holds the running statistics against stored arrays. */
    public void checkStatistics(String suffix) {
        List<Parameter> parameters = ensemble.getParameters().values();
        for (int i = 0; i < names.size(); i++) {
            if (!parameters.get(i).requiresGradient()) {
                check("", suffix, names.get(i), parameters.get(i).getArray());
            }
        }
    }

    private void check(String prefix, String suffix, List<String> parts, NDArray array) {
        double[] values = array.toType(DataType.FLOAT64, true).toDoubleArray();
        int at = 0;
        for (String part : parts) {
            String name = prefix + part + suffix;
            int size = golden.get(name).length;
            golden.check(name, Arrays.copyOfRange(values, at, at + size));
            at += size;
        }
    }

    private GoldenNetwork named(String prefix, String... parts) {
        for (String part : parts) {
            // a layer without bias has none in the case
            if (golden.has(prefix + part) || golden.has("init." + prefix + part)) {
                names.add(List.of(prefix + part));
            }
        }
        return this;
    }

    /** Layers {@code layers.0.} and so on, then {@code final_layer.}. */
    private GoldenNetwork layers(String... parts) {
        for (int i = 0; i < hidden(golden, 1).length; i++) {
            named("layers." + i + ".", parts);
        }
        return named("final_layer.", parts);
    }

    /** Layers with an activation behind each: {@code net.0.}, {@code net.2.} and so on. */
    private GoldenNetwork numbered(String prefix, int depth, String... parts) {
        for (int i = 0; i <= hidden(golden, depth).length; i++) {
            named(prefix + 2 * i + ".", parts);
        }
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

    private static GoldenNetwork mlp(GoldenCase golden, Form form, int depth) {
        SequentialBlock block = new SequentialBlock();
        for (int width : hidden(golden, depth)) {
            block.add(linear(form, width)).add(Activation::relu);
        }
        block.add(linear(form, classes(golden)));
        return new GoldenNetwork(golden, form, block);
    }

    /** The widths of the hidden layers: one for each, or one for all of them. */
    private static int[] hidden(GoldenCase golden, int depth) {
        int[] widths = golden.getSettings().getInts("hidden");
        return golden.getSettings().isList("hidden")
                ? widths
                : IntStream.generate(() -> widths[0]).limit(depth).toArray();
    }

    private static GoldenNetwork additive(GoldenCase golden, int m) {
        return mlp(golden, BatchEnsembleForm.of(m).form(FastWeightForm.ADDITIVE), 1);
    }

    private static GoldenNetwork packedCnn(GoldenCase golden, int m) {
        Form form = packed(golden, m);
        boolean average = "avg".equals(golden.getSettings().getText("pool"));
        Shape two = new Shape(2, 2);
        boolean bias = golden.getSettings().getBoolean("conv_bias", false);
        SequentialBlock block =
                new SequentialBlock()
                        .add(conv(form, golden.getSettings().getInt("c1"), 1, bias))
                        .add(EnsembleBatchNorm.builder(form).build())
                        .add(Activation::relu)
                        .add(
                                average
                                        ? Pool.avgPool2dBlock(two, two)
                                        : Pool.maxPool2dBlock(two, two))
                        .add(
                                conv(
                                        form,
                                        golden.getSettings().getInt("c2"),
                                        golden.getSettings().getInt("stride2", 1),
                                        bias))
                        .add(EnsembleBatchNorm.builder(form).build())
                        .add(Activation::relu)
                        .add(Blocks.batchFlattenBlock())
                        .add(linear(form, golden.getSettings().getInt("hid")));
        if (golden.getSettings().getBoolean("relu_fc", true)) {
            block.add(Activation::relu);
        }
        block.add(linear(form, classes(golden)));
        return new GoldenNetwork(golden, form, block)
                .named("conv1.conv.", PLAIN)
                .named("bn1.", STATISTICS)
                .named("conv2.conv.", PLAIN)
                .named("bn2.", STATISTICS)
                .named("fc1.", PLAIN)
                .named("fc2.", PLAIN);
    }

    private static GoldenNetwork mixMo(GoldenCase golden, int m) {
        Form form = MixMoForm.of(m);
        SequentialBlock block =
                new SequentialBlock()
                        .add(conv(form, golden.getSettings().getInt("c1"), 1, false))
                        .add(Activation::relu)
                        .add(conv(form, golden.getSettings().getInt("c2"), 2, true))
                        .add(Activation::relu)
                        .addSingleton(x -> x.mean(new int[] {2}).mean(new int[] {2}))
                        .add(linear(form, classes(golden)));
        return new GoldenNetwork(golden, form, block)
                .stacked("enc.", m, "weight")
                .named("conv.", PLAIN)
                .stacked("fc.", m, PLAIN);
    }

    private static int classes(GoldenCase golden) {
        return golden.getSettings()
                .getInt(
                        "classes",
                        golden.getSettings().getInt("ncls", golden.getSettings().getInt("out", 0)));
    }

    private static Form packed(GoldenCase golden, int m) {
        return PackedForm.of(m)
                .alpha(golden.getSettings().getDouble("alpha"))
                .gamma(golden.getSettings().getInt("gamma", 1))
                .minChannelsPerGroup(golden.getSettings().getInt("min_ch", 1));
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
