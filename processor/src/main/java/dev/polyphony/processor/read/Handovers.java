/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * Finds where the model itself is passed to other classes: all that could be called there takes
 * one.
 */
final class Handovers {

    private final Source source;
    private final Findings findings;
    private final Names names;
    private final Typer typer;

    Handovers(Source source, Findings findings, Names names, Typer typer) {
        this.source = source;
        this.findings = findings;
        this.names = names;
        this.typer = typer;
    }

    /** An instance of a class is made. */
    void constructed(TypeElement type, NewClassTree node) {
        if (mayTakeModel(type)) {
            List<ExecutableElement> constructors =
                    ElementFilter.constructorsIn(type.getEnclosedElements());
            int arguments = node.getArguments().size();
            note(type, type.getSimpleName().toString(), taking(constructors, arguments), node);
        }
    }

    /** A method of a class is called. */
    void called(TypeElement type, String name, MethodInvocationTree node) {
        if (mayTakeModel(type)) {
            int arguments = node.getArguments().size();
            note(type, name, taking(typer.methods(type, name), arguments), node);
        }
    }

    /** A reference to methods or constructors of a class. */
    void referenced(TypeElement type, MemberReferenceTree node) {
        if (!mayTakeModel(type)) {
            return;
        }
        if (node.getMode() == MemberReferenceTree.ReferenceMode.NEW) {
            List<ExecutableElement> constructors =
                    ElementFilter.constructorsIn(type.getEnclosedElements());
            note(type, type.getSimpleName().toString(), constructors, node);
        } else {
            String name = node.getName().toString();
            note(type, name, typer.methods(type, name), node);
        }
    }

    /** DJL does not know the model, and what is copied takes the copy. */
    private boolean mayTakeModel(TypeElement type) {
        return names.isForeign(type) && !TypeRef.of(type).isOfDjl();
    }

    private static List<ExecutableElement> taking(List<ExecutableElement> all, int arguments) {
        List<ExecutableElement> fitting = new ArrayList<>();
        for (ExecutableElement one : all) {
            if (one.getParameters().size() == arguments) {
                fitting.add(one);
            }
        }
        return fitting;
    }

    private void note(
            TypeElement type, String name, List<ExecutableElement> candidates, Tree node) {
        if (!candidates.isEmpty() && candidates.stream().allMatch(this::takesModel)) {
            findings.add(node, new Fact.HandedOver(TypeRef.of(type), name, source.place(node)));
        }
    }

    private boolean takesModel(ExecutableElement method) {
        for (VariableElement parameter : method.getParameters()) {
            if (typer.is(parameter.asType(), names.model())) {
                return true;
            }
        }
        return false;
    }
}
