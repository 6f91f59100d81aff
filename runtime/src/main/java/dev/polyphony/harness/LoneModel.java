/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;

/** A member of an ensemble as a model of its own. */
final class LoneModel {

    private LoneModel() {}

    /** Takes a member out; a model that is not initialised is. */
    static Model of(TrainedModel trained, int member, Block model) {
        Model own =
                Model.newInstance(
                        trained.getName() + ", member " + member,
                        trained.getModel().getNDManager().getDevice());
        try {
            own.setBlock(model);
            if (!model.isInitialized()) {
                model.initialize(
                        own.getNDManager(),
                        DataType.FLOAT32,
                        trained.getEnsemble().getInputShapes());
            }
            trained.getEnsemble().extractMember(member, model);
            return own;
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }
}
