/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.Node.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network: a stem for each input, joined to one trunk, and a head for each output.
 *
 * @param seed the number that it was drawn from
 * @param inputs the sizes of the inputs
 * @param stems one for each input, or one that serves all
 * @param trunk what follows
 * @param heads one for each output; all are given what the trunk gives
 * @param style how the class makes it
 * @param forms the annotations
 */
record Net(
        long seed,
        List<Size> inputs,
        List<Node> stems,
        Node trunk,
        List<Node> heads,
        Style style,
        List<FormSpec> forms) {

    /** How the class makes the network. */
    enum Style {
        /** An {@code AbstractBlock} with a forward pass of its own; also for several inputs. */
        COMPOSED,
        /** A {@code SequentialBlock}. */
        SEQUENTIAL,
        /** A static method of a class that is no block. */
        FACTORY,
        /** A nested builder of a class that is no block. */
        BUILDER
    }

    /** The package of the class, which is always called {@code Net}. */
    String packageName() {
        return seed < 0 ? "fuzz.member" + -seed : "fuzz.n" + seed;
    }

    /**
     * Returns a packed member as a network of its own, of which {@code walk} has followed the
     * widths.
     *
     * @param form the number of the form
     */
    Net ofMember(PackedWalk walk, int form) {
        List<Node> entrances = new ArrayList<>();
        for (int i = 0; i < stems.size(); i++) {
            entrances.add(stems.get(i).ofMember(walk, "stem" + i));
        }
        List<Node> exits = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            exits.add(heads.get(i).ofMember(walk, "head" + i));
        }
        Node middle = trunk.ofMember(walk, "trunk");
        return new Net(-10 * seed - form, inputs, entrances, middle, exits, style, List.of());
    }

    /** Follows the inputs to the outputs. */
    List<Value> pass(Walk walk) {
        List<Value> features = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            int stem = Math.min(i, stems.size() - 1);
            features.add(stems.get(stem).pass(Value.input(inputs.get(i)), walk, "stem" + stem));
        }
        Value joined = features.size() == 1 ? features.get(0) : walk.join(Join.CONCAT, 1, features);
        Value x = trunk.pass(joined, walk, "trunk");
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            outputs.add(heads.get(i).pass(x, walk, "head" + i));
        }
        return outputs;
    }

    Net with(List<FormSpec> forms) {
        return new Net(seed, inputs, stems, trunk, heads, style, forms);
    }

    boolean has(PlainKind kind) {
        return Stream.of(stems, List.of(trunk), heads)
                .flatMap(List::stream)
                .anyMatch(node -> node.toString().contains("kind=" + kind + ","));
    }

    /** Networks with less in them that still compute something. */
    List<Net> smaller() {
        List<Net> all = new ArrayList<>();
        for (int i = 0; heads.size() > 1 && i < heads.size(); i++) {
            List<Node> rest = new ArrayList<>(heads);
            rest.remove(i);
            all.add(new Net(seed, inputs, stems, trunk, rest, style, forms));
        }
        if (inputs.size() > 1) {
            all.add(
                    new Net(
                            seed,
                            inputs.subList(0, 1),
                            stems.subList(0, 1),
                            trunk,
                            heads,
                            style,
                            forms));
        }
        for (Node less : trunk.smaller()) {
            all.add(new Net(seed, inputs, stems, less, heads, style, forms));
        }
        for (int i = 0; i < stems.size(); i++) {
            for (Node less : stems.get(i).smaller()) {
                List<Node> changed = replaced(stems, i, less);
                all.add(new Net(seed, inputs, changed, trunk, heads, style, forms));
            }
        }
        for (int i = 0; i < heads.size(); i++) {
            for (Node less : heads.get(i).smaller()) {
                List<Node> changed = replaced(heads, i, less);
                all.add(new Net(seed, inputs, stems, trunk, changed, style, forms));
            }
        }
        return all.stream().filter(Net::isValid).toList();
    }

    private static List<Node> replaced(List<Node> nodes, int index, Node node) {
        List<Node> changed = new ArrayList<>(nodes);
        changed.set(index, node);
        return changed;
    }

    boolean isValid() {
        try {
            Walk walk = new Walk();
            pass(walk);
            return walk.getLayers().values().stream().anyMatch(Node.Map.class::isInstance);
        } catch (Invalid e) {
            return false;
        }
    }
}
