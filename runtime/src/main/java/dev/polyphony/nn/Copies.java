/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** A deep ensemble's body: a copy of the model for each member. */
final class Copies implements Body {

    private final List<Block> members = new ArrayList<>();
    private final int first;
    private final boolean drawsApart;
    private Shape[] inputs;
    private MemberDraws draws;

    Copies(DeepEnsembleForm form, Supplier<? extends Block> model) {
        if (form.isVectorized()) {
            throw new IllegalArgumentException(
                    form + " is one network of ensemble layers, not copies of a model");
        }
        first = 0;
        // one member is the model itself
        drawsApart = form.getMembers() > 1;
        for (int i = 0; i < form.getMembers(); i++) {
            Block member = model.get();
            // two copies may be equal: that is up to the model
            if (members.stream().anyMatch(other -> other == member)) {
                throw new IllegalArgumentException(
                        "The supplier of a deep ensemble's model must make a new block each time");
            }
            members.add(member);
        }
    }

    private Copies(Block member, int number, boolean drawsApart) {
        members.add(member);
        first = number;
        this.drawsApart = drawsApart;
    }

    /** A member by itself, which draws what it draws among the others. */
    Copies alone(int member) {
        return new Copies(members.get(member), first + member, drawsApart);
    }

    List<Block> getMembers() {
        return members;
    }

    /** {@inheritDoc} */
    @Override
    public Block asPart() {
        throw new UnsupportedModelException(
                Refusal.DEEP_PART, "A deep ensemble cannot be a part of another ensemble");
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(NDManager manager, DataType dataType, Shape[] inputs) {
        this.inputs = inputs;
        draws = drawsApart ? MemberDraws.next() : null;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return members.get(0).getOutputShapes(inputs);
    }

    /** {@inheritDoc} */
    @Override
    public void allocate(NDManager manager, DataType dataType) {
        for (int m = 0; m < members.size(); m++) {
            Block member = members.get(m);
            Runnable initialize = () -> member.initialize(manager, dataType, inputs);
            if (draws == null) {
                initialize.run();
            } else {
                draws.start(member, first + m, initialize);
            }
            requireWholeGroups(member);
        }
    }

    /** DJL's convolutions divide channels by groups and drop the rest, and fail when they run. */
    private static void requireWholeGroups(Block block) {
        if (block instanceof Convolution convolution) {
            int groups = convolution.getGroups();
            long channels = convolution.describeInput().valueAt(0).get(1);
            long filters = convolution.getFilters();
            if (channels % groups != 0 || filters % groups != 0) {
                throw new UnsupportedModelException(
                        Refusal.GROUPS,
                        "%s has %d groups, which do not divide its %d input channels and %d filters"
                                .formatted(
                                        convolution.getClass().getSimpleName(),
                                        groups,
                                        channels,
                                        filters));
            }
        }
        block.getChildren().values().forEach(Copies::requireWholeGroups);
    }

    /** {@inheritDoc} */
    @Override
    public NDList forward(ParameterStore parameterStore, Inputs inputs) {
        boolean readsLabels = inputs.labels() != null && LabelReaders.in(members.get(0));
        if (readsLabels) {
            inputs.requireLabels(members.size());
        }
        MemberDraws dropout = drawsApart && inputs.training() ? MemberDraws.next() : null;
        List<NDList> answers = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            Block member = members.get(m);
            if (dropout != null) {
                dropout.seedForward(first + m);
            }
            NDList own = inputs.distinct() ? ofMember(inputs.own(), m) : inputs.own();
            if (readsLabels) {
                NDList labels = inputs.labels();
                NDList right = inputs.distinct() ? ofMember(labels, m) : new NDList(labels);
                answers.add(member.forward(parameterStore, own, right, null));
            } else {
                answers.add(member.forward(parameterStore, own, inputs.training()));
            }
        }
        NDList outputs = new NDList();
        for (int i = 0; i < answers.get(0).size(); i++) {
            int output = i;
            NDArray[] each = answers.stream().map(y -> y.get(output)).toArray(NDArray[]::new);
            outputs.add(
                    each.length == 1 ? each[0].expandDims(1) : NDArrays.stack(new NDList(each), 1));
        }
        return outputs;
    }

    private NDList ofMember(NDList inputs, int m) {
        NDList own = new NDList();
        if (members.size() == 1) {
            inputs.forEach(x -> own.add(x.squeeze(1)));
            return own;
        }
        NDIndex index = new NDIndex(":, {}", m);
        // side by side in memory, as when the member is alone: the same arithmetic, to the bit
        inputs.forEach(x -> own.add(x.get(index).duplicate()));
        return own;
    }

    /** {@inheritDoc} */
    @Override
    public int getForwardCalls() {
        return members.size();
    }

    /** {@inheritDoc} */
    @Override
    public String startFrom(String name, WarmStart start) {
        return start.apply(name, this);
    }

    /** {@inheritDoc} */
    @Override
    public void extract(String name, int member, Block model) {
        Counterparts.of(name, members.get(member), model)
                .getOwn()
                .forEach((own, plain) -> WarmStart.set(plain, own, OptionalDouble.empty()));
    }
}
