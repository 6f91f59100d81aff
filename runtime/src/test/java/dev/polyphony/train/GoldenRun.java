/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.util.Pair;
import com.google.gson.JsonObject;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.nn.Ensemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One golden training run, with the recorded parameters and batches, through our step. */
final class GoldenRun implements AutoCloseable {

    /** What the reference calls our parameters, by framework. */
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "weight", List.of("linear.weight", "weight", "W"),
                    "bias", List.of("bias", "b"),
                    "r", List.of("r_group", "r"),
                    "s", List.of("s_group", "s"),
                    "gamma", List.of("weight"),
                    "beta", List.of("bias"),
                    "runningMean", List.of("running_mean"),
                    "runningVar", List.of("running_var"));

    /** One of our parameters, and the golden ones that it holds one after the other. */
    private record Part(Parameter parameter, List<String> names) {}

    private final GoldenCase golden;
    private final JsonObject settings;
    private final Recipe recipe;
    private final Model model;
    private final Ensemble ensemble;
    private final List<Part> parts = new ArrayList<>();
    private final int[] index;
    private final int[] indexShape;

    GoldenRun(GoldenCase golden) {
        this.golden = golden;
        settings = golden.getHyperparameters();
        GoldenNetworks.Network network = GoldenNetworks.of(settings);
        ensemble = network.ensemble();
        recipe = recipe(settings.get("kind").getAsString());
        model = Model.newInstance("golden", Device.cpu());
        model.setBlock(ensemble);
        ensemble.initialize(model.getNDManager(), DataType.FLOAT32, shape("X", 1));
        index = golden.getInts("index");
        indexShape = golden.getShape("index");
        collectParts(network.layers());
        for (Part part : parts) {
            NDArray array = part.parameter.getArray();
            double[] values = concat(part.names, "init.");
            array.set(floats(values));
        }
    }

    private Recipe recipe(String kind) {
        Recipe paper = Recipe.of(ensemble.getForm());
        return switch (kind) {
            case "mimo_notebook", "be_additive" -> paper.withLoss(new MeanLogitsLoss());
            case "mimo_sum", "mixmo" -> paper.withLoss(new MemberLoss(Reduction.SUM));
            default -> paper.withLoss(new MemberLoss(Reduction.MEAN));
        };
    }

    private void collectParts(List<List<String>> layers) {
        String last = null;
        int layer = -1;
        for (Pair<String, Parameter> pair : ensemble.getParameters()) {
            String own = pair.getKey().substring(0, pair.getKey().lastIndexOf('_'));
            layer += own.equals(last) ? 0 : 1;
            last = own;
            Parameter parameter = pair.getValue();
            List<String> names = new ArrayList<>();
            for (String golden : layers.get(layer)) {
                names.add(name(golden, parameter.getName()));
            }
            parts.add(new Part(parameter, names));
        }
    }

    private String name(String layer, String parameter) {
        return NAMES.get(parameter).stream()
                .map(suffix -> layer + "." + suffix)
                .filter(name -> golden.has("init." + name))
                .findFirst()
                .orElseThrow();
    }

    private double[] concat(List<String> names, String prefix) {
        return names.stream()
                .map(name -> golden.get(prefix + name))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    void checkGradients() {
        try (Trainer trainer = trainer(Sgd.builder().build());
                NDManager manager = model.getNDManager().newSubManager()) {
            NDList[] batch = batch(0, manager);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                collector.backward(recipe.loss().evaluate(batch[1], trainer.forward(batch[0])));
            }
            for (Part part : parts) {
                if (part.parameter.requiresGradient()) {
                    checkParts(part, "grad0.", part.parameter.getArray().getGradient());
                }
            }
        }
    }

    void check(String name, GroupedOptimizer optimizer) {
        int steps = indexShape[0];
        double[] losses = new double[steps];
        if (golden.has("logits_init")) {
            golden.check("logits_init", logits("logits_init"));
        }
        try (optimizer;
                Trainer trainer = trainer(optimizer)) {
            for (int step = 0; step < steps; step++) {
                try (NDManager manager = model.getNDManager().newSubManager()) {
                    NDList[] batch = batch(step, manager);
                    NDArray sum = manager.zeros(new Shape());
                    Step.update(trainer, recipe, batch[0], batch[1], sum);
                    losses[step] = sum.getFloat();
                }
            }
        }
        golden.check("loss_" + name, losses);
        golden.check("logits_final_" + name, logits("logits_final_" + name));
        parts.forEach(part -> checkParts(part, "final_" + name + ".", part.parameter.getArray()));
    }

    private void checkParts(Part part, String prefix, NDArray values) {
        float[] all = values.toFloatArray();
        int from = 0;
        for (String name : part.names) {
            int length = golden.get(prefix + name).length;
            golden.check(prefix + name, doubles(Arrays.copyOfRange(all, from, from + length)));
            from += length;
        }
    }

    private Trainer trainer(GroupedOptimizer optimizer) {
        Trainer trainer =
                model.newTrainer(
                        new DefaultTrainingConfig(recipe.loss())
                                .optOptimizer(optimizer)
                                .optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(shape("X", 1));
        return trainer;
    }

    /** Inputs and labels of a step, as recorded. */
    private NDList[] batch(int step, NDManager manager) {
        int members = ensemble.getMembers();
        boolean split = "be_split".equals(settings.get("kind").getAsString());
        boolean own = indexShape.length == 3 || split;
        int size = index.length / indexShape[0];
        int rows = own ? size / members : size;
        int width = own ? members : 1;
        Shape example = shape("X", 1).slice(1);
        int length = (int) example.size();
        double[] features = golden.get("X");
        int[] classes = golden.getInts("y");
        float[] x = new float[size * length];
        long[] y = new long[size];
        for (int row = 0; row < rows; row++) {
            for (int m = 0; m < width; m++) {
                int at = row * width + m;
                int from = index[step * size + m * rows + row];
                y[at] = classes[from];
                for (int i = 0; i < length; i++) {
                    x[at * length + i] = (float) features[from * length + i];
                }
            }
        }
        Shape each = own ? new Shape(rows, members) : new Shape(rows);
        NDList inputs = new NDList(manager.create(x, each.addAll(example)));
        NDList labels = new NDList(manager.create(y, each));
        if (golden.has("masks")) {
            addMix(step, rows, manager, inputs, labels);
        }
        return new NDList[] {inputs, labels};
    }

    private void addMix(int step, int rows, NDManager manager, NDList inputs, NDList labels) {
        double[] masks = golden.get("masks");
        double[] weights = golden.get("weights");
        int places = masks.length / indexShape[0] / rows;
        float[] both = new float[rows * 2 * places];
        float[] own = new float[rows * 2];
        for (int row = 0; row < rows; row++) {
            for (int place = 0; place < places; place++) {
                float first = (float) masks[(step * rows + row) * places + place];
                both[2 * row * places + place] = first;
                both[(2 * row + 1) * places + place] = 1 - first;
            }
            own[2 * row] = (float) weights[(step * rows + row) * 2];
            own[2 * row + 1] = (float) weights[(step * rows + row) * 2 + 1];
        }
        int[] shape = golden.getShape("masks");
        inputs.add(manager.create(both, new Shape(rows, 2, shape[3], shape[4])));
        labels.add(manager.create(own, new Shape(rows, 2)));
    }

    /** The members' logits of the first examples, member by member. */
    private double[] logits(String name) {
        int[] shape = golden.getShape(name);
        try (NDManager manager = model.getNDManager().newSubManager()) {
            double[] all = golden.get("X");
            int length = all.length / golden.getShape("X")[0];
            NDArray x =
                    manager.create(
                            floats(Arrays.copyOf(all, shape[1] * length)), shape("X", shape[1]));
            NDArray y =
                    ensemble.forward(new ParameterStore(manager, false), new NDList(x), false)
                            .singletonOrThrow();
            return doubles(y.transpose(1, 0, 2).toFloatArray());
        }
    }

    private Shape shape(String name, int rows) {
        long[] shape = Arrays.stream(golden.getShape(name)).asLongStream().toArray();
        shape[0] = rows;
        return new Shape(shape);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Override
    public void close() {
        model.close();
    }
}
