/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the methods of a class that may make whole models: which do is seen in its source. */
public final class EntryReader {

    private final Elements elements;
    private final Types types;
    private final TypeMirror block;

    /**
     * Creates a reader.
     *
     * @param elements the compiler's elements
     * @param types the compiler's types
     */
    public EntryReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
        TypeElement type = elements.getTypeElement("ai.djl.nn.Block");
        this.block = type == null ? null : type.asType();
    }

    /**
     * Tells whether a class is a block itself.
     *
     * @param type the class
     * @return whether it is a subtype of {@code ai.djl.nn.Block}
     */
    public boolean isBlock(TypeElement type) {
        return isBlock(type.asType());
    }

    private boolean isBlock(TypeMirror type) {
        return block != null
                && type.getKind() == TypeKind.DECLARED
                && types.isSubtype(types.erasure(type), block);
    }

    /**
     * Finds the methods that give blocks to code in the package of the ensembles: static ones of
     * the class, and those of nested classes that are no blocks, as builders are. Of a block that
     * can be constructed only the static methods that give the class itself count.
     *
     * @param target the class, and where its ensembles belong
     * @param isConstructible whether it has a constructor that others can call
     * @return the methods, in source order
     */
    public List<EntryPoint> candidates(Target target, boolean isConstructible) {
        TypeElement model = target.model();
        List<EntryPoint> candidates = new ArrayList<>();
        boolean isOwnOnly = isConstructible && isBlock(model);
        for (Element member : model.getEnclosedElements()) {
            if (member instanceof ExecutableElement method && isStatic(method)) {
                boolean fits =
                        isOwnOnly
                                ? types.isSameType(
                                        types.erasure(method.getReturnType()),
                                        types.erasure(model.asType()))
                                : isBlock(method.getReturnType());
                if (fits && target.reaches(method)) {
                    candidates.add(entry(method));
                }
            } else if (member instanceof TypeElement nested) {
                candidates.addAll(ofNested(nested, target));
            }
        }
        return candidates;
    }

    private List<EntryPoint> ofNested(TypeElement nested, Target target) {
        boolean isBuilder =
                target.reaches(nested)
                        && isStatic(nested)
                        && Set.of(ElementKind.CLASS, ElementKind.RECORD).contains(nested.getKind())
                        && !isBlock(nested);
        return !isBuilder
                ? List.of()
                : ElementFilter.methodsIn(nested.getEnclosedElements()).stream()
                        .filter(method -> target.reaches(method) && !isStatic(method))
                        .filter(method -> !method.getModifiers().contains(Modifier.ABSTRACT))
                        .filter(method -> isBlock(method.getReturnType()))
                        .map(this::entry)
                        .toList();
    }

    private EntryPoint entry(ExecutableElement method) {
        return new EntryPoint(ConstructorReader.read(elements, method));
    }

    private static boolean isStatic(Element element) {
        return element.getModifiers().contains(Modifier.STATIC);
    }
}
