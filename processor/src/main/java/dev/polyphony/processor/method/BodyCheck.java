/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Checks that everything in the body of a model can be transformed. */
public final class BodyCheck {

    private static final TypeRef PRELU = TypeRef.of("ai.djl.nn.core", "Prelu");

    private static final TypeRef CONVOLUTION = TypeRef.of("ai.djl.nn.convolutional", "Convolution");

    private final Model model;
    private final Body body;
    private final List<Method> methods;
    private final List<Problem> problems = new ArrayList<>();

    private BodyCheck(Model model, Body body, List<Method> methods) {
        this.model = model;
        this.body = body;
        this.methods = methods;
    }

    /**
     * Checks a body.
     *
     * @param model the model
     * @param body its body
     * @param methods the methods that transform it
     * @return the problems, in source order
     */
    public static List<Problem> check(Model model, Body body, List<Method> methods) {
        BodyCheck check = new BodyCheck(model, body, methods);
        check.checkInterfaces();
        check.checkConstructors();
        check.checkFacts();
        return check.problems;
    }

    private void checkInterfaces() {
        for (TypeMirror implemented : model.element().getInterfaces()) {
            if (Signature.of(implemented).stream()
                    .map(TypeRef::of)
                    .anyMatch(model.type()::equals)) {
                String what =
                        "'%s' implements %s of itself"
                                .formatted(
                                        model.name(),
                                        ((DeclaredType) implemented).asElement().getSimpleName());
                add(Code.SELF_TYPE, what, Place.of(model.element()));
            }
        }
    }

    private void checkConstructors() {
        for (Constructor constructor : model.constructors()) {
            constructor.element().ifPresent(this::checkSignature);
        }
    }

    private void checkSignature(ExecutableElement constructor) {
        for (TypeElement type : Signature.of(constructor).types()) {
            if (isHiddenCopy(type)) {
                String what =
                        "The constructor takes '%s', which is part of the network"
                                .formatted(type.getSimpleName());
                add(Code.COPIED_PARAMETER, what, Place.of(constructor));
            }
        }
    }

    /** Whether callers cannot make what the copy takes: itself, or what belongs to an instance. */
    private boolean isHiddenCopy(TypeElement type) {
        TypeRef reference = TypeRef.of(type);
        boolean isCopied = body.copied().stream().anyMatch(copied -> copied.isAround(reference));
        return reference.equals(model.type())
                || isCopied && !type.getModifiers().contains(Modifier.STATIC);
    }

    private void checkFacts() {
        Set<TypeRef> made = new HashSet<>();
        boolean hasLayers = false;
        for (Fact fact : body.facts()) {
            if (!(fact instanceof Fact.Mentioned)) {
                typeOf(fact).ifPresent(made::add);
            }
        }
        for (Fact fact : body.facts()) {
            hasLayers |= fact instanceof Fact.Built built && Layer.of(built.type()).isPresent();
            // A class that is only named is reported once, where it comes in.
            if (!(fact instanceof Fact.Mentioned mentioned) || made.add(mentioned.type())) {
                check(fact);
            }
        }
        if (!hasLayers && problems.isEmpty()) {
            add(
                    Code.NO_LAYERS,
                    "'%s' has no layers".formatted(model.name()),
                    Place.of(model.element()));
        }
    }

    private static Optional<TypeRef> typeOf(Fact fact) {
        if (fact instanceof Fact.Built built) {
            return Optional.of(built.type());
        } else if (fact instanceof Fact.Constructed constructed) {
            return Optional.of(constructed.type());
        } else if (fact instanceof Fact.Extended extended) {
            return Optional.of(extended.type());
        } else if (fact instanceof Fact.Called called) {
            return Optional.of(called.type());
        }
        return Optional.empty();
    }

    private void check(Fact fact) {
        Place place = fact.place();
        if (fact instanceof Fact.OwnParameter) {
            String what = "'%s' adds a parameter of its own".formatted(model.name());
            add(Code.OWN_PARAMETER, what, place);
        } else if (fact instanceof Fact.StaticState state) {
            String what = "'%s' is a static field that changes".formatted(state.name());
            add(Code.STATIC_STATE, what, place);
        } else if (fact instanceof Fact.HandedOver handed) {
            String what =
                    "'%s' of '%s' takes a '%s', and the ensemble is none"
                            .formatted(handed.method(), handed.type().localName(), model.name());
            add(Code.SELF_TYPE, what, place);
        } else if (fact instanceof Fact.Obtained obtained) {
            checkObtained(obtained);
        } else if (fact instanceof Fact.Built built) {
            checkType(built.type(), place);
        } else if (fact instanceof Fact.Mentioned mentioned
                && mentioned.type().equals(CONVOLUTION)) {
            String wayOut = "Declare it as the layer that is built, such as Conv2d, or as Block.";
            String what = "'Convolution' has no ensemble twin, only its subclasses have";
            problems.add(new Problem(Code.UNSUPPORTED_LAYER, what, wayOut, place));
        } else if (fact instanceof Fact.Mentioned mentioned) {
            checkType(mentioned.type(), place);
        } else if (fact instanceof Fact.Called called && isKnown(called.type())) {
            if (Layer.of(called.type()).isPresent()) {
                String what =
                        "'%s.%s' takes parameters that belong to no layer"
                                .formatted(called.type().simpleName(), called.method());
                add(Code.FUNCTIONAL_CALL, what, place);
            }
        } else if (fact instanceof Fact.Called called) {
            checkType(called.type(), place);
        } else if (fact instanceof Fact.Constructed constructed) {
            checkConstructed(constructed.type(), place);
        } else if (fact instanceof Fact.Extended extended) {
            checkConstructed(extended.type(), place);
        }
    }

    private void checkConstructed(TypeRef type, Place place) {
        if (Layer.of(type).isPresent()) {
            String what = "'%s' is not built with its builder".formatted(type.simpleName());
            add(Code.EXTENDED_LAYER, what, place);
        } else {
            checkType(type, place);
        }
    }

    private void checkObtained(Fact.Obtained obtained) {
        TypeRef owner = obtained.type();
        if (Layer.isParameterFree(owner, obtained.method())) {
            return;
        }
        if (obtained.method().equals("preluBlock")) {
            checkType(PRELU, obtained.place());
            return;
        }
        String what =
                "'%s.%s' makes a block whose layers cannot be seen"
                        .formatted(owner.localName(), obtained.method());
        add(Code.FOREIGN_BLOCK, what, obtained.place());
    }

    private static boolean isKnown(TypeRef type) {
        return Layer.of(type).isPresent() || Layer.isParameterFree(type);
    }

    private void checkType(TypeRef type, Place place) {
        if (isKnown(type)) {
            return;
        }
        if (type.packageName().startsWith("ai.djl.")) {
            String what =
                    "'%s' holds parameters that cannot be %s"
                            .formatted(type.simpleName(), transformed());
            add(Code.UNSUPPORTED_LAYER, what, place);
        } else {
            String what = "'%s' is a block class from another file".formatted(type.localName());
            add(Code.USER_BLOCK, what, place);
        }
    }

    /** What the methods would do with parameters. */
    private String transformed() {
        boolean packed = methods.contains(Method.PACKED);
        boolean shared = methods.stream().anyMatch(method -> method != Method.PACKED);
        return packed && shared
                ? "packed or shared by members"
                : packed ? "packed" : "shared by members";
    }

    private void add(Code code, String what, Place place) {
        problems.add(new Problem(code, what, place));
    }
}
