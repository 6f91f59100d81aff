/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.nn.form.Refusal;
import dev.polyphony.processor.fuzz.Node.Conv;
import dev.polyphony.processor.fuzz.Node.Map;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Foresees, from the network's structure, which forms cannot transform it and why. */
final class Outlook {

    private final Net net;
    private final FormSpec form;
    private final Walk base = new Walk();
    private final List<Value> outputs;
    private final Set<String> writers = new HashSet<>();
    private final Set<Refusal> reasons = new LinkedHashSet<>();

    private Outlook(Net net, FormSpec form) {
        this.net = net;
        this.form = form;
        outputs = net.pass(base);
        outputs.forEach(y -> writers.addAll(y.fresh()));
    }

    /**
     * Returns what a refusal may say.
     *
     * @return the reasons, any of which is right; empty if the form takes the network
     */
    static Set<Refusal> refusals(Net net, FormSpec form) {
        Outlook outlook = new Outlook(net, form);
        if (form.members() > 1 && !form.is("DeepEnsemble")) {
            outlook.look();
        }
        return outlook.reasons;
    }

    /**
     * Returns a packed member as a plain network.
     *
     * @return the network; empty for other forms, for members with groups of their own, and for
     *     what is refused
     */
    static Optional<Net> member(Net net, FormSpec form) {
        boolean isPlain = form.is("Packed") && form.number("gamma", 1) == 1;
        if (!isPlain || !refusals(net, form).isEmpty()) {
            return Optional.empty();
        }
        Outlook outlook = new Outlook(net, form);
        PackedWalk packed = new PackedWalk(form, outlook.base, outlook.writers);
        net.pass(packed);
        return Optional.of(net.ofMember(packed, net.forms().indexOf(form)));
    }

    private void look() {
        if (form.merges()) {
            lookAtInputs();
        }
        if (form.sharesTrunk()) {
            lookAtOutputs();
        }
        for (String path : base.getLayers().keySet()) {
            if (base.getLayers().get(path) instanceof Map map) {
                lookAt(path, map);
            }
        }
        if (form.is("Packed")) {
            PackedWalk packed = new PackedWalk(form, base, writers);
            net.pass(packed);
            reasons.addAll(packed.getRefusals());
        }
    }

    private void lookAtInputs() {
        for (String path : base.getLayers().keySet()) {
            if (isGivenInput(path) && isGivenFeatures(path)) {
                reasons.add(Refusal.INPUT_WITH_FEATURES);
            }
        }
    }

    private void lookAtOutputs() {
        if (outputs.stream().anyMatch(Value::raw)) {
            reasons.add(Refusal.INPUT_IN_OUTPUT);
        }
        for (String path : base.getLayers().keySet()) {
            boolean readsOutput =
                    base.getGiven(path).stream()
                            .flatMap(x -> x.fresh().stream())
                            .anyMatch(writers::contains);
            if (isMap(path) && readsOutput) {
                reasons.add(Refusal.OUTPUT_READ);
            }
        }
    }

    private void lookAt(String path, Map map) {
        boolean reads = isGivenInput(path) && !isGivenFeatures(path);
        if (form.is("Masksembles") && !reads && base.getGiven(path).get(0).size().width() < 10) {
            reasons.add(Refusal.NARROW_MASKS);
        }
        if (form.is("MixMo") && reads && writers.contains(path)) {
            reasons.add(Refusal.ONE_LAYER);
        }
        int axes = map instanceof Conv conv ? conv.axes() : 0;
        if (form.is("MixMo") && reads && form.mixingAxes() > axes) {
            reasons.add(Refusal.NO_PATCHES);
        }
    }

    private boolean isMap(String path) {
        return base.getLayers().get(path) instanceof Map;
    }

    private boolean isGivenInput(String path) {
        return base.getGiven(path).stream().anyMatch(Value::raw);
    }

    private boolean isGivenFeatures(String path) {
        return base.getGiven(path).stream().anyMatch(Value::mapped);
    }
}
