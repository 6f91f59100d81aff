/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;

/** The plain model of a case, initialised, with its wiring: what its networks are held against. */
final class Base implements AutoCloseable {

    private static final int EXAMPLES = 2;

    private final NDManager manager = NDManager.newBaseManager();
    private final Case setup;
    private final Block model;
    private final Wiring wiring;

    /**
     * Initialises a model and looks into it.
     *
     * @param setup the case
     * @param model the model
     * @throws IllegalStateException if the model is not what the manifest says
     */
    Base(Case setup, Block model) {
        this.setup = setup;
        this.model = model;
        Engine.getInstance().setRandomSeed(3);
        model.initialize(manager, DataType.FLOAT32, setup.inputShapes(1));
        wiring = Wiring.of(model, setup.inputShapes(EXAMPLES), manager);
        NDList y = forward(randomInputs(manager, EXAMPLES));
        List<Shape> outputs = y.stream().map(each -> each.getShape()).toList();
        if (!outputs.equals(setup.outputShapes(EXAMPLES))) {
            throw new IllegalStateException(
                    "The plain model gives %s, the manifest says %s"
                            .formatted(outputs, setup.outputShapes(EXAMPLES)));
        }
        // statistics and shifts of 0 and 1 would test nothing
        for (Parameter parameter : model.getParameters().values()) {
            if (parameter.getType() != Parameter.Type.WEIGHT) {
                manager.randomUniform(0.5f, 1.5f, parameter.getShape())
                        .copyTo(parameter.getArray());
            }
        }
    }

    Block getModel() {
        return model;
    }

    Wiring getWiring() {
        return wiring;
    }

    /** What the model gives in prediction. */
    NDList forward(NDList x) {
        return model.forward(new ParameterStore(x.getManager(), false), x, false);
    }

    /** Inputs with these leading axes: examples, or examples and members. */
    NDList randomInputs(NDManager scope, long... leading) {
        NDList x = new NDList();
        for (Shape shape : setup.inputShapes(leading)) {
            x.add(scope.randomNormal(shape));
        }
        return x;
    }

    @Override
    public void close() {
        manager.close();
    }
}
