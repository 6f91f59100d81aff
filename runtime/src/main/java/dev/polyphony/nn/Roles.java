/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the layers that read the input and those that write the output, for any code between them.
 *
 * <p>A layer reads the input if what it is given is free of NaN while every linear map answers with
 * NaN, and has NaN when the input is NaN. A layer writes the output if its NaN reach the result
 * while all other linear maps answer with finite numbers.
 */
final class Roles {

    private final Map<EnsembleLayer, Role> roles = new IdentityHashMap<>();
    private final List<EnsembleLayer> readers = new ArrayList<>();

    private Roles() {}

    /** One member: no layer differs from the base model's. */
    static Roles none() {
        return new Roles();
    }

    /**
     * Finds the roles.
     *
     * @param probe runs the network
     * @param form the form
     * @param plain a pass without poison
     * @return the roles
     * @throws UnsupportedModelException if features and raw inputs meet where the form needs them
     *     apart
     */
    static Roles find(Probe probe, Form form, TaintPass plain) {
        List<EnsembleLayer> layers = plain.getOrder();
        Set<EnsembleLayer> maps =
                set(layers.stream().filter(EnsembleLayer::mixesFeatures).toList());
        Probe.Trace behindInput = probe.trace(true, Set.of());
        Probe.Trace behindMaps = probe.trace(false, maps);
        Roles roles = new Roles();
        Set<EnsembleLayer> writers = set(writers(probe, layers, behindMaps));
        for (EnsembleLayer layer : layers) {
            boolean fromInput = behindInput.pass().sawTaint(layer);
            boolean fromMaps = behindMaps.pass().sawTaint(layer);
            if (fromInput && fromMaps && form.mergesInputs()) {
                throw new UnsupportedModelException(
                        Refusal.INPUT_WITH_FEATURES,
                        layer.getDescription()
                                + " is given the raw input together with features, or first one and"
                                + " then the other. "
                                + form.getName()
                                + " merges its members' inputs in the first layers, so nothing may"
                                + " bypass them");
            }
            if (fromInput) {
                roles.readers.add(layer);
            }
            roles.roles.put(layer, Role.of(fromInput && !fromMaps, writers.contains(layer)));
        }
        if (form.sharesTrunk() && behindInput.tainted()) {
            throw new UnsupportedModelException(
                    Refusal.INPUT_IN_OUTPUT,
                    "The raw input reaches the output without passing a layer. "
                            + form.getName()
                            + " has one trunk for all members, and only its layers give an answer"
                            + " for each");
        }
        if (form.sharesTrunk() && !plain.isLastCall(writers)) {
            requireLast(probe, form, maps, writers);
        }
        return roles;
    }

    /** The layers that are given raw inputs, alone or with features. */
    List<EnsembleLayer> getReaders() {
        return readers;
    }

    Role get(EnsembleLayer layer) {
        return roles.getOrDefault(layer, Role.HIDDEN);
    }

    /**
     * In most networks the last layer is the only one, which one pass shows: if no other writes the
     * output, but some map does, it is the last.
     */
    private static List<EnsembleLayer> writers(
            Probe probe, List<EnsembleLayer> layers, Probe.Trace behindMaps) {
        int end = layers.size() - 1;
        EnsembleLayer last = layers.get(end);
        if (last.mixesFeatures() && behindMaps.tainted()) {
            Set<EnsembleLayer> sources =
                    set(
                            layers.subList(0, end).stream()
                                    .filter(layer -> !handsOn(layer, behindMaps.pass()))
                                    .toList());
            if (!probe.trace(false, sources).tainted()) {
                return List.of(last);
            }
        }
        List<EnsembleLayer> writers = new ArrayList<>();
        bisect(probe, layers.subList(0, end), writers);
        bisect(probe, layers.subList(end, end + 1), writers);
        return writers;
    }

    /** A normalisation that only maps before it have fed: their NaN stand for its own. */
    private static boolean handsOn(EnsembleLayer layer, TaintPass behindMaps) {
        return !layer.mixesFeatures()
                && behindMaps.sawTaint(layer)
                && behindMaps.getReadings(layer).size() == 1;
    }

    private static void bisect(
            Probe probe, List<EnsembleLayer> candidates, List<EnsembleLayer> writers) {
        if (candidates.isEmpty() || !probe.trace(false, set(candidates)).tainted()) {
            return;
        }
        if (candidates.size() == 1) {
            writers.addAll(candidates);
            return;
        }
        int half = candidates.size() / 2;
        bisect(probe, candidates.subList(0, half), writers);
        bisect(probe, candidates.subList(half, candidates.size()), writers);
    }

    /**
     * A layer that writes the output gives a row a member, which no layer of the trunk can read.
     */
    private static void requireLast(
            Probe probe, Form form, Set<EnsembleLayer> maps, Set<EnsembleLayer> writers) {
        // a normalisation, too, has rows of the trunk or of members, not first one and then the
        // other
        TaintPass behindHeads = probe.trace(false, writers).pass();
        for (EnsembleLayer map : maps) {
            if (behindHeads.sawTaint(map)) {
                throw new UnsupportedModelException(
                        Refusal.OUTPUT_READ,
                        map.getDescription()
                                + " is given what another layer also writes to the output. "
                                + form.getName()
                                + " has one answer for each member behind the layers that write the"
                                + " output, and one trunk before them");
            }
        }
    }

    private static Set<EnsembleLayer> set(List<EnsembleLayer> layers) {
        Set<EnsembleLayer> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(layers);
        return set;
    }
}
