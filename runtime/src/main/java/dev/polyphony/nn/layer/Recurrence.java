/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.RNN;
import dev.polyphony.nn.form.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of a stack of recurrent layers: features {@code [rows, time, features]}, states
 * {@code [rows, layers * directions, size]}.
 */
final class Recurrence implements Unit {

    /** The kinds of recurrent layers. */
    enum Cell {
        LSTM(4, 2),
        GRU(3, 1),
        RNN(1, 1);

        private final int gates;
        private final int states;

        Cell(int gates, int states) {
            this.gates = gates;
            this.states = states;
        }

        int getStates() {
            return states;
        }
    }

    private final Cell cell;
    private final RNN.Activation activation;
    private final long stateSize;
    private final int numLayers;
    private final int directions;
    private final boolean biases;
    private final float dropRate;
    private final boolean returnState;
    private final List<Definition> definitions = new ArrayList<>();

    Recurrence(Cell cell, RNN.Activation activation, RecurrentBuilder<?> builder) {
        this.cell = cell;
        this.activation = activation;
        stateSize = builder.getStateSize();
        numLayers = builder.getNumLayers();
        directions = builder.isBidirectional() ? 2 : 1;
        biases = builder.hasBiases();
        dropRate = builder.getDropRate();
        returnState = builder.isReturnState();
        for (int layer = 0; layer < numLayers; layer++) {
            define(layer, Parameter.Type.WEIGHT);
            if (biases) {
                define(layer, Parameter.Type.BIAS);
            }
        }
    }

    private void define(int layer, Parameter.Type type) {
        for (String direction : List.of("l", "r").subList(0, directions)) {
            for (String source : List.of("i2h", "h2h")) {
                String name = direction + '_' + layer + '_' + source + '_' + type.name();
                definitions.add(new Definition(name, type));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public String getName() {
        return cell + "(" + stateSize + ")";
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesIds() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public long getWidth() {
        return stateSize;
    }

    /** {@inheritDoc} */
    @Override
    public List<Definition> getDefinitions() {
        return definitions;
    }

    /** {@inheritDoc} */
    @Override
    public Shape getParameterShape(int index, long inputs, long width) {
        Definition definition = definitions.get(index);
        long units = cell.gates * width;
        if (definition.type() == Parameter.Type.BIAS) {
            return new Shape(units);
        }
        if (definition.name().contains("h2h")) {
            return new Shape(units, width);
        }
        return new Shape(units, readsFeatures(index) ? inputs : directions * width);
    }

    /** {@inheritDoc} */
    @Override
    public boolean readsFeatures(int index) {
        Definition definition = definitions.get(index);
        return definition.type() == Parameter.Type.WEIGHT && definition.name().contains("_0_i2h");
    }

    /** {@inheritDoc} */
    @Override
    public int getBlocks(int index, int axis) {
        if (axis == 0) {
            return cell.gates;
        }
        if (readsFeatures(index)) {
            return 0;
        }
        return definitions.get(index).name().contains("h2h") ? 1 : directions;
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputBlocks() {
        return directions;
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputCount() {
        return returnState ? 1 + cell.states : 1;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape input, long width) {
        Shape[] outputs = new Shape[getOutputCount()];
        outputs[0] = new Shape(input.get(0), input.get(1), directions * width);
        for (int i = 1; i < outputs.length; i++) {
            outputs[i] = stateShape(input, width);
        }
        return outputs;
    }

    private Shape stateShape(Shape input, long width) {
        return new Shape(input.get(0), (long) numLayers * directions, width);
    }

    /** {@inheritDoc} */
    @Override
    public void requireInputs(Shape[] inputs, long width) {
        if (inputs[0].dimension() != 3) {
            throw new IllegalArgumentException(
                    getName()
                            + " takes sequences, an array with the axes examples, time and"
                            + " features, but is given "
                            + inputs[0]);
        }
        if (inputs.length > 1 + cell.states) {
            throw new IllegalArgumentException(
                    getName()
                            + " takes features and "
                            + cell.states
                            + (cell.states == 1 ? " state" : " states")
                            + ", but is given "
                            + inputs.length
                            + " arrays");
        }
        Shape expected = stateShape(inputs[0], width);
        for (int i = 1; i < inputs.length; i++) {
            if (!inputs[i].equals(expected)) {
                throw new IllegalArgumentException(
                        "%s is given a state of %d features for each of %d layers and %d rows, where it has %d, %d and %d: a state must come from a layer of the same width; with @Packed, alpha = m keeps the model's widths"
                                .formatted(
                                        getName(),
                                        inputs[i].get(2),
                                        inputs[i].get(1),
                                        inputs[i].get(0),
                                        expected.get(2),
                                        expected.get(1),
                                        expected.get(0)));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, List<NDArray> parameters, boolean training) {
        NDArray x = inputs.head();
        long width = parameters.get(1).getShape().get(1);
        NDList states = new NDList();
        for (int i = 1; i <= cell.states; i++) {
            states.add(i < inputs.size() ? layersFirst(inputs.get(i)) : zeros(x, width));
        }
        NDList answers = run(x, states, new NDList(inEngineOrder(parameters)), training);
        NDList outputs = new NDList(answers.head());
        for (NDArray state : answers.subNDList(1)) {
            if (returnState) {
                outputs.add(state.swapAxes(0, 1));
            } else {
                state.close();
            }
        }
        return outputs;
    }

    /**
     * As the engine takes states: with memory in the order of the axes, which it needs on a GPU. A
     * reshape copies where it must and passes gradients on; the engine's copies do not.
     */
    private static NDArray layersFirst(NDArray state) {
        NDArray turned = state.swapAxes(0, 1);
        return turned.flatten().reshape(turned.getShape());
    }

    private NDArray zeros(NDArray x, long width) {
        Shape shape = new Shape((long) numLayers * directions, x.getShape().get(0), width);
        return x.getManager().zeros(shape, x.getDataType());
    }

    private NDList run(NDArray x, NDList states, NDList parameters, boolean training) {
        NDArrayEx ex = x.getNDArrayInternal();
        boolean both = directions == 2;
        return switch (cell) {
            case LSTM ->
                    ex.lstm(
                            x,
                            states,
                            parameters,
                            biases,
                            numLayers,
                            dropRate,
                            training,
                            both,
                            true);
            case GRU ->
                    ex.gru(
                            x,
                            states.head(),
                            parameters,
                            biases,
                            numLayers,
                            dropRate,
                            training,
                            both,
                            true);
            case RNN ->
                    ex.rnn(
                            x,
                            states.head(),
                            parameters,
                            biases,
                            numLayers,
                            activation,
                            dropRate,
                            training,
                            both,
                            true);
        };
    }

    /**
     * The engine takes the weights and biases of one direction after those of the other, while DJL
     * has the weights of both before their biases, and so fails on them.
     */
    private List<NDArray> inEngineOrder(List<NDArray> parameters) {
        if (!biases || directions == 1) {
            return parameters;
        }
        List<NDArray> ordered = new ArrayList<>();
        for (int layer = 0; layer < parameters.size(); layer += 8) {
            for (int i : new int[] {0, 1, 4, 5, 2, 3, 6, 7}) {
                ordered.add(parameters.get(layer + i));
            }
        }
        return ordered;
    }
}
