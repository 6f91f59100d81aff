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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Checks that everything in the body of a model can be transformed. */
public final class BodyCheck {

    /** Superclasses of layers, with one that has a twin. */
    private static final Map<TypeRef, String> SUPERCLASSES =
            Map.of(
                    TypeRef.of("ai.djl.nn.convolutional", "Convolution"),
                    "Conv2d",
                    TypeRef.of("ai.djl.nn.recurrent", "RecurrentBlock"),
                    "LSTM",
                    TypeRef.of("ai.djl.nn.core", "Embedding"),
                    "TrainableWordEmbedding");

    private final Model model;
    private final Body body;
    private final List<Form> forms;
    private final Parts parts;
    private final Makers makers;
    private final List<Problem> problems = new ArrayList<>();

    private BodyCheck(Model model, Body body, List<Form> forms, Parts parts, Makers makers) {
        this.model = model;
        this.body = body;
        this.forms = forms.stream().filter(form -> form.isTransforming()).toList();
        this.parts = parts;
        this.makers = makers;
    }

    /**
     * Checks a body.
     *
     * @param model the model
     * @param body its body
     * @param forms the annotations
     * @param parts block classes of other files
     * @param makers methods of other files that make parts
     * @return the problems, in source order
     */
    public static List<Problem> check(
            Model model, Body body, List<Form> forms, Parts parts, Makers makers) {
        BodyCheck check = new BodyCheck(model, body, forms, parts, makers);
        check.checkInterfaces();
        check.problems.addAll(InheritedBuilds.find(model));
        check.checkConstructors();
        check.checkFacts();
        check.problems.addAll(ExemptionCheck.check(model, body, forms));
        if (forms.stream().anyMatch(form -> !form.isTransforming())) {
            return check.problems.stream().map(Problem::besideDeepEnsemble).toList();
        }
        return forms.stream().anyMatch(Form::isVectorized)
                ? check.problems.stream().map(Problem::besideVectorized).toList()
                : check.problems;
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
        problems.addAll(LayerParameters.check(model));
    }

    private void checkSignature(ExecutableElement constructor) {
        for (TypeElement type : Signature.of(constructor).types()) {
            String what =
                    "The constructor takes '%s', which is part of the network"
                            .formatted(type.getSimpleName());
            if (isHiddenCopy(type)) {
                add(Code.COPIED_PARAMETER, what, Place.of(constructor));
            } else if (Parts.isPart(TypeRef.of(type), body)) {
                String wayOut =
                        "Let the constructor take plain values, and make the block of them.";
                Place place = Place.of(constructor);
                problems.add(new Problem(Code.COPIED_PARAMETER, what, wayOut, place));
            }
        }
    }

    /** Whether callers cannot make what the copy takes: itself, or what belongs to an instance. */
    private boolean isHiddenCopy(TypeElement type) {
        TypeRef reference = TypeRef.of(type);
        boolean isCopied = body.copied().stream().anyMatch(copied -> copied.isAround(reference));
        boolean isInner =
                type.getNestingKind() == NestingKind.MEMBER
                        && !type.getModifiers().contains(Modifier.STATIC);
        return reference.equals(model.type()) || isCopied && isInner;
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
            hasLayers |= typeOf(fact).filter(type -> hasLayers(fact, type)).isPresent();
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

    private static boolean hasLayers(Fact fact, TypeRef type) {
        boolean isLayer = fact instanceof Fact.Built || fact instanceof Fact.Constructed;
        return isLayer && Layer.of(type).isPresent() || !type.isOfDjl();
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
        } else if (fact instanceof Fact.Obtained obtained) {
            return Optional.of(obtained.type());
        }
        return Optional.empty();
    }

    private void check(Fact fact) {
        Place place = fact.place();
        if (fact instanceof Fact.OwnParameter own) {
            checkOwnParameter(own);
        } else if (fact instanceof Fact.OwnBlockUse use) {
            checkOwnBlock(use);
        } else if (fact instanceof Fact.StaticState state) {
            checkState(state);
        } else if (fact instanceof Fact.OutOfReach reach) {
            String what = "'%s' cannot be used outside its package".formatted(reach.name());
            add(Code.OUT_OF_REACH, what, place);
        } else if (fact instanceof Fact.HandedOver handed) {
            String what =
                    "'%s' of '%s' takes a '%s', and the ensemble is none"
                            .formatted(handed.method(), handed.type().localName(), model.name());
            add(Code.SELF_TYPE, what, place);
        } else if (fact instanceof Fact.Obtained obtained) {
            checkObtained(fact, obtained.type(), obtained.method());
        } else if (fact instanceof Fact.Built built && built.type().isOfDjl()) {
            checkType(built.type(), place);
        } else if (fact instanceof Fact.Built built) {
            checkObtained(fact, built.type(), "builder");
        } else if (fact instanceof Fact.Mentioned mentioned
                && SUPERCLASSES.containsKey(mentioned.type())) {
            String wayOut =
                    "Declare it as the layer that is built, such as %s, or as Block."
                            .formatted(SUPERCLASSES.get(mentioned.type()));
            String what =
                    "'%s' has no ensemble twin, only its subclasses have"
                            .formatted(mentioned.type().simpleName());
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
        } else if (fact instanceof Fact.Called called && called.type().isOfDjl()) {
            checkType(called.type(), place);
        } else if (fact instanceof Fact.Called called) {
            checkObtained(fact, called.type(), called.method());
        } else if (fact instanceof Fact.Invoked invoked) {
            problems.add(Parts.invoked(invoked));
        } else if (fact instanceof Fact.Constructed constructed
                && Layer.of(constructed.type()).filter(Layer::isConstructed).isPresent()) {
            checkReference(constructed);
        } else if (fact instanceof Fact.Constructed constructed) {
            checkConstructed(constructed.type(), place);
        } else if (fact instanceof Fact.Extended extended && extended.type().isOfDjl()) {
            checkConstructed(extended.type(), place);
        } else if (fact instanceof Fact.Extended extended) {
            problems.add(parts.extended(model, extended));
        }
    }

    private void checkState(Fact.StaticState state) {
        if (!state.isFinal()) {
            String what = "'%s' is a static field that changes".formatted(state.name());
            add(Code.STATIC_STATE, what, state.place());
            return;
        }
        String what =
                "'%s' is a static field for objects of '%s', and the copy in an ensemble is none"
                        .formatted(state.name(), model.name());
        String wayOut = "Let the field hold Block instead of the model; or use @DeepEnsemble.";
        problems.add(new Problem(Code.STATIC_STATE, what, wayOut, state.place()));
    }

    /** All members share what the model itself adds, but packed members share nothing. */
    private void checkOwnParameter(Fact.OwnParameter own) {
        // a number of members that is wrong will be another one, and hardly 1
        if (repeatsOwnParameters() && !own.obstacle().isEmpty()) {
            String what =
                    "'%s' adds a parameter, which %s members cannot share, and they cannot have a '%1$s' each: %s"
                            .formatted(own.block(), apart(), own.obstacle());
            add(Code.OWN_PARAMETER, what, own.place());
        }
    }

    private void checkOwnBlock(Fact.OwnBlockUse use) {
        if (repeatsOwnParameters()) {
            String what =
                    "Each %s member has its own '%s', and %s"
                            .formatted(apart(), use.block(), use.obstacle());
            problems.add(new Problem(Code.OWN_PARAMETER, what, use.wayOut(), use.place()));
        }
    }

    private boolean repeatsOwnParameters() {
        return forms.stream().anyMatch(Form::repeatsOwnParameters);
    }

    /** The twin's constructor takes the form as well, which a method reference cannot give it. */
    private void checkReference(Fact.Constructed constructed) {
        if (constructed.isReference()) {
            String name = constructed.type().simpleName();
            String what = "'%s::new' cannot take the form".formatted(name);
            String wayOut = "Call the constructor in a lambda instead.";
            problems.add(new Problem(Code.EXTENDED_LAYER, what, wayOut, constructed.place()));
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

    /** A block that a method of another class gives. */
    private void checkObtained(Fact fact, TypeRef owner, String method) {
        if (Layer.isParameterFree(owner, method)) {
            return;
        }
        if (Makers.isMade(fact)) {
            makers.check(model, fact, forms).ifPresent(problems::add);
        } else {
            String what =
                    "'%s.%s' makes a block whose layers cannot be seen"
                            .formatted(owner.localName(), method);
            add(Code.FOREIGN_BLOCK, what, fact.place());
        }
    }

    private static boolean isKnown(TypeRef type) {
        return Layer.of(type).isPresent() || Layer.isParameterFree(type);
    }

    private void checkType(TypeRef type, Place place) {
        if (isKnown(type)) {
            return;
        }
        if (type.isOfDjl()) {
            String what =
                    "'%s' holds parameters that cannot be %s"
                            .formatted(type.simpleName(), transformed());
            add(Code.UNSUPPORTED_LAYER, what, place);
        } else {
            parts.check(model, type, forms, place).ifPresent(problems::add);
        }
    }

    /** What the methods would do with parameters. */
    private String transformed() {
        List<String> ways = new ArrayList<>();
        if (has(Method.PACKED)) {
            ways.add("packed");
        }
        if (has(Method.DEEP_ENSEMBLE)) {
            ways.add("vectorized");
        }
        boolean shared =
                forms.stream()
                        .map(Form::method)
                        .anyMatch(
                                method ->
                                        method != Method.PACKED && method != Method.DEEP_ENSEMBLE);
        if (shared) {
            ways.add("shared by members");
        }
        return String.join(" or ", ways);
    }

    /** What members are called that share nothing. */
    private String apart() {
        return has(Method.PACKED) ? "packed" : "vectorized";
    }

    private boolean has(Method method) {
        return forms.stream().anyMatch(form -> form.method() == method);
    }

    private void add(Code code, String what, Place place) {
        problems.add(new Problem(code, what, place));
    }
}
