/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.Tree;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.model.Body.StaticImport;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the walk through a body collects, by offset in the source. */
final class Findings {

    /** Replaces the text from an offset to another by a piece. */
    record Edit(int end, Piece piece) {}

    /**
     * A member that is selected by name: {@code x.name} or {@code x.name(..)}; the receiver is null
     * where its class is not known.
     */
    record Selection(int offset, TypeRef receiver, String name, boolean isCall) {}

    /** A use of a static field of the model, with what qualifies it, by its start. */
    record FieldUse(int end, String name) {}

    /**
     * A call of a method that may be the model's own, or a reference to it; the owner is null for
     * one by its simple name, the number of arguments -1 for a reference.
     */
    record Call(Tree tree, TypeRef owner, String name, int arguments) {}

    /** The width of a layer: the expression as written, and the values that it is known to have. */
    record Width(String text, List<Long> values) {}

    /** A fact and where its tree starts. */
    record Located(int offset, Fact fact) {}

    private final Source source;

    final TreeMap<Integer, Edit> edits = new TreeMap<>();
    final List<Located> facts = new ArrayList<>();
    final List<Selection> selections = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final TreeMap<Integer, FieldUse> fieldUses = new TreeMap<>();
    final Map<Integer, TypeRef> mentions = new TreeMap<>();
    final Map<Integer, TypeRef> constructed = new TreeMap<>();
    final Map<Integer, String> plainNames = new TreeMap<>();
    final Map<Integer, StaticImport> staticImports = new TreeMap<>();
    final Map<Integer, String> unresolved = new TreeMap<>();
    final Set<String> variables = new TreeSet<>();

    /** Lines with mistakes in Java other than names that are not there. */
    final Map<Integer, Long> mistakes = new TreeMap<>();

    /** Constants of the model whose names stand as labels of a {@code switch}. */
    final Set<String> labels = new HashSet<>();

    private final Map<Integer, Width> widths = new HashMap<>();

    Findings(Source source) {
        this.source = source;
    }

    /** Puts a piece in the place of a tree, unless the compiler made the tree up. */
    void replace(Tree node, Piece piece) {
        replace(source.start(node), source.end(node), piece);
    }

    void replace(int start, int end, Piece piece) {
        if (start >= 0 && end >= start) {
            edits.putIfAbsent(start, new Edit(end, piece));
        }
    }

    /** Notes a mistake in Java, which is the compiler's to report. */
    void mistake(Tree node) {
        int start = source.start(node);
        if (start >= 0) { // else the compiler made it up
            mistakes.put(start, source.unit().getLineMap().getLineNumber(start));
        }
    }

    void add(Tree node, Fact fact) {
        facts.add(new Located(source.start(node), fact));
    }

    /** Notes the width of the layer whose builder call is given. */
    void width(Tree builderCall, Width width) {
        widths.put(source.start(builderCall), width);
    }

    /** Adds that a layer is built, with the width that was noted. */
    void built(Tree builderCall, TypeRef type) {
        Width width = widths.getOrDefault(source.start(builderCall), new Width("", List.of()));
        Place place = source.place(builderCall);
        add(builderCall, new Fact.Built(type, width.text(), width.values(), place));
    }
}
