/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Body.StaticImport;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;

/** Turns the names of classes in the text into references, so that the copy has its own imports. */
final class Names {

    /** What may stand between the parts of a name. */
    private static final Pattern BLANK = Pattern.compile("(?s)\\s|/\\*.*?\\*/|//[^\n]*");

    private final Source source;
    private final Findings findings;
    private final Typer typer;
    private final Imports imports;
    private final Scope scope;
    private final TypeRef model;
    private final Neighbours neighbours;
    private final Reach reach;
    private final OwnParameters parameters;

    Names(
            Source source,
            Findings findings,
            Typer typer,
            Imports imports,
            Scope scope,
            TypeRef model,
            Neighbours neighbours,
            Reach reach,
            OwnParameters parameters) {
        this.source = source;
        this.findings = findings;
        this.typer = typer;
        this.imports = imports;
        this.scope = scope;
        this.model = model;
        this.neighbours = neighbours;
        this.reach = reach;
        this.parameters = parameters;
    }

    TypeRef model() {
        return model;
    }

    Reach reach() {
        return reach;
    }

    /** Whether a class is of another file, or has ensembles of its own. */
    boolean isForeign(TypeElement type) {
        TypeRef name = TypeRef.of(type);
        return !name.outermost().equals(model) && !neighbours.contain(name);
    }

    /**
     * Uses a name that stands for a class, if it does.
     *
     * @param mustBeType whether it can be nothing else, so that not knowing it is a problem
     */
    void use(Tree node, boolean mustBeType) {
        Optional<TypeElement> type = typer.named(node);
        if (type.isPresent()) {
            use(node, type.get());
        } else if (node instanceof IdentifierTree identifier) {
            useUnnamed(identifier, mustBeType);
        } else if (node instanceof MemberSelectTree select) {
            use(select.getExpression(), mustBeType);
        }
    }

    /** Uses a name before a dot, of whose class a static member is selected. */
    void useQualifier(Tree node, boolean mustBeType) {
        Optional<TypeElement> unit = typer.named(node).filter(this::isForeignUnit);
        if (unit.isPresent() && isWritten(node)) {
            TypeRef reference = TypeRef.of(unit.get());
            findings.replace(node, new Piece.Qualifier(reference));
            findings.mentions.put(source.start(node), reference);
            return;
        }
        use(node, mustBeType);
        int start = source.start(node);
        Findings.Edit edit = findings.edits.get(start);
        if (edit != null && edit.piece() instanceof Piece.TypeUse use && use.type().equals(model)) {
            findings.edits.put(start, new Findings.Edit(edit.end(), new Piece.StaticUse()));
        } else if (edit != null && edit.piece() instanceof Piece.TypeUse used) {
            typer.named(node)
                    .filter(type -> used.type().equals(TypeRef.of(type)) && isUsers(type))
                    .filter(type -> type.getNestingKind() == NestingKind.TOP_LEVEL)
                    .ifPresent(type -> stay(start, edit.end(), used.type()));
        } else if (edit != null && edit.piece() instanceof Piece.OwnType own) {
            Piece itself = new Piece.TypeUse(own.type());
            findings.edits.put(start, new Findings.Edit(edit.end(), itself));
        }
    }

    private void stay(int start, int end, TypeRef type) {
        findings.edits.put(start, new Findings.Edit(end, new Piece.Qualifier(type)));
    }

    /** Whether a class is the user's own, in another file. */
    boolean isUsers(TypeElement type) {
        return isForeign(type) && !TypeRef.of(type).isOfDjl();
    }

    /** Whether a class is a block class of the user's in another file. */
    boolean isForeignUnit(TypeElement type) {
        return typer.isBlock(type) && isUsers(type);
    }

    private void use(Tree node, TypeElement type) {
        if (!isWritten(node)) {
            return;
        }
        TypeRef reference = TypeRef.of(type);
        boolean isOwn = parameters.areApart(type) && !parameters.isInside(type, source.start(node));
        Piece piece = isOwn ? new Piece.OwnType(reference) : new Piece.TypeUse(reference);
        findings.replace(node, piece);
        findings.mentions.put(source.start(node), reference);
        reach.type(node, type);
        if (typer.isBlock(type) && isForeign(type)) {
            findings.add(node, new Fact.Mentioned(reference, source.place(node)));
        }
    }

    private void useUnnamed(IdentifierTree node, boolean mustBeType) {
        String name = node.getName().toString();
        Meaning meaning = scope.type(name);
        if (!isWritten(node)) {
            return;
        }
        if (meaning instanceof Meaning.Upcoming upcoming) {
            findings.replace(node, new Piece.TypeUse(upcoming.type()));
        } else if (meaning instanceof Meaning.Unknown && !staticField(node) && mustBeType) {
            findings.unresolved.put(source.start(node), name);
        }
    }

    /** Compilers make up names, such as the type of {@code var}, and give them odd positions. */
    private boolean isWritten(Tree node) {
        String name = String.join(".", Imports.flatten(node));
        String text = source.slice(node);
        return !name.isEmpty() && (text.equals(name) || isTheSame(text, name));
    }

    /** Whether a name is the same but for white space and escapes. */
    private static boolean isTheSame(String text, String name) {
        return BLANK.matcher(Escapes.decode(text)).replaceAll("").equals(name);
    }

    /**
     * Uses a simple name that is no variable in scope: a static import, an inherited constant, or
     * the type of a record pattern (which Java 17's trees do not know).
     */
    void usePattern(IdentifierTree node) {
        boolean isLikeType = Character.isUpperCase(node.getName().charAt(0));
        if (!staticField(node) && isLikeType && typer.named(node).isPresent()) {
            use(node, false);
        }
    }

    /** Notes the static import that a simple name comes from, if it does. */
    boolean staticField(IdentifierTree node) {
        return staticMember(node.getName().toString(), node).isPresent();
    }

    /** Notes the static import that a method call comes from, if it does. */
    Optional<TypeElement> staticMethod(IdentifierTree node) {
        String name = node.getName().toString();
        return scope.hasMethod(name) ? Optional.empty() : staticMember(name, node);
    }

    private Optional<TypeElement> staticMember(String name, ExpressionTree node) {
        Optional<TypeElement> owner = imports.ownerOfStatic(name);
        if (owner.isPresent()) {
            StaticImport imported = new StaticImport(TypeRef.of(owner.get()), name);
            findings.staticImports.put(source.start(node), imported);
            reach.member(node, owner.get(), name);
        }
        return owner;
    }
}
