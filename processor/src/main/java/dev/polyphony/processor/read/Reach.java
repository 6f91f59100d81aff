/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Notes what the body may use and its copy may not: package access of a model in another package.
 * What is in the model's file itself can be copied instead.
 */
final class Reach {

    private final Target target;
    private final Source source;
    private final Findings findings;
    private final Elements elements;
    private final Neighbours neighbours;

    Reach(
            Target target,
            Source source,
            Findings findings,
            Elements elements,
            Neighbours neighbours) {
        this.target = target;
        this.source = source;
        this.findings = findings;
        this.elements = elements;
        this.neighbours = neighbours;
    }

    /** A class that is named. */
    void type(Tree node, TypeElement type) {
        if (isOfInterest(type) && !target.reaches(type)) {
            add(node, TypeRef.of(type).localName());
        }
    }

    /** A field or method that is selected from a class or an instance of it. */
    void member(Tree node, TypeElement type, String name) {
        if (!isOfInterest(type) || !target.reaches(type)) {
            return;
        }
        List<? extends Element> members =
                elements.getAllMembers(type).stream()
                        .filter(member -> member.getSimpleName().contentEquals(name))
                        .toList();
        if (!members.isEmpty()
                && members.stream().noneMatch(one -> target.reaches(one.getModifiers()))) {
            add(node, TypeRef.of(type).localName() + "." + name.replace("<init>", "new"));
        }
    }

    /** A constructor that is called with {@code new}. */
    void constructor(NewClassTree node, TypeElement type) {
        if (!isOfInterest(type) || !target.reaches(type)) {
            return;
        }
        List<ExecutableElement> fitting =
                ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .filter(
                                one ->
                                        one.isVarArgs()
                                                || one.getParameters().size()
                                                        == node.getArguments().size())
                        .toList();
        if (!fitting.isEmpty() && fitting.stream().noneMatch(target::reaches)) {
            add(node, "new " + TypeRef.of(type).localName());
        }
    }

    private boolean isOfInterest(TypeElement type) {
        TypeRef model = TypeRef.of(target.model());
        TypeRef name = TypeRef.of(type);
        return !target.isSamePackage() && !model.isAround(name) && !neighbours.contain(name);
    }

    private void add(Tree node, String name) {
        findings.add(node, new Fact.OutOfReach(name, source.place(node)));
    }
}
