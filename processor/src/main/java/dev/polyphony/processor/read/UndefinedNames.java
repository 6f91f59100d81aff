/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Finds simple names that nothing in the file declares, inherits or imports. They are mistakes that
 * the compiler reports in the model; copies of the body would only repeat them. A member or type
 * that is declared anywhere in the file counts as known, whatever its scope, and bodies of local
 * classes are left out, so that nothing is found by mistake.
 */
final class UndefinedNames extends TreeScanner<Void, Void> {

    private final Source source;
    private final Findings findings;
    private final Elements elements;
    private final Imports imports;
    private final LocalVariables variables;
    private final Set<String> names = new HashSet<>(Set.of("this", "super"));
    private final Set<String> locals = new HashSet<>();
    private final Set<String> methods = new HashSet<>(Set.of("this", "super"));
    private final Set<Tree> labels = Collections.newSetFromMap(new IdentityHashMap<>());

    UndefinedNames(Source source, Findings findings, Elements elements, Imports imports) {
        this.source = source;
        this.findings = findings;
        this.elements = elements;
        this.imports = imports;
        this.variables = new LocalVariables(findings);
    }

    /** Looks at the members of the model. */
    void scanModel(TypeElement model) {
        addMembers(model);
        new Declarations().scan(source.tree(), null);
        variables.scan(source.tree(), null);
        scan(source.tree().getMembers(), null);
    }

    private void addMembers(TypeElement type) {
        for (Element member : elements.getAllMembers(type)) {
            String name = member.getSimpleName().toString();
            (member instanceof ExecutableElement ? methods : names).add(name);
        }
        for (Element member : type.getEnclosedElements()) {
            if (member instanceof TypeElement nested) {
                addMembers(nested);
            }
        }
    }

    /** What the file declares, in any place. */
    private final class Declarations extends TreeScanner<Void, Void> {

        @Override
        public Void visitVariable(VariableTree node, Void unused) {
            locals.add(node.getName().toString());
            return super.visitVariable(node, null);
        }

        /** Its scope follows the flow. */
        @Override
        public Void visitBindingPattern(BindingPatternTree node, Void unused) {
            names.add(node.getVariable().getName().toString());
            return super.visitBindingPattern(node, null);
        }

        /** Its variables are in scope in the cases that follow, too. */
        @Override
        public Void visitCase(CaseTree node, Void unused) {
            if (node.getStatements() != null) {
                addVariables(node.getStatements());
            }
            return super.visitCase(node, null);
        }

        private void addVariables(List<? extends Tree> declarations) {
            for (Tree one : declarations) {
                if (one instanceof VariableTree variable) {
                    names.add(variable.getName().toString());
                }
            }
        }

        @Override
        public Void visitMethod(MethodTree node, Void unused) {
            methods.add(node.getName().toString());
            return super.visitMethod(node, null);
        }

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            names.add(node.getSimpleName().toString());
            addVariables(node.getMembers());
            return super.visitClass(node, null);
        }

        @Override
        public Void visitTypeParameter(TypeParameterTree node, Void unused) {
            names.add(node.getName().toString());
            return super.visitTypeParameter(node, null);
        }
    }

    @Override
    public Void visitClass(ClassTree node, Void unused) {
        return isMember(node) ? scan(node.getMembers(), null) : null;
    }

    private boolean isMember(ClassTree node) {
        return isMember(source.tree(), node);
    }

    private static boolean isMember(ClassTree outer, ClassTree node) {
        return outer.getMembers().stream()
                .anyMatch(
                        member ->
                                member == node
                                        || member instanceof ClassTree nested
                                                && isMember(nested, node));
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void unused) {
        scan(node.getEnclosingExpression(), null);
        return scan(node.getArguments(), null);
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, Void unused) {
        return null; // names of attributes
    }

    @Override
    public Void visitCase(CaseTree node, Void unused) {
        labels.addAll(node.getExpressions()); // constants of an enum
        return super.visitCase(node, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
        ExpressionTree select = node.getMethodSelect();
        if (select instanceof IdentifierTree identifier) {
            if (isUnknown(identifier, methods)) {
                note(identifier);
            }
        } else if (select instanceof MemberSelectTree member) {
            scan(member.getExpression(), null);
        }
        return scan(node.getArguments(), null);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree node, Void unused) {
        return scan(node.getQualifierExpression(), null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree node, Void unused) {
        // the start of a dotted name may be a package
        return Imports.flatten(node).isEmpty() ? scan(node.getExpression(), null) : null;
    }

    @Override
    public Void visitIdentifier(IdentifierTree node, Void unused) {
        if (!labels.contains(node) && !isLocal(node) && isUnknown(node, names) && isNoType(node)) {
            note(node);
        }
        return null;
    }

    /** What the file declares is asked first: compilers search long for types that are none. */
    private boolean isUnknown(IdentifierTree node, Set<String> declared) {
        String name = node.getName().toString();
        boolean isWritten = source.slice(node).equals(name); // not made up by the compiler
        return isWritten && !declared.contains(name) && imports.ownerOfStatic(name).isEmpty();
    }

    private boolean isLocal(IdentifierTree node) {
        return locals.contains(node.getName().toString()) && !variables.foreign().contains(node);
    }

    private boolean isNoType(IdentifierTree node) {
        return imports.type(node.getName().toString()).isEmpty();
    }

    private void note(IdentifierTree node) {
        findings.unresolved.put(source.start(node), node.getName().toString());
    }
}
