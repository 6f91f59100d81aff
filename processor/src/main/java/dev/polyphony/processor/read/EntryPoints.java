/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/**
 * Chooses the entry points among the methods that give blocks, and lets them give ensembles.
 *
 * <p>A method that the class itself calls makes a part of a model, unless the caller is an entry
 * point and returns the result as it is.
 */
final class EntryPoints {

    /** Where the tag about the result starts, and where another tag follows. */
    private static final Pattern RETURN = Pattern.compile("@return\\b");

    private static final Pattern TAG = Pattern.compile("\\n[ \\t*]*@|\\*/");

    private final Source source;
    private final Findings findings;
    private final Map<EntryPoint, MethodTree> trees = new LinkedHashMap<>();

    EntryPoints(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Chooses the entry points; candidates that are not in the source are none. */
    List<EntryPoint> choose(List<EntryPoint> candidates) {
        for (EntryPoint candidate : candidates) {
            tree(candidate).ifPresent(tree -> trees.put(candidate, tree));
        }
        boolean isStable = false;
        while (!isStable) {
            isStable = !trees.keySet().removeIf(this::isPart);
        }
        return List.copyOf(trees.keySet());
    }

    /** The trees of the methods that were chosen. */
    Collection<MethodTree> trees() {
        return trees.values();
    }

    private boolean isPart(EntryPoint candidate) {
        return findings.calls.stream()
                .filter(call -> means(call, candidate))
                .anyMatch(call -> !isHandedOn(call));
    }

    private boolean isHandedOn(Findings.Call call) {
        return trees.values().stream()
                .flatMap(tree -> returns(tree).stream())
                .anyMatch(given -> unwrapped(given.getExpression()) == call.tree());
    }

    private boolean means(Findings.Call call, EntryPoint candidate) {
        return fits(call, candidate.method())
                && (call.owner() == null
                        ? heirs(candidate, call).stream()
                                .flatMap(type -> classOf(type).stream())
                                .anyMatch(tree -> contains(tree, source.start(call.tree())))
                        : heirs(candidate, call).stream()
                                .anyMatch(type -> call.owner().equals(TypeRef.of(type))));
    }

    private static boolean fits(Findings.Call call, ExecutableElement method) {
        int parameters = method.getParameters().size();
        boolean takes =
                call.arguments() < 0
                        || call.arguments() == parameters
                        || method.isVarArgs() && call.arguments() >= parameters - 1;
        return takes && method.getSimpleName().contentEquals(call.name());
    }

    /** The class that declares a method, and those that inherit it and do not override it. */
    private static List<TypeElement> heirs(EntryPoint candidate, Findings.Call call) {
        List<TypeElement> heirs = new ArrayList<>(List.of(candidate.owner()));
        if (candidate.owner().getEnclosingElement() instanceof TypeElement outer) {
            List<TypeElement> others = ElementFilter.typesIn(outer.getEnclosedElements());
            others.stream().filter(type -> inherits(type, candidate, call)).forEach(heirs::add);
        }
        return heirs;
    }

    private static boolean inherits(TypeElement type, EntryPoint candidate, Findings.Call call) {
        boolean isOverridden =
                ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                        .anyMatch(method -> fits(call, method));
        return !isOverridden
                && type.getSuperclass() instanceof DeclaredType above
                && above.asElement() instanceof TypeElement superclass
                && (superclass.equals(candidate.owner()) || inherits(superclass, candidate, call));
    }

    private boolean contains(Tree tree, int offset) {
        return source.start(tree) <= offset && offset < source.end(tree);
    }

    /** Lets the entry points return the ensemble of what they made. */
    void edit() {
        trees.forEach(this::editDocumentation);
        trees.keySet().forEach(this::editHeader);
        for (MethodTree method : trees.values()) {
            int start = source.start(method.getReturnType());
            int end = source.end(method.getReturnType());
            findings.edits.subMap(start, end).clear();
            findings.replace(start, end, new Piece.EnsembleUse());
            for (ReturnTree given : returns(method)) {
                wrap(given);
            }
        }
    }

    /**
     * Where a method of a generic supertype gives what its type argument says, as {@code N make()}
     * in {@code Builder extends BaseBuilder<Net>}, that argument is the ensemble as well.
     */
    private void editHeader(EntryPoint entry) {
        if (entry.isStatic()
                || !(entry.owner().getSuperclass() instanceof DeclaredType above)
                || !isGeneric(entry, (TypeElement) above.asElement())) {
            return;
        }
        String model = source.tree().getSimpleName().toString();
        classOf(entry.owner())
                .filter(tree -> tree.getExtendsClause() instanceof ParameterizedTypeTree)
                .map(tree -> (ParameterizedTypeTree) tree.getExtendsClause())
                .ifPresent(
                        type -> {
                            for (Tree argument : type.getTypeArguments()) {
                                if (source.slice(argument).equals(model)) {
                                    int start = source.start(argument);
                                    findings.edits.remove(start);
                                    findings.replace(argument, new Piece.EnsembleUse());
                                }
                            }
                        });
    }

    private static boolean isGeneric(EntryPoint entry, TypeElement superclass) {
        for (ExecutableElement method : ElementFilter.methodsIn(superclass.getEnclosedElements())) {
            if (method.getSimpleName().contentEquals(entry.name())
                    && method.getParameters().size() == entry.method().getParameters().size()) {
                return method.getReturnType().getKind() == TypeKind.TYPEVAR;
            }
        }
        return superclass.getSuperclass() instanceof DeclaredType above
                && isGeneric(entry, (TypeElement) above.asElement());
    }

    /** What the documentation says of the result, it says of the ensemble. */
    private void editDocumentation(EntryPoint entry, MethodTree method) {
        String text = source.text();
        int end = source.start(method);
        Piece model = new Piece.DocType(TypeRef.of(entry.owner()).outermost());
        for (Comments.Comment comment : Comments.inCode(text, source.start(source.tree()), end)) {
            Matcher tag = RETURN.matcher(text).region(comment.start(), end);
            if (text.substring(comment.end(), end).isBlank() && tag.find()) {
                Matcher next = TAG.matcher(text).region(tag.end(), end);
                findings.edits
                        .subMap(tag.start(), next.find() ? next.start() : end)
                        .replaceAll((at, edit) -> ofEnsemble(edit, model));
            }
        }
    }

    private Findings.Edit ofEnsemble(Findings.Edit edit, Piece model) {
        boolean isMember = "#.".indexOf(source.text().charAt(edit.end())) >= 0;
        return edit.piece().equals(model) && !isMember
                ? new Findings.Edit(edit.end(), new Piece.EnsembleUse())
                : edit;
    }

    private void wrap(ReturnTree given) {
        ExpressionTree made = given.getExpression();
        boolean isEnsemble =
                made.getKind() == Tree.Kind.NULL_LITERAL
                        || findings.calls.stream()
                                .filter(call -> call.tree() == unwrapped(made))
                                .anyMatch(
                                        call ->
                                                trees.keySet().stream()
                                                        .anyMatch(entry -> means(call, entry)));
        if (isEnsemble) {
            return;
        }
        int keyword = source.start(given) + "return".length();
        int start = source.start(made);
        boolean isBlank = source.text().substring(keyword, start).isBlank();
        findings.replace(
                keyword, isBlank ? start : keyword, new Piece.EnsembleStart(columns(given)));
        findings.replace(source.end(made), source.end(made), new Piece.EnsembleEnd());
    }

    /** The columns of a statement in one line; a large number if it has several. */
    private int columns(ReturnTree given) {
        if (source.slice(given).contains("\n")) {
            return Short.MAX_VALUE;
        }
        int line = source.text().lastIndexOf('\n', source.start(given));
        return source.end(given) - line - 1;
    }

    /** The statements that return what a method makes, not from lambdas and classes in it. */
    private static List<ReturnTree> returns(MethodTree method) {
        List<ReturnTree> found = new ArrayList<>();
        new OwnCode() {
            @Override
            public Void visitReturn(ReturnTree node, Void unused) {
                // without an expression it is wrong Java, which is the compiler's to say
                if (node.getExpression() != null) {
                    found.add(node);
                }
                return null;
            }
        }.scan(method.getBody(), null);
        return found;
    }

    private static ExpressionTree unwrapped(ExpressionTree tree) {
        return tree instanceof ParenthesizedTree inner ? unwrapped(inner.getExpression()) : tree;
    }

    /** The tree of a method: the one that stands where its element does among those of its name. */
    private Optional<MethodTree> tree(EntryPoint entry) {
        List<ExecutableElement> elements =
                ElementFilter.methodsIn(entry.owner().getEnclosedElements()).stream()
                        .filter(method -> method.getSimpleName().contentEquals(entry.name()))
                        .toList();
        List<MethodTree> methods =
                classOf(entry.owner()).stream()
                        .flatMap(tree -> tree.getMembers().stream())
                        .filter(MethodTree.class::isInstance)
                        .map(MethodTree.class::cast)
                        .filter(method -> method.getName().contentEquals(entry.name()))
                        .toList();
        return elements.size() == methods.size()
                ? Optional.of(methods.get(elements.indexOf(entry.method())))
                : Optional.empty();
    }

    private Optional<ClassTree> classOf(TypeElement type) {
        if (type.getEnclosingElement().getKind() == ElementKind.PACKAGE) {
            return Optional.of(source.tree());
        }
        return classOf((TypeElement) type.getEnclosingElement()).stream()
                .flatMap(tree -> tree.getMembers().stream())
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(tree -> tree.getSimpleName().contentEquals(type.getSimpleName()))
                .findFirst();
    }
}
