/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import dev.polyphony.nn.UnsupportedModelException;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.processor.generated.EqualMembers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds one form of one network to the contract. */
final class Check {

    private static final int EXAMPLES = 3;

    private final Net net;
    private final FormSpec form;
    private final CompiledNets code;
    private final NDManager manager;
    private final Shape[] inputs;

    private Check(Net net, FormSpec form, CompiledNets code, NDManager manager) {
        this.net = net;
        this.form = form;
        this.code = code;
        this.manager = manager;
        inputs = net.inputs().stream().map(size -> batch(size, 1)).toArray(Shape[]::new);
    }

    /** How a check ended when nothing is wrong. */
    enum Result {
        TRANSFORMED,
        REFUSED,
        /** The model's own numbers are too large to compare. */
        OVERFLOWN
    }

    /**
     * Checks a form.
     *
     * @throws AssertionError if the contract does not hold
     */
    static Result run(Net net, FormSpec form, CompiledNets code) throws Exception {
        Engine.getInstance().setRandomSeed((int) net.seed());
        try (NDManager manager = NDManager.newBaseManager()) {
            Check check = new Check(net, form, code, manager);
            Block base = check.base();
            if (check.overflows(base)) {
                return Result.OVERFLOWN;
            }
            check.isTheModelWithOneMember(base);
            return check.transformed(base);
        }
    }

    private static Shape batch(Size size, long examples) {
        return new Shape(examples)
                .addAll(new Shape(size.dims().stream().mapToLong(Integer::longValue).toArray()));
    }

    private Block base() {
        Block base = code.make(net, "Net", Block.class);
        base.initialize(manager, DataType.FLOAT32, inputs);
        for (Parameter parameter : base.getParameters().values()) {
            if (parameter.getType() != Parameter.Type.WEIGHT) {
                // defaults, 1 and 0, would test nothing
                manager.randomUniform(0.5f, 1.5f, parameter.getShape())
                        .copyTo(parameter.getArray());
            }
        }
        return base;
    }

    private boolean overflows(Block base) {
        return forward(base, examples(false), false).stream()
                .anyMatch(y -> !(y.abs().max().getFloat() < 1e6f));
    }

    private void isTheModelWithOneMember(Block base) {
        Ensemble single = code.make(net, form.single().name(), Ensemble.class);
        single.initialize(manager, DataType.FLOAT32, inputs);
        List<Parameter> from = base.getParameters().values();
        List<Parameter> to = single.getParameters().values();
        same("shapes of parameters with one member", shapes(from), shapes(to));
        for (int i = 0; i < from.size(); i++) {
            from.get(i).getArray().copyTo(to.get(i).getArray());
        }
        NDList x = examples(false);
        for (boolean training : new boolean[] {false, true}) {
            if (training && net.has(PlainKind.DROPOUT)) {
                break;
            }
            NDList expected = new NDList();
            forward(base, x, training).forEach(y -> expected.add(y.expandDims(1)));
            equal("one member, training " + training, expected, forward(single, x, training));
        }
    }

    private Result transformed(Block base) throws Exception {
        Ensemble ensemble = code.make(net, form.name(), Ensemble.class);
        Set<Refusal> reasons = Outlook.refusals(net, form);
        try {
            ensemble.initialize(manager, DataType.FLOAT32, inputs);
        } catch (UnsupportedModelException e) {
            if (!reasons.contains(e.getReason())) {
                throw new AssertionError("refused for another reason than " + reasons, e);
            }
            return Result.REFUSED;
        }
        same("refusals", Set.of(), reasons);
        NDList shared = forward(ensemble, examples(false), false);
        hasShapes(ensemble, base, shared);
        keepsExamplesApart(ensemble, shared);
        leaks(ensemble);
        if (form.keepsWidths()) {
            answersAsTheModel(base);
        }
        Optional<Net> member = Outlook.member(net, form);
        if (member.isPresent()) {
            membersAreNetworks(ensemble, member.get());
        }
        savesAndLoads(ensemble);
        NDList trained = forward(ensemble, examples(false), true);
        same("shapes in training", shapes(shared), shapes(trained));
        return Result.TRANSFORMED;
    }

    private void hasShapes(Ensemble ensemble, Block base, NDList shared) {
        Shape[] given = net.inputs().stream().map(s -> batch(s, EXAMPLES)).toArray(Shape[]::new);
        List<Shape> expected =
                forward(base, examples(false), false).stream()
                        .map(y -> y.getShape().slice(1))
                        .map(y -> new Shape(EXAMPLES, form.members()).addAll(y))
                        .toList();
        same("shapes", expected, shapes(shared));
        same("getOutputShapes", expected, Arrays.asList(ensemble.getOutputShapes(given)));
        NDList each = new NDList();
        examples(false).forEach(x -> each.add(x.expandDims(1).repeat(1, form.members())));
        near("the same examples for each member", shared, forward(ensemble, each, false));
    }

    /** The answer for an example does not depend on the others in the batch. */
    private void keepsExamplesApart(Ensemble ensemble, NDList shared) {
        NDList last = new NDList();
        examples(false).forEach(x -> last.add(x.get(new NDIndex("{}:", EXAMPLES - 1))));
        NDList expected = new NDList();
        shared.forEach(y -> expected.add(y.get(new NDIndex("{}:", EXAMPLES - 1))));
        near("one example alone", expected, forward(ensemble, last, false));
    }

    private void leaks(Ensemble ensemble) {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < form.members(); i++) {
            for (int j = 0; j < form.members(); j++) {
                expected.append(form.merges() || i == j ? '1' : '0');
            }
            expected.append('\n');
        }
        String leaks = LeakMatrix.of(ensemble, manager).toString();
        same("leak matrix", expected.toString().strip(), leaks);
    }

    /** Members with the model's parameters answer as the model, each for its own examples. */
    private void answersAsTheModel(Block base) {
        Ensemble ensemble = code.make(net, form.name(), Ensemble.class);
        ensemble.initialize(manager, DataType.FLOAT32, inputs);
        EqualMembers.set(ensemble, base);
        NDList x = examples(!form.merges());
        NDList answers = forward(ensemble, x, false);
        for (int m = 0; m < form.members(); m++) {
            NDIndex member = new NDIndex(":, {}", m);
            NDList own = new NDList();
            x.forEach(each -> own.add(form.merges() ? each : each.get(member)));
            NDList answer = new NDList();
            answers.forEach(y -> answer.add(y.get(member)));
            near("member " + m + " with the model's parameters", forward(base, own, false), answer);
        }
        Block taken = code.make(net, "Net", Block.class);
        taken.initialize(manager, DataType.FLOAT32, inputs);
        ensemble.extractMember(form.members() - 1, taken);
        NDList shared = examples(false);
        near("a member taken out", forward(base, shared, false), forward(taken, shared, false));
    }

    /** Each member answers as a plain network of its widths with its parameters. */
    private void membersAreNetworks(Ensemble ensemble, Net plain) {
        for (Parameter parameter : ensemble.getParameters().values()) {
            if (parameter.getType() != Parameter.Type.WEIGHT) {
                manager.randomUniform(0.5f, 1.5f, parameter.getShape())
                        .copyTo(parameter.getArray());
            }
        }
        Block member = code.make(plain, "Net", Block.class);
        member.initialize(manager, DataType.FLOAT32, inputs);
        NDList x = examples(true);
        NDList answers = forward(ensemble, x, false);
        for (int m = 0; m < form.members(); m++) {
            MemberCopies.take(ensemble, m, member);
            NDIndex index = new NDIndex(":, {}", m);
            NDList own = new NDList();
            x.forEach(each -> own.add(each.get(index)));
            NDList answer = new NDList();
            answers.forEach(y -> answer.add(y.get(index)));
            near("member " + m + " as a plain network", forward(member, own, false), answer);
        }
    }

    private void savesAndLoads(Ensemble ensemble) throws Exception {
        NDList expected = forward(ensemble, examples(false), false);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ensemble.saveParameters(new DataOutputStream(bytes));
        Ensemble loaded = code.make(net, form.name(), Ensemble.class);
        loaded.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        // kernels round by the place in memory
        near("loaded", expected, forward(loaded, examples(false), false));
    }

    /** The same numbers each time. */
    private NDList examples(boolean distinct) {
        Engine.getInstance().setRandomSeed(7);
        NDList x = new NDList();
        for (Size size : net.inputs()) {
            Shape shape = batch(size, EXAMPLES);
            Shape each = new Shape(EXAMPLES, form.members()).addAll(shape.slice(1));
            x.add(manager.randomNormal(distinct ? each : shape));
        }
        return x;
    }

    private NDList forward(Block block, NDList x, boolean training) {
        return block.forward(new ParameterStore(manager, false), x, training);
    }

    private static List<Shape> shapes(NDList list) {
        return list.stream().map(NDArray::getShape).toList();
    }

    private static List<Shape> shapes(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::getShape).toList();
    }

    private static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + ", but got " + actual);
        }
    }

    private static void equal(String what, NDList expected, NDList actual) {
        same(what + ", shapes", shapes(expected), shapes(actual));
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).contentEquals(actual.get(i))) {
                near(what, expected, actual);
                throw new AssertionError(what + ": output " + i + " differs by rounding");
            }
        }
    }

    private static void near(String what, NDList expected, NDList actual) {
        same(what + ", shapes", shapes(expected), shapes(actual));
        for (int i = 0; i < expected.size(); i++) {
            float scale = 1 + expected.get(i).abs().max().getFloat();
            float difference = expected.get(i).sub(actual.get(i)).abs().max().getFloat();
            // not the other way round, which NaN would pass
            if (!(difference <= 1e-4 * scale)) {
                throw new AssertionError(
                        "%s: output %d differs by %s of %s".formatted(what, i, difference, scale));
            }
        }
    }
}
