/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An annotation on a model.
 *
 * @param method the method that it asks for
 * @param members the number of members
 * @param settings the attributes that the user wrote, but for members and name, in their order
 * @param values all attributes but the name, with defaults, as text
 * @param name the name that the user gave to the generated network; empty for the usual one
 * @param isValid whether all attributes are valid
 * @param place where the annotation is
 */
public record Form(
        Method method,
        int members,
        List<Setting> settings,
        Map<String, String> values,
        Optional<String> name,
        boolean isValid,
        Place place) {

    static final String MEMBERS = "m";
    static final String NAME = "name";
    static final String MODEL = "model";
    private static final String VECTORIZED = "vectorized";

    /**
     * An attribute with its value.
     *
     * @param name the name of the attribute
     * @param value the value
     */
    public record Setting(String name, Value value) {}

    /** The value of an attribute. */
    public sealed interface Value {}

    /**
     * A number.
     *
     * @param value the number
     */
    public record NumberValue(double value) implements Value {

        /**
         * Writes the number as people do: without a fraction if it has none.
         *
         * @return the literal
         */
        @Override
        public String toString() {
            boolean isInteger = value == Math.rint(value) && Math.abs(value) < 1e9;
            return isInteger ? String.valueOf((long) value) : String.valueOf(value);
        }
    }

    /**
     * Yes or no.
     *
     * @param value whether it is so
     */
    public record FlagValue(boolean value) implements Value {

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /**
     * An enum constant.
     *
     * @param type the enum
     * @param constant the name of the constant
     */
    public record EnumValue(TypeRef type, String constant) implements Value {

        private String typeName() {
            return type.simpleName() + ".";
        }

        @Override
        public String toString() {
            return constant;
        }
    }

    /**
     * Returns the name of the generated network.
     *
     * @param model the name of the model, in the package of its ensembles
     * @return the class
     */
    public TypeRef network(TypeRef model) {
        return model.sibling(name.orElse(method.getAnnotation() + model.simpleName()));
    }

    /**
     * Returns the name of the generated harness.
     *
     * @param model the name of the model, in the package of its ensembles
     * @return the class
     */
    public TypeRef harness(TypeRef model) {
        return model.sibling(network(model).simpleName() + "Harness");
    }

    /**
     * Tells whether another annotation asks for the same layers, under whatever name.
     *
     * @param other the other annotation
     * @return whether the methods are the same, and the settings but for those of training
     */
    boolean isLike(Form other) {
        return method == other.method && layerValues().equals(other.layerValues());
    }

    private Map<String, String> layerValues() {
        Map<String, String> own = new TreeMap<>(values);
        own.keySet().removeIf(attribute -> !method.shapesLayers(attribute));
        return own;
    }

    /**
     * Tells whether one network computes all members of a deep ensemble.
     *
     * @return whether this is a vectorized deep ensemble
     */
    public boolean isVectorized() {
        return method == Method.DEEP_ENSEMBLE && Boolean.parseBoolean(values.get(VECTORIZED));
    }

    /**
     * Tells whether the body of the model is copied and transformed; a deep ensemble uses the model
     * as it is, unless it is vectorized.
     *
     * @return whether the body is needed
     */
    public boolean isTransforming() {
        return method != Method.DEEP_ENSEMBLE || isVectorized();
    }

    /**
     * Tells whether each member needs parameters of the model's own for itself.
     *
     * @return whether members share nothing; one member has what the model has
     */
    public boolean repeatsOwnParameters() {
        return (method == Method.PACKED || isVectorized()) && members != 1;
    }

    /**
     * Returns what is called on the form for layers that are exempt.
     *
     * @param exempt the annotations of the forms that layers are exempt from
     * @return the function, such as {@code withoutGroups}; empty if that changes nothing
     */
    public Optional<String> exemption(List<TypeRef> exempt) {
        boolean addsNothing = members == 1 || method == Method.PACKED && number("gamma", 1) == 1;
        return exempt.stream()
                .filter(type -> method.getAnnotationType().equals(type.qualifiedName()))
                .findFirst()
                .filter(type -> !addsNothing)
                .flatMap(type -> method.getExemption());
    }

    /**
     * Writes the annotation without its name.
     *
     * @return the annotation, such as {@code @Packed(m = 4, alpha = 2)}
     */
    String annotation() {
        return annotation(Optional.empty());
    }

    /**
     * Writes the annotation.
     *
     * @param own the name of the generated network; empty for the usual one
     * @return the annotation, such as {@code @Packed(m = 4, alpha = 2)}
     */
    String annotation(Optional<String> own) {
        List<String> attributes = new ArrayList<>(List.of(MEMBERS + " = " + members));
        for (Setting setting : settings) {
            String type = setting.value() instanceof EnumValue constant ? constant.typeName() : "";
            attributes.add(setting.name() + " = " + type + setting.value());
        }
        own.ifPresent(text -> attributes.add(NAME + " = \"" + text + "\""));
        return "@%s(%s)".formatted(method.getAnnotation(), String.join(", ", attributes));
    }

    /**
     * Returns the value of a numeric setting.
     *
     * @param setting the name of the attribute
     * @param otherwise the value if the user did not write it
     * @return the value
     */
    public double number(String setting, double otherwise) {
        return settings.stream()
                .filter(one -> one.name().equals(setting))
                .filter(one -> one.value() instanceof NumberValue)
                .mapToDouble(one -> ((NumberValue) one.value()).value())
                .findFirst()
                .orElse(otherwise);
    }
}
