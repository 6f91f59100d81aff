/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Body.StaticImport;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Puts the body together: the text of the source with the edits in their places. */
final class Assembly {

    private final Source source;
    private final Findings findings;
    private final Members members;
    private final Neighbours neighbours;
    private final List<int[]> left = new ArrayList<>();

    Assembly(Source source, Findings findings, Members members, Neighbours neighbours) {
        this.source = source;
        this.findings = findings;
        this.members = members;
        this.neighbours = neighbours;
    }

    /**
     * Makes the body.
     *
     * @param copied the directly nested types that are copied, and the classes beside the model
     * @param entries the entry points
     * @param isSplit whether static members stand apart
     * @param isBlock whether the model is a block, whose instance members are the network
     * @return the body, and what is wrong with it
     */
    Reading.Read assemble(
            Set<TypeRef> copied, List<EntryPoint> entries, boolean isSplit, boolean isBlock) {
        List<Piece> statics = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        if (isSplit) {
            split(statics, pieces);
            if (!isBlock && !isNeeded()) {
                pieces.clear();
            }
        } else {
            add(members.bodyStart(), members.bodyEnd(), pieces);
        }
        List<Piece> beside = new ArrayList<>();
        for (TypeElement neighbour : neighbours.all()) {
            addNeighbour(TypeRef.of(neighbour), copied, !isSplit, beside);
        }
        Kept kept = new Kept(left);
        Reading.Mistakes mistakes =
                new Reading.Mistakes(
                        new TreeSet<>(kept.of(findings.unresolved)),
                        new TreeSet<>(kept.of(findings.mistakes)));
        List<Fact> facts =
                findings.facts.stream()
                        .filter(located -> kept.test(located.offset()))
                        .sorted(Comparator.comparingInt(Findings.Located::offset))
                        .map(Findings.Located::fact)
                        .toList();
        Set<StaticImport> staticImports = new LinkedHashSet<>(kept.of(findings.staticImports));
        Body body =
                new Body(
                        pieces,
                        statics,
                        new Body.Beside(beside, hidden(copied, kept)),
                        facts,
                        copied,
                        new TreeSet<>(kept.of(findings.plainNames)),
                        findings.variables,
                        List.copyOf(staticImports));
        return new Reading.Read(body, entries, mistakes);
    }

    private void split(List<Piece> statics, List<Piece> instance) {
        int from = members.bodyStart();
        for (Tree member : members.of(Tree.class)) {
            int to = Math.max(from, members.endOfLine(member));
            add(from, to, isStatic(member) ? statics : instance);
            from = to;
        }
        add(from, members.bodyEnd(), statics);
    }

    private static boolean isStatic(Tree member) {
        if (member instanceof ClassTree nested) {
            return nested.getKind() != Tree.Kind.CLASS
                    || nested.getModifiers().getFlags().contains(Modifier.STATIC);
        } else if (member instanceof MethodTree method) {
            return method.getModifiers().getFlags().contains(Modifier.STATIC);
        } else if (member instanceof VariableTree field) {
            return field.getModifiers().getFlags().contains(Modifier.STATIC);
        }
        return member instanceof BlockTree block && block.isStatic();
    }

    /** Whether the instance members of a class of factories are more than a private constructor. */
    private boolean isNeeded() {
        return members.of(Tree.class).stream()
                        .filter(member -> !isStatic(member))
                        .anyMatch(
                                member ->
                                        !(member instanceof MethodTree method)
                                                || method.getReturnType() != null)
                || findings.constructed.containsValue(members.model());
    }

    private void addNeighbour(
            TypeRef type, Set<TypeRef> copied, boolean isPrivate, List<Piece> pieces) {
        if (copied.contains(type)) {
            neighbours.nest(type, isPrivate, findings);
            pieces.add(new Piece.Text(pieces.isEmpty() ? "\n" : "\n\n"));
            add(neighbours.start(type), neighbours.end(type), pieces);
        } else {
            left.add(new int[] {neighbours.start(type), neighbours.end(type)});
        }
    }

    /** Copied classes of the file whose names mean something else in a part of the copy. */
    private Set<TypeRef> hidden(Set<TypeRef> copied, Kept kept) {
        List<String> types = kept.of(findings.plainNames);
        return copied.stream()
                .filter(neighbours::contain)
                .filter(
                        type ->
                                Collections.frequency(types, type.simpleName()) > 1
                                        || findings.variables.contains(type.simpleName()))
                .collect(Collectors.toSet());
    }

    private void add(int from, int to, List<Piece> pieces) {
        int position = from;
        int end = Math.max(to, members.bodyEnd());
        for (Map.Entry<Integer, Findings.Edit> entry : findings.edits.entrySet()) {
            int start = entry.getKey();
            Findings.Edit edit = entry.getValue();
            if (start < position || start >= to || edit.end() > end) {
                continue; // elsewhere, or within a piece that is already replaced
            }
            pieces.add(new Piece.Text(source.text().substring(position, start)));
            pieces.add(edit.piece());
            position = edit.end();
            if (edit.piece() == Members.NOTHING) {
                left.add(new int[] {start, edit.end()});
            }
        }
        if (position < to) {
            pieces.add(new Piece.Text(source.text().substring(position, to)));
        }
    }

    /** Tells what is in the copy: not within what was left out. */
    private record Kept(List<int[]> left) {

        boolean test(int offset) {
            return left.stream().noneMatch(span -> span[0] <= offset && offset < span[1]);
        }

        <T> List<T> of(Map<Integer, T> byOffset) {
            return byOffset.entrySet().stream()
                    .filter(entry -> test(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
