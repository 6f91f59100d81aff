/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.Node.Join;
import dev.polyphony.processor.fuzz.Node.Map;
import dev.polyphony.processor.fuzz.Node.Norm;
import dev.polyphony.processor.fuzz.Node.Plain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Follows features through the base model, and notes what each layer is given. */
class Walk {

    private final java.util.Map<String, Node> layers = new LinkedHashMap<>();
    private final java.util.Map<String, List<Value>> given = new LinkedHashMap<>();
    private final List<Integer> meetings = new ArrayList<>();

    /** The layers by their paths, in the order of their first calls. */
    java.util.Map<String, Node> getLayers() {
        return layers;
    }

    /** What a layer is given, call by call. */
    List<Value> getGiven(String layer) {
        return given.get(layer);
    }

    Value map(Map layer, String path, Value x) {
        note(layer, path, x);
        Invalid.unless(
                x.size().width() % layer.groups() == 0 && layer.units() % layer.groups() == 0,
                "groups do not divide the channels");
        Value before = given.get(path).get(0);
        Invalid.unless(before.size().width() == x.size().width(), "two widths for one layer");
        return Value.mapped(layer.resize(x.size(), layer.units()), path);
    }

    Value norm(Norm layer, String path, Value x) {
        note(layer, path, x);
        Size before = given.get(path).get(0).size();
        Invalid.unless(!layer.last() || x.size().axes() == 1, "not the last axis");
        Invalid.unless(layer.suits(before, x.size()), "two sizes for one layer");
        return x.through(path);
    }

    Value plain(Plain block, Value x) {
        return x.resized(block.kind().resize(x.size(), block.number()));
    }

    Value join(Join join, int axis, List<Value> answers) {
        Value all = answers.get(0);
        for (Value y : answers.subList(1, answers.size())) {
            Invalid.unless(all.size().fits(y.size()), "branches of different sizes");
            if (join == Join.CONCAT) {
                Invalid.unless(axis == all.size().featureAxis(), "not the axis of the features");
                int width = all.size().width() + y.size().width();
                all = all.joined(y, all.size().withWidth(width));
            } else {
                all = all.joined(y, meet(all.size(), y.size()));
            }
        }
        return all;
    }

    /** The widths at which sums and products meet, in the order of the calls. */
    List<Integer> getMeetings() {
        return meetings;
    }

    /** The size of a sum. */
    Size meet(Size one, Size other) {
        meetings.add(one.width());
        Invalid.unless(one.width() == other.width(), "branches of different widths");
        return one;
    }

    private void note(Node layer, String path, Value x) {
        layers.put(path, layer);
        given.computeIfAbsent(path, key -> new ArrayList<>()).add(x);
    }
}
