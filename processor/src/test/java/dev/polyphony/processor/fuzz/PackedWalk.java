/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.nn.form.Refusal;
import dev.polyphony.processor.fuzz.Node.Map;
import dev.polyphony.processor.fuzz.Node.Norm;
import dev.polyphony.processor.fuzz.Node.Plain;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Follows the widths of a packed member: {@code ceil(c * alpha / m)}, rounded up to a multiple of
 * gamma and of the layer's own groups. Where a width cannot be, the walk notes it and goes on with
 * that of the model.
 */
final class PackedWalk extends Walk {

    private static final Set<Refusal> CODE =
            Set.of(
                    Refusal.FIXED_WIDTH,
                    Refusal.WRONG_SHAPES,
                    Refusal.CUT_FEATURES,
                    Refusal.SINGLE_FEATURE,
                    Refusal.FOLDED_ROWS,
                    Refusal.WRONG_ROWS);

    private final FormSpec form;
    private final Walk base;
    private final Set<String> writers;
    private final java.util.Map<String, Size> first = new HashMap<>();
    private final java.util.Map<String, Integer> narrowed = new HashMap<>();
    private final java.util.Map<String, Integer> groupsOf = new HashMap<>();
    private int meetings;
    private final Set<Refusal> refusals = new LinkedHashSet<>();

    PackedWalk(FormSpec form, Walk base, Set<String> writers) {
        this.form = form;
        this.base = base;
        this.writers = writers;
    }

    Set<Refusal> getRefusals() {
        return refusals;
    }

    /** The width of a layer in a member. */
    int getUnits(String path) {
        return narrowed.get(path);
    }

    /** The layer's own groups in a member; those of a depthwise layer are as many as its inputs. */
    int getGroups(String path) {
        return groupsOf.get(path);
    }

    @Override
    Value map(Map layer, String path, Value x) {
        Size before = first.putIfAbsent(path, x.size());
        int inputs = x.size().width();
        if (before != null && before.width() != inputs) {
            refusals.add(Refusal.USED_TWICE);
        }
        int groups = layer.groups();
        int units = layer.units();
        boolean writes = writers.contains(path);
        if (groups > 1 && groups == base.getGiven(path).get(0).size().width()) {
            if (writes && units % inputs != 0) {
                refusals.add(Refusal.GROUPS);
            }
            units = writes ? units : units / groups * inputs;
            groups = inputs;
        } else {
            if (inputs % groups != 0) {
                refusals.add(Refusal.GROUPS);
            }
            units = writes ? units : width(units, groups);
        }
        narrowed.put(path, units);
        groupsOf.put(path, groups);
        return Value.mapped(layer.resize(x.size(), units), path);
    }

    private int width(int units, int groups) {
        double exact = units * form.number("alpha", 2) / form.members();
        int width = Math.max(1, (int) Math.ceil(exact - 1e-9));
        int multiple = (int) form.number("gamma", 1) * groups;
        return (width + multiple - 1) / multiple * multiple;
    }

    @Override
    Value norm(Norm layer, String path, Value x) {
        Size before = first.putIfAbsent(path, x.size());
        if (before != null && !layer.suits(before, x.size())) {
            refusals.add(Refusal.USED_TWICE);
        }
        return x.through(path);
    }

    @Override
    Value plain(Plain block, Value x) {
        if (block.kind() == PlainKind.FIXED_RESHAPE && x.size().total() != block.number()) {
            refusals.addAll(CODE);
            return x.resized(Size.vector(block.number()));
        }
        return super.plain(block, x);
    }

    /** Features that the model has once, whatever the width, may meet any number of others. */
    @Override
    Size meet(Size one, Size other) {
        boolean spreads = base.getMeetings().get(meetings++) == 1;
        if (one.width() == other.width()) {
            return one;
        } else if (!spreads || Math.min(one.width(), other.width()) != 1) {
            refusals.addAll(CODE);
        }
        // what the engine would make of them
        return one.width() == 1 ? other : one;
    }
}
