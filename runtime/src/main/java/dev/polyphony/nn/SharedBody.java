/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Ramp;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One network for all members: members ride in the rows, {@code [B*M, ...]}. */
final class SharedBody implements Body {

    private static final Logger LOGGER = LoggerFactory.getLogger(Ensemble.class);

    /**
     * The numbers that the layers of a small network give in a probe. In a larger one the copies of
     * an input cost next to nothing, and the pass that could save them does not.
     */
    private static final long SMALL = 1 << 20;

    private final Form form;
    private final Block network;
    private final SingleExamples singleExamples;
    private final Consumer<String> log;
    private List<EnsembleLayer> layers = List.of();
    private List<Parameter> own = List.of();
    private Shape[] outputs;
    private Shape[] inputs;
    private boolean readsLabels;
    private MemberDraws draws;

    /**
     * The ways of running, in training or not, in which one row of an example serves all members.
     */
    private final Set<Boolean> sharing = new HashSet<>();

    /** Which ways of training are still to be tried: with labels, without. */
    private final Set<Boolean> untried = new HashSet<>();

    SharedBody(Form form, Block network) {
        this(form, network, LOGGER::warn);
    }

    SharedBody(Form form, Block network, Consumer<String> log) {
        this.form = form;
        this.network = network;
        this.log = log;
        singleExamples = new SingleExamples(form, log);
    }

    List<EnsembleLayer> getLayers() {
        return layers;
    }

    List<Parameter> getFastWeights() {
        return layers.stream().flatMap(layer -> layer.getFastWeights().stream()).toList();
    }

    Shape getMixingShape() {
        EnsembleLayer encoder = encoder();
        Shape features = encoder.getMemberOutputShape();
        return encoder.isSpatial() ? features.slice(2) : new Shape();
    }

    int getMixingChannels() {
        EnsembleLayer encoder = encoder();
        Shape features = encoder.getMemberOutputShape();
        int axis = encoder.isSpatial() ? 1 : features.dimension() - 1;
        return Math.toIntExact(features.get(axis));
    }

    private EnsembleLayer encoder() {
        return layers.stream()
                .filter(layer -> layer.mixesFeatures() && layer.getRole().readsInput())
                .findFirst()
                .orElseThrow();
    }

    /** {@inheritDoc} */
    @Override
    public Block asPart() {
        return network;
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(NDManager manager, DataType dataType, Shape[] inputs) {
        this.inputs = inputs;
        if (form instanceof DeepEnsembleForm && form.getMembers() > 1) {
            draws = MemberDraws.next();
        }
        Layers all = Layers.of(network, form);
        layers = all.getLayers();
        own = all.getOwnParameters();
        readsLabels = LabelReaders.in(network);
        requireNoMergedLabels();
        // the user's own initialisation, in the base model's shapes; the layers wait for their
        // roles
        new TaintPass(Set.of())
                .run(
                        () -> {
                            network.initialize(manager, dataType, inputs);
                            return network;
                        });
        try (NDManager probes = manager.newSubManager()) {
            Probe probe = new Probe(network, form, layers, inputs, probes);
            layers = probe.fitLayers();
            outputs = probe.getOutputShapes();
            findSharing(probes, false);
        }
        requireRoom();
    }

    private void findSharing(NDManager probes, boolean training) {
        long numbers =
                layers.stream()
                        .map(EnsembleLayer::getMemberOutputShape)
                        .filter(Objects::nonNull)
                        .mapToLong(Shape::size)
                        .sum();
        if (!readsLabels
                && numbers <= SMALL
                && SharedInputPass.fits(network, form, inputs, outputs, probes, training)) {
            sharing.add(training);
        }
    }

    private void requireRoom() {
        try {
            form.requireRoom(layers.stream().mapToLong(EnsembleLayer::getRoom).max().orElse(1));
        } catch (RefusedLayerException e) {
            throw new UnsupportedModelException(e.getReason(), e.getMessage());
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return outputs;
    }

    /** {@inheritDoc} */
    @Override
    public void allocate(NDManager manager, DataType dataType) {
        boolean fresh = layers.stream().anyMatch(layer -> !layer.isInitialized());
        // one member may do what the model does
        boolean tried = !fresh || form.getMembers() == 1 || passesTrial(manager);
        if (draws == null) {
            layers.forEach(layer -> layer.allocate(manager, dataType));
        } else {
            draws.start(network, () -> layers.forEach(layer -> layer.allocate(manager, dataType)));
        }
        // allocated with the network; parameters that were loaded are trained from here on
        own.forEach(parameter -> parameter.initialize(manager, dataType));
        if (!tried) {
            try (NDManager trials = manager.newSubManager()) {
                new Trial(this, form, inputs, trials).run(readsLabels);
            }
        }
        // not before: a block that is trained initialises itself
        findSharing(manager, true);
        if (readsLabels && form.getMembers() > 1) {
            untried.addAll(List.of(true, false));
        }
    }

    /** Before there are parameters, which then take the memory of the trial. */
    private boolean passesTrial(NDManager manager) {
        if (!own.isEmpty() || layers.stream().anyMatch(EnsembleLayer::computesInTrials)) {
            return false;
        }
        try (NDManager trials = manager.newSubManager();
                StandIns standIns = new StandIns(trials)) {
            standIns.fill(layers);
            return new Trial(this, form, inputs, trials).passes(readsLabels);
        }
    }

    private void requireNoMergedLabels() {
        if (readsLabels && form.mergesInputs() && form.getMembers() > 1) {
            throw new UnsupportedModelException(
                    Refusal.MERGED_LABELS,
                    "The model's forward pass in training reads labels. %s has one trunk for all members, and each has labels of its own"
                            .formatted(form.getName()));
        }
    }

    /** {@inheritDoc} */
    @Override
    public NDList forward(ParameterStore parameterStore, Inputs inputs) {
        NDList labels = readsLabels ? inputs.labels() : null;
        if (labels != null) {
            inputs.requireLabels(form.getMembers());
        }
        if (inputs.training() && untried.remove(labels != null)) {
            tryTraining(inputs, labels);
        }
        Run run = new Run(inputs.examples(), inputs.mixing(), inputs.training());
        NDList answers = run(parameterStore, rows(inputs, inputs.own()), rows(inputs, labels), run);
        singleExamples.check(inputs, layers);
        return answers;
    }

    private NDList rows(Inputs inputs, NDList arrays) {
        if (arrays == null) {
            return null;
        }
        NDList rows = new NDList();
        for (NDArray x : arrays) {
            rows.add(inputs.distinct() ? Members.rows(x) : tile(x, inputs.training()));
        }
        return rows;
    }

    /** What the labels look like is known when there are some. */
    private void tryTraining(Inputs given, NDList labels) {
        try (NDManager trials = given.own().head().getManager().newSubManager()) {
            NDList some =
                    labels == null
                            ? null
                            : given.newLabels(Trial.EXAMPLES, form.getMembers(), trials);
            new Trial(this, form, inputs, trials).runTraining(some);
        }
    }

    /** A trial, in which each member has its own examples, and labels if it is of them. */
    NDList forward(ParameterStore parameterStore, NDList inputs, NDList labels, TrialPass pass) {
        Inputs distinct = new Inputs(inputs, true, null, labels, pass.isTraining());
        return run(parameterStore, rows(distinct, inputs), rows(distinct, labels), pass);
    }

    private NDList run(ParameterStore store, NDList rows, NDList labels, Run pass) {
        NDList answers =
                pass.run(
                        () ->
                                labels == null
                                        ? network.forward(store, rows, pass.isTraining())
                                        : network.forward(store, rows, labels, null));
        NDList apart = new NDList();
        for (NDArray y : answers) {
            apart.add(Members.apart(y, form.getMembers()));
        }
        return apart;
    }

    /**
     * A row of each example for each member; the first layers of a trunk, and some others, need
     * only one.
     */
    private NDArray tile(NDArray x, boolean training) {
        return form.repeatsInputs() && !sharing.contains(training)
                ? x.repeat(0, form.getMembers())
                : x;
    }

    /** {@inheritDoc} */
    @Override
    public int getForwardCalls() {
        return 1;
    }

    /** {@inheritDoc} */
    @Override
    public String startFrom(String name, WarmStart start) {
        trace(name);
        String started = start.apply(name, form, network);
        if (!form.mergesInputs() && form.getMembers() > 1 && areEqual()) {
            log.accept(
                    "All members of %s start equal, and stay so if they are trained on the same batches and nothing is drawn for each, as dropout is: set them apart with WarmStart.optSpread, or start each from a model of its own"
                            .formatted(name));
        }
        return started;
    }

    /** {@inheritDoc} */
    @Override
    public void extract(String name, int member, Block model) {
        trace(name);
        Counterparts counterparts = Counterparts.of(name, network, model);
        counterparts
                .getLayers()
                .forEach(
                        (layer, plain) -> {
                            try {
                                layer.copyTo(member, plain);
                            } catch (IllegalArgumentException e) {
                                throw new IllegalArgumentException(
                                        "Member %d of %s is no model of its own at %s: %s"
                                                .formatted(
                                                        member,
                                                        name,
                                                        layer.getDescription(),
                                                        e.getMessage()),
                                        e);
                            }
                        });
        counterparts
                .getOwn()
                .forEach((own, plain) -> WarmStart.set(plain, own, OptionalDouble.empty()));
    }

    private boolean areEqual() {
        try (NDManager arrays = manager().newSubManager()) {
            NDList x = new NDList();
            for (Shape input : inputs) {
                x.add(Ramp.of(arrays, Members.with(input, 0, Trial.EXAMPLES)));
            }
            NDList answers =
                    forward(
                            new ParameterStore(arrays, false),
                            new Inputs(x, false, null, null, false));
            return answers.stream()
                    .allMatch(y -> y.sub(y.get(new NDIndex(":, 0:1"))).abs().max().getFloat() == 0);
        }
    }

    private NDManager manager() {
        return layers.stream()
                .flatMap(layer -> layer.getParameters().values().stream())
                .findFirst()
                .orElseThrow()
                .getArray()
                .getManager();
    }

    private void trace(String name) {
        try {
            Tracing.run(form, network, inputs, manager());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ", " + form + ": " + e.getMessage(), e);
        }
    }
}
