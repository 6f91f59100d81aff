/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Gives all members of an ensemble the parameters of one model, so that each must answer as it. */
public final class EqualMembers {

    private EqualMembers() {}

    /**
     * Gives all members the parameters of a model.
     *
     * @param ensemble the ensemble, initialised, whose members are as wide as the model
     * @param model the plain model, initialised
     */
    public static void set(Ensemble ensemble, Block model) {
        List<Block> from = leaves(model);
        List<Block> to = leaves(ensemble);
        for (int i = 0; i < to.size(); i++) {
            Block source = from.get(i % from.size()); // a deep ensemble has the model M times
            for (Parameter target : to.get(i).getDirectParameters().values()) {
                value(ensemble, to.get(i), source, target).copyTo(target.getArray());
            }
        }
    }

    private static NDArray value(Ensemble ensemble, Block layer, Block source, Parameter target) {
        String name = target.getName();
        if (!source.getDirectParameters().contains(name)) {
            return neutral(ensemble, target);
        }
        NDArray value = source.getDirectParameters().get(name).getArray();
        if (value.getShape().equals(target.getShape())) {
            return value;
        }
        int members = ensemble.getMembers();
        boolean merges =
                ensemble.getForm().mergesInputs() && ((EnsembleLayer) layer).getRole().readsInput();
        // the members' shares of a merged input add up to the model's
        NDArray share = merges ? value.div(members) : value;
        NDList copies = new NDList(Collections.nCopies(members, share));
        boolean beside = merges && target.getShape().get(0) == value.getShape().get(0);
        return NDArrays.concat(copies, beside ? 1 : 0).reshape(target.getShape());
    }

    /** Fast weights and masks that change nothing. */
    private static NDArray neutral(Ensemble ensemble, Parameter target) {
        Shape shape = target.getShape();
        boolean adds =
                ensemble.getForm() instanceof BatchEnsembleForm form
                        && form.getForm() == FastWeightForm.ADDITIVE;
        return adds && "r".equals(target.getName())
                ? target.getArray().getManager().zeros(shape)
                : target.getArray().getManager().ones(shape);
    }

    private static List<Block> leaves(Block block) {
        List<Block> leaves = new ArrayList<>();
        if (!block.getDirectParameters().isEmpty()) {
            leaves.add(block);
        }
        block.getChildren().values().forEach(child -> leaves.addAll(leaves(child)));
        return leaves;
    }
}
