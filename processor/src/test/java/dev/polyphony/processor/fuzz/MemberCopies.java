/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

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
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Gives all members of an ensemble the parameters of one model, so that each must answer as it. The
 * layouts are those of the layers' formulas, with groups: a layer that expands one trunk orders its
 * outputs by group, then member.
 */
final class MemberCopies {

    private final Ensemble ensemble;
    private final int members;

    private MemberCopies(Ensemble ensemble) {
        this.ensemble = ensemble;
        members = ensemble.getMembers();
    }

    static void set(Ensemble ensemble, Block model) {
        MemberCopies copies = new MemberCopies(ensemble);
        List<Block> from = leaves(model);
        List<Block> to = leaves(ensemble);
        for (int i = 0; i < to.size(); i++) {
            Block source = from.get(i % from.size()); // a deep ensemble has the model M times
            for (Parameter target : to.get(i).getDirectParameters().values()) {
                copies.value(to.get(i), source, target).copyTo(target.getArray());
            }
        }
    }

    /** Gives a plain network the parameters of a packed member. */
    static void take(Ensemble packed, int member, Block plain) {
        List<Block> from = leaves(packed);
        List<Block> to = leaves(plain);
        for (int i = 0; i < to.size(); i++) {
            for (Parameter target : to.get(i).getDirectParameters().values()) {
                NDArray all = from.get(i).getDirectParameters().get(target.getName()).getArray();
                Shape each = new Shape(packed.getMembers()).addAll(target.getShape());
                all.reshape(each).get(member).copyTo(target.getArray());
            }
        }
    }

    private NDArray value(Block layer, Block source, Parameter target) {
        String name = target.getName();
        if (!source.getDirectParameters().contains(name)) {
            return neutral(target);
        }
        NDArray value = source.getDirectParameters().get(name).getArray();
        Shape shape = target.getShape();
        if (!(layer instanceof EnsembleLayer own) || value.getShape().equals(shape)) {
            return value;
        }
        boolean merges = ensemble.getForm().mergesInputs() && own.getRole().readsInput();
        boolean adds = merges && (name.equals("weight") || ensemble.getForm() instanceof MixMoForm);
        // the members' shares of a merged input add up to the model's
        NDArray share = adds ? value.div(members) : value;
        boolean isWeight = name.equals("weight");
        if (isWeight && shape.get(1) != value.getShape().get(1)) {
            share = copies(share, 1);
        }
        if (share.getShape().size() == shape.size()) {
            return share.reshape(shape);
        }
        boolean expands = ensemble.getForm().mergesInputs() && own.getRole().writesOutput();
        if (own.mixesFeatures() && expands) {
            long groups = groups(own, source);
            Shape rows = share.getShape();
            Shape byGroup = new Shape(groups, rows.get(0) / groups).addAll(rows.slice(1));
            return copies(share.reshape(byGroup), 1).reshape(shape);
        }
        return copies(share, 0).reshape(shape);
    }

    private NDArray copies(NDArray value, int axis) {
        return NDArrays.concat(new NDList(Collections.nCopies(members, value)), axis);
    }

    private static long groups(EnsembleLayer layer, Block source) {
        Shape input = layer.getMemberInputShape();
        Shape weight = source.getDirectParameters().get("weight").getShape();
        return layer.isSpatial() ? input.get(1) / weight.get(1) : 1;
    }

    /** Fast weights and masks that change nothing. */
    private NDArray neutral(Parameter target) {
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
