/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** Edits the members of the model: its constructors' headers, and what is left out of the copy. */
final class Members {

    private static final Pattern ACCESS = Pattern.compile("\\b(public|protected)\\b\\s*");

    /** What stands in the place of text that is left out. */
    static final Piece NOTHING = new Piece.Text("");

    private final Source source;
    private final Findings findings;
    private final TypeRef model;
    private final List<? extends Tree> members;

    Members(Source source, Findings findings, TypeRef model) {
        this.source = source;
        this.findings = findings;
        this.model = model;
        List<Tree> written = new ArrayList<>();
        for (Tree member : source.tree().getMembers()) {
            if (source.end(member) > source.start(member)) {
                written.add(member);
            }
        }
        written.sort(Comparator.comparingInt(source::start));
        this.members = written;
    }

    /** The offset after the opening brace. */
    int bodyStart() {
        ClassTree tree = source.tree();
        int header = source.start(tree);
        header = Math.max(header, source.end(tree.getModifiers()));
        header = Math.max(header, source.end(tree.getExtendsClause()));
        for (Tree clause : tree.getImplementsClause()) {
            header = Math.max(header, source.end(clause));
        }
        for (Tree clause : tree.getPermitsClause()) {
            header = Math.max(header, source.end(clause));
        }
        return Comments.indexOf('{', source.text(), header) + 1;
    }

    /** The offset of the closing brace. */
    int bodyEnd() {
        return source.end(source.tree()) - 1;
    }

    /** Renames the constructors; their access and Javadoc are on those of the generated network. */
    void editConstructors() {
        for (Tree member : members) {
            if (member instanceof MethodTree method && method.getName().contentEquals("<init>")) {
                int name = nameOf(method);
                int end = Escapes.endOfName(model.simpleName(), source.text(), name);
                if (end >= 0) {
                    findings.replace(name, end, new Piece.TypeUse(model));
                    editHeader(method);
                }
            }
        }
    }

    private int nameOf(MethodTree constructor) {
        int from = Math.max(source.start(constructor), source.end(constructor.getModifiers()));
        for (Tree parameter : constructor.getTypeParameters()) {
            from = Math.max(from, source.end(parameter));
        }
        return Comments.skip(source.text(), from, "<>");
    }

    private void editHeader(MethodTree constructor) {
        ModifiersTree modifiers = constructor.getModifiers();
        if (modifiers.getFlags().contains(Modifier.PRIVATE)) {
            return;
        }
        int start = source.start(constructor);
        Comments.documentation(source.text(), endBefore(constructor), start)
                .ifPresent(
                        comment -> {
                            int end = comment.end();
                            while (Character.isWhitespace(source.text().charAt(end))) {
                                end++;
                            }
                            findings.replace(comment.start(), end, NOTHING);
                        });
        int name = nameOf(constructor);
        List<Comments.Comment> comments = Comments.between(source.text(), start, name);
        Matcher access = ACCESS.matcher(source.text()).region(start, name);
        while (access.find()) {
            int offset = access.start();
            if (modifiers.getAnnotations().stream().noneMatch(tree -> contains(tree, offset))
                    && comments.stream().noneMatch(comment -> comment.contains(offset))) {
                findings.replace(offset, access.end(), NOTHING);
            }
        }
    }

    private boolean contains(AnnotationTree tree, int offset) {
        return source.start(tree) <= offset && offset < source.end(tree);
    }

    /** Where the member before ends. */
    private int endBefore(Tree member) {
        int end = bodyStart();
        for (Tree other : members) {
            if (source.start(other) < source.start(member)) {
                end = Math.max(end, source.end(other));
            }
        }
        return end;
    }

    /** Leaves out the program entry point: it starts the model, not its copy. */
    void removeMain() {
        for (Tree member : members) {
            if (isMain(member)) {
                remove(member);
            }
        }
    }

    private boolean isMain(Tree member) {
        return member instanceof MethodTree method
                && method.getName().contentEquals("main")
                && method.getModifiers()
                        .getFlags()
                        .containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
                && method.getParameters().size() == 1
                && isStringArray(method.getParameters().get(0));
    }

    private boolean isStringArray(VariableTree parameter) {
        return source.slice(parameter.getType()).matches("String\\s*(\\[\\s*]|\\.\\.\\.)");
    }

    /** The model's name. */
    TypeRef model() {
        return model;
    }

    /** Where a member ends: with its line, if nothing but a comment follows there. */
    int endOfLine(Tree member) {
        int end = source.end(member);
        int line = source.text().indexOf('\n', end);
        String rest = line < 0 ? "" : source.text().substring(end, line);
        return line >= 0 && (rest.isBlank() || rest.strip().startsWith("//")) ? line : end;
    }

    /** The members of one kind, in source order. */
    <T extends Tree> List<T> of(Class<T> kind) {
        List<T> all = new ArrayList<>();
        for (Tree member : members) {
            if (kind.isInstance(member)) {
                all.add(kind.cast(member));
            }
        }
        return all;
    }

    /** Leaves out the fields of one declaration, with their comments. */
    void removeAll(List<VariableTree> declaration) {
        int end = declaration.stream().mapToInt(source::end).max().orElseThrow();
        int line = source.text().indexOf('\n', end);
        String rest = line < 0 ? "" : source.text().substring(end, line);
        remove(declaration.get(0), rest.strip().startsWith("//") ? line : end);
    }

    /** Leaves out a nested class with its comments. */
    void remove(String nested) {
        Optional<ClassTree> tree = nested(nested);
        if (tree.isPresent()) {
            remove(tree.get());
        }
    }

    private void remove(Tree member) {
        remove(member, source.end(member));
    }

    private void remove(Tree member, int end) {
        int line = source.text().indexOf('\n', endBefore(member));
        int start = line < 0 || line > source.start(member) ? source.start(member) : line;
        findings.edits.subMap(start, end).clear();
        findings.replace(start, end, NOTHING);
    }

    /** The tree of a directly nested class. */
    Optional<ClassTree> nested(String name) {
        for (ClassTree tree : of(ClassTree.class)) {
            if (tree.getSimpleName().contentEquals(name)) {
                return Optional.of(tree);
            }
        }
        return Optional.empty();
    }
}
