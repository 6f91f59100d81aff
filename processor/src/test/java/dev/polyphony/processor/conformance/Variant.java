/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import dev.polyphony.processor.method.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The networks that are generated from a model by one method. */
enum Variant {
    /** As the manifest sets it. */
    PLAIN(""),
    /** With one member, which must be the model itself. */
    SINGLE("Single"),
    /** Packed with {@code alpha = m} and without groups: members are whole models. */
    WHOLE("Whole");

    private final String prefix;

    Variant(String prefix) {
        this.prefix = prefix;
    }

    /** The variants that a method has for a model. */
    static List<Variant> of(Method method, ModelEntry model) {
        List<Variant> variants = new ArrayList<>(List.of(PLAIN, SINGLE));
        if (method == Method.PACKED
                && !WHOLE.attributes(method, model).equals(model.attributes(method))) {
            variants.add(WHOLE);
        }
        return variants;
    }

    /** The simple name of the generated network. */
    String network(Method method, ModelEntry model) {
        return prefix + method.getAnnotation() + model.simpleName();
    }

    /** The attributes of the annotation. */
    Map<String, String> attributes(Method method, ModelEntry model) {
        Map<String, String> attributes = model.attributes(method);
        switch (this) {
            case SINGLE -> attributes.put("m", "1");
            case WHOLE -> {
                attributes.put("alpha", attributes.get("m"));
                attributes.remove("gamma");
            }
            default -> {}
        }
        return attributes;
    }

    /** The annotation, as a user writes it. */
    String annotation(Method method, ModelEntry model) {
        Map<String, String> attributes = attributes(method, model);
        if (this != PLAIN) {
            attributes.put("name", '"' + network(method, model) + '"');
        }
        return attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + " = " + attribute.getValue())
                .collect(Collectors.joining(", ", "@" + method.getAnnotation() + "(", ")"));
    }
}
