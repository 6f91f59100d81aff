/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Slices;
import dev.polyphony.nn.layer.EnsembleBlock;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A pass in which every layer answers with numbers by which each feature is known again, and notes
 * which of them it is given. One runs the base model, another its members with the features that
 * they have; the user's code between the layers runs as it is in both.
 */
final class TracePass extends Run {

    /** Examples, each with numbers of its own, so that no two features are equal in all of them. */
    static final int EXAMPLES = 8;

    private final int members;
    private final TracePass base;
    private final Map<EnsembleLayer, List<Call>> calls = new IdentityHashMap<>();
    private final Random random = new Random(1);

    /**
     * What a layer was given and gave.
     *
     * @param input the shape of its input
     * @param features the numbers of its input, by axis {@code [features][examples]}
     * @param places which of the model's features members are given; null in the base model
     * @param made which of the model's features members give, for each output
     * @param outputs the numbers of its outputs {@code [members][features][examples]}
     */
    private record Call(
            Shape input,
            Map<Integer, float[][]> features,
            int[][] places,
            List<Slices> made,
            List<float[][][]> outputs) {}

    /** Creates a pass of the base model. */
    TracePass() {
        super(EXAMPLES, null, false);
        members = 1;
        base = null;
    }

    /**
     * Creates a pass of the members, in which layers are told the features that they are given.
     *
     * @param base a pass of the base model that has run
     * @param members the number of members
     */
    TracePass(TracePass base, int members) {
        super(EXAMPLES, null, false);
        this.base = base;
        this.members = members;
    }

    /** Inputs that tell all their numbers apart; as ids they are 0 or 1. */
    NDArray newInput(NDManager manager, Shape shape) {
        int size = Math.toIntExact(shape.slice(1).size());
        return rows(new float[][][] {draw(size, false)}, manager)
                .reshape(new Shape(EXAMPLES).addAll(shape.slice(1)));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        List<Call> own = calls.computeIfAbsent(layer, key -> new ArrayList<>());
        Shape[] shapes = outputShapes(layer, inputs, parameterStore);
        Call call =
                base == null
                        ? note(layer, inputs.head(), shapes)
                        : tellChecked(layer, inputs.head(), own);
        own.add(call);
        if (!layer.mixesFeatures()) {
            return inputs;
        }
        NDList answers = new NDList();
        for (int i = 0; i < shapes.length; i++) {
            long[] dims = new long[shapes[i].dimension()];
            Arrays.fill(dims, 1);
            NDArray rows = rows(call.outputs.get(i), inputs.getManager());
            dims[layer.getRowAxis(i)] = rows.getShape().get(0);
            dims[layer.getFeatureAxis(shapes[i])] = rows.getShape().get(1);
            // with memory of its own, for code that changes arrays in place
            answers.add(rows.reshape(dims).broadcast(shapes[i]).duplicate());
        }
        return answers;
    }

    private Shape[] outputShapes(EnsembleLayer layer, NDList inputs, ParameterStore store) {
        if (!layer.mixesFeatures()) {
            return new Shape[0];
        }
        return base == null
                ? layer.getBaseOutputShapes(inputs.getShapes())
                : layer.spread(inputs, store, this).getShapes();
    }

    private Call note(EnsembleLayer layer, NDArray x, Shape[] shapes) {
        Map<Integer, float[][]> features = new HashMap<>();
        Shape input = x.getShape();
        for (int axis = 1; axis < input.dimension(); axis++) {
            boolean wanted =
                    layer.hasFeatureAxis()
                            ? axis == layer.getFeatureAxis(input)
                            : layer instanceof EnsembleBlock;
            if (wanted) {
                features.put(axis, features(layer, x, axis)[0]);
            }
        }
        List<float[][][]> outputs = new ArrayList<>();
        for (Shape shape : shapes) {
            int width = Math.toIntExact(shape.get(layer.getFeatureAxis(shape)));
            outputs.add(new float[][][] {draw(width, true)});
        }
        return new Call(input, features, null, List.of(), outputs);
    }

    /** Positive numbers, as most code likes them; if wanted, some of half the examples are not. */
    private float[][] draw(int width, boolean signed) {
        float[][] numbers = new float[width][EXAMPLES];
        for (float[] feature : numbers) {
            for (int i = 0; i < EXAMPLES; i++) {
                float number = 0.5f + random.nextFloat();
                feature[i] = signed && i >= EXAMPLES / 2 && random.nextBoolean() ? -number : number;
            }
        }
        return numbers;
    }

    private Call tellChecked(EnsembleLayer layer, NDArray x, List<Call> before) {
        try {
            return tell(layer, x, base.calls.get(layer).get(before.size()), before);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(layer.getDescription() + ": " + e.getMessage(), e);
        }
    }

    private Call tell(EnsembleLayer layer, NDArray x, Call plain, List<Call> before) {
        int axis = axis(layer, plain.input, x.getShape());
        float[][] known = plain.features.get(axis);
        int[][] places = known == null ? null : places(layer, known, features(layer, x, axis));
        List<Slices> made;
        if (before.isEmpty()) {
            made = layer.slice(places == null ? null : Slices.of(known.length, places));
        } else if (Arrays.deepEquals(places, before.get(0).places)) {
            made = before.get(0).made;
        } else {
            throw new IllegalArgumentException(
                    "it is used twice, for different features of the model");
        }
        List<float[][][]> outputs = new ArrayList<>();
        for (int i = 0; i < plain.outputs.size(); i++) {
            outputs.add(ofMembers(plain.outputs.get(i)[0], made.get(i)));
        }
        return new Call(x.getShape(), Map.of(), places, made, outputs);
    }

    /**
     * A block of the user's own does not say which axis is that of the features: it is narrower.
     */
    private static int axis(EnsembleLayer layer, Shape plain, Shape own) {
        for (int axis = 1; axis < own.dimension() && !layer.hasFeatureAxis(); axis++) {
            if (own.get(axis) != plain.get(axis)) {
                return axis;
            }
        }
        return layer.getFeatureAxis(own);
    }

    private static int[][] places(EnsembleLayer layer, float[][] known, float[][][] features) {
        FeatureMatch match = new FeatureMatch(known);
        int[][] places = new int[features.length][];
        for (int m = 0; m < places.length; m++) {
            places[m] = match.find(features[m]);
            if (places[m] == null) {
                throw new IllegalArgumentException(
                        "the code before it changes features by one another, as a softmax over them"
                                + " does, so that it does not show which of the model's a member has");
            }
        }
        return places;
    }

    private float[][][] ofMembers(float[][] numbers, Slices slices) {
        float[][][] own = new float[members][][];
        for (int m = 0; m < members; m++) {
            own[m] = Arrays.stream(slices.of(m)).mapToObj(i -> numbers[i]).toArray(float[][]::new);
        }
        return own;
    }

    /** The numbers of a layer's features {@code [members][features][examples]}. */
    private float[][][] features(EnsembleLayer layer, NDArray x, int axis) {
        NDArray rows = layer.getFeatures(x, axis);
        int width = Math.toIntExact(rows.getShape().get(1));
        float[] flat = rows.toType(DataType.FLOAT32, false).toFloatArray();
        float[][][] features = new float[members][width][EXAMPLES];
        for (int i = 0; i < flat.length; i++) {
            int row = i / width;
            features[row % members][i % width][row / members] = flat[i];
        }
        return features;
    }

    /** The rows {@code [examples * members, features]}. */
    private static NDArray rows(float[][][] numbers, NDManager manager) {
        int members = numbers.length;
        int width = numbers[0].length;
        float[] flat = new float[EXAMPLES * members * width];
        for (int i = 0; i < flat.length; i++) {
            int row = i / width;
            flat[i] = numbers[row % members][i % width][row / members];
        }
        return manager.create(flat, new Shape((long) EXAMPLES * members, width));
    }
}
