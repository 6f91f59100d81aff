/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import dev.polyphony.nn.layer.Ramp;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Runs the user's network on the smallest input, to find the roles and widths of its layers. */
final class Probe {

    /** Enough that an axis of examples is not mistaken for one of size one. */
    static final int EXAMPLES = 2;

    /** What a layer is refused for in one width and not in another. */
    private static final Set<Refusal> OF_WIDTHS =
            EnumSet.of(Refusal.GROUPS, Refusal.USED_TWICE, Refusal.WRONG_ROWS);

    private final Block network;
    private final Form form;
    private final List<EnsembleLayer> registered;
    private final Shape[] inputs;
    private final NDManager manager;
    private Shape[] outputs;

    Probe(
            Block network,
            Form form,
            List<EnsembleLayer> registered,
            Shape[] inputs,
            NDManager manager) {
        this.network = network;
        this.form = form;
        this.registered = registered;
        this.inputs = inputs;
        this.manager = manager;
    }

    /**
     * Finds the roles and fits the layers.
     *
     * @return the layers in the order of their calls
     * @throws UnsupportedModelException if the form cannot transform the network
     */
    List<EnsembleLayer> fitLayers() {
        TaintPass plain = new TaintPass(Set.of());
        boolean isTainted =
                run(
                        plain,
                        false,
                        EXAMPLES,
                        answers -> {
                            outputs = answers.getShapes();
                            return TaintPass.isTainted(answers);
                        });
        if (isTainted) {
            throw new UnsupportedModelException(
                    Refusal.GIVES_NAN,
                    "The model gives NaN for positive features, so that its first and last layers"
                            + " cannot be found");
        }
        requireSame(plain.getOrder());
        Roles roles = form.getMembers() == 1 ? Roles.none() : Roles.find(this, form, plain);
        int examples = form.sharesTrunk() || form.getMembers() == 1 ? EXAMPLES : 1;
        int rows = examples * (form.repeatsInputs() ? form.getMembers() : 1);
        Function<Refusal, String> wayOut = reason -> wayOut(reason, examples, rows);
        if (!fitsInViews(new FitPass(form, roles, plain, examples, true), examples, rows)) {
            fit(new FitPass(form, roles, plain, examples, false), examples, rows, wayOut);
        }
        Function<EnsembleLayer, Shape> bases = layer -> plain.getReadings(layer).get(0).input();
        List<EnsembleLayer> layers = List.copyOf(plain.getOrder());
        Widths widths = new Widths(form, layers, bases, wayOut);
        widths.check(roles.getReaders(), this::readsOutput);
        widths.findSingle().ifPresent(layer -> requireNoSpreading(layer, rows, wayOut));
        return layers;
    }

    /** Code that changes arrays in place fails on views; what is wrong, a pass without tells. */
    private boolean fitsInViews(FitPass fit, int examples, int rows) {
        try {
            Shape[] given = run(fit, false, rows, NDList::getShapes);
            return Arrays.equals(memberOutputs(examples), given);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void fit(FitPass fit, int examples, int rows, Function<Refusal, String> wayOut) {
        try {
            Shape[] given = run(fit, false, rows, NDList::getShapes);
            if (Arrays.equals(memberOutputs(examples), given)) {
                return;
            }
            throw new UnsupportedModelException(
                    Refusal.WRONG_SHAPES,
                    "%s: for %d examples the members' outputs should have the shapes %s, but they have %s"
                            .formatted(
                                    form,
                                    examples,
                                    Arrays.toString(memberOutputs(examples)),
                                    Arrays.toString(given)),
                    wayOut.apply(Refusal.WRONG_SHAPES),
                    null);
        } catch (UnsupportedModelException e) {
            boolean isOfWidth = OF_WIDTHS.contains(e.getReason());
            throw isOfWidth ? e.with(wayOut.apply(e.getReason())) : e;
        } catch (RuntimeException e) {
            // where members have the model's widths, only the rows are others
            boolean isOfWidth = form.getWidthKeeper().isPresent();
            Refusal reason = isOfWidth ? Refusal.FIXED_WIDTH : Refusal.ROWS_MEET;
            throw new UnsupportedModelException(
                    reason,
                    "%s: the model's own code fails on the %s of members%s: %s"
                            .formatted(
                                    form,
                                    isOfWidth ? "features" : "rows",
                                    UserCode.place(e),
                                    UserCode.message(e)),
                    wayOut.apply(reason),
                    e);
        }
    }

    /** Settings that keep the model's widths are a way out only if the code runs with them. */
    private String wayOut(Refusal reason, int examples, int rows) {
        return form.getWidthKeeper()
                .filter(settings -> runsInBaseWidths(examples, rows))
                .map(
                        settings ->
                                "With %s every member has the model's widths, and this code runs. Else: %s"
                                        .formatted(settings, reason.getWayOut()))
                .orElse(reason.getWayOut());
    }

    private boolean runsInBaseWidths(int examples, int rows) {
        try {
            Shape[] given = run(new TaintPass(Set.of()), false, rows, NDList::getShapes);
            return Arrays.equals(memberOutputs(examples), given);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Shape[] memberOutputs(int examples) {
        long rows = (long) examples * form.getMembers();
        return Arrays.stream(outputs).map(y -> Members.with(y, 0, rows)).toArray(Shape[]::new);
    }

    /** Where a member has a single feature, the engine would add it to any number of others. */
    private void requireNoSpreading(
            EnsembleLayer layer, int rows, Function<Refusal, String> wayOut) {
        try {
            run(new SpreadPass(inputs), false, rows, NDList::getShapes);
        } catch (RuntimeException e) {
            throw new UnsupportedModelException(
                    Refusal.SINGLE_FEATURE,
                    "%s: a member has a single feature of %s, and code behind it adds it to others of another number or counts on its width%s"
                            .formatted(form, layer.getBaseName(), UserCode.place(e)),
                    wayOut.apply(Refusal.SINGLE_FEATURE),
                    e);
        }
    }

    private boolean readsOutput(EnsembleLayer layer) {
        Set<EnsembleLayer> heads = Collections.newSetFromMap(new IdentityHashMap<>());
        registered.stream()
                .filter(head -> head.mixesFeatures() && head.getRole().writesOutput())
                .forEach(heads::add);
        return trace(false, heads).pass().sawTaint(layer);
    }

    /**
     * Returns the base model's output shapes.
     *
     * @return the shapes
     */
    Shape[] getOutputShapes() {
        return outputs;
    }

    /**
     * Runs the network in a pass of its own.
     *
     * @param poison whether the input is NaN
     * @param poisoned the layers that answer with NaN
     * @return the pass and whether its result had NaN
     */
    Trace trace(boolean poison, Set<EnsembleLayer> poisoned) {
        TaintPass pass = new TaintPass(poisoned);
        try {
            return new Trace(pass, run(pass, poison, EXAMPLES, TaintPass::isTainted));
        } catch (RuntimeException e) {
            if (!poison) {
                throw e;
            }
            throw new UnsupportedModelException(
                    Refusal.NO_NAN,
                    "The model's own code fails on an input of NaN, which shows what reads the input%s: %s"
                            .formatted(UserCode.place(e), UserCode.message(e)),
                    Refusal.NO_NAN.getWayOut(),
                    e);
        }
    }

    /**
     * What a pass showed.
     *
     * @param pass what each layer read
     * @param tainted whether there were NaN in the result
     */
    record Trace(TaintPass pass, boolean tainted) {}

    /** Runs the network; its arrays live no longer than the pass, so that memory is used again. */
    private <T> T run(Pass pass, boolean poison, int count, Function<NDList, T> look) {
        try (NDManager arrays = manager.newSubManager()) {
            NDList rows = new NDList();
            for (Shape input : inputs) {
                Shape shape = Members.with(input, 0, count);
                rows.add(poison ? arrays.full(shape, Float.NaN) : Ramp.of(arrays, shape));
            }
            ParameterStore parameters = new ParameterStore(arrays, false);
            return look.apply(pass.run(() -> network.forward(parameters, rows, false)));
        }
    }

    /**
     * The layers that run are those that are registered: others would never be trained or saved.
     */
    private void requireSame(List<EnsembleLayer> called) {
        for (EnsembleLayer layer : called) {
            if (registered.stream().noneMatch(other -> other == layer)) {
                throw new UnsupportedModelException(
                        Refusal.NOT_A_CHILD,
                        layer.getDescription() + " is used, but is not a child of the network");
            }
        }
        for (EnsembleLayer layer : registered) {
            if (called.stream().noneMatch(other -> other == layer)) {
                throw new UnsupportedModelException(
                        Refusal.UNUSED_LAYER,
                        layer.getDescription()
                                + " is a child of the network, but its forward pass in prediction"
                                + " does not use it");
            }
        }
    }
}
