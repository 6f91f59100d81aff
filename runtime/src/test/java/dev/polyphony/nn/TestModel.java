/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;

/** A model, written once for plain and for ensemble layers. */
interface TestModel {

    /** The classes of those that are classifiers, and the width of their last layer. */
    int CLASSES = 5;

    /** The input shape of the base model, with one example. */
    Shape getInput();

    /** Builds the model from the layers of a kit. */
    Block newModel(LayerKit kit);

    /** Whether what its first layers give has spatial axes. */
    boolean isSpatial();

    /** Whether it gives scores of classes, without dropout, which two networks draw apart. */
    boolean isDeterministicClassifier();

    boolean takesIds();

    /** Random examples of a shape; ids are below {@link SequenceModels#VOCABULARY}. */
    default NDArray newExamples(NDManager manager, Shape shape) {
        return takesIds()
                ? manager.randomInteger(0, SequenceModels.VOCABULARY, shape, DataType.INT64)
                : manager.randomNormal(shape);
    }

    default Block newBase() {
        return newModel(LayerKit.base());
    }

    default Ensemble newEnsemble(Form form) {
        return form instanceof DeepEnsembleForm deep && !deep.isVectorized()
                ? new TestModels.TestEnsemble(deep, this)
                : new TestModels.TestEnsemble(form, newModel(LayerKit.of(form)));
    }
}
