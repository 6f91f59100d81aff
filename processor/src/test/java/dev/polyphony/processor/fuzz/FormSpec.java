/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.MixMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * An annotation.
 *
 * @param annotation its simple name
 * @param name the generated network's
 * @param members the number of members
 * @param attributes the other attributes, as Java writes them
 */
record FormSpec(String annotation, String name, int members, Map<String, String> attributes) {

    private static final List<String> ANNOTATIONS =
            List.of(
                    "Packed",
                    "Packed",
                    "Packed",
                    "Mimo",
                    "MixMo",
                    "BatchEnsemble",
                    "Masksembles",
                    "SubEnsemble",
                    "DeepEnsemble");

    /**
     * Draws a form.
     *
     * @param random the numbers
     * @param name the generated network's name
     * @param mayCut whether there are convolutions, so that patches are possible as far as the
     *     compiler sees
     */
    static FormSpec draw(Random random, String name, boolean mayCut) {
        String annotation = ANNOTATIONS.get(random.nextInt(ANNOTATIONS.size()));
        int members = 2 + random.nextInt(3);
        Map<String, String> attributes = new LinkedHashMap<>();
        switch (annotation) {
            case "Packed" -> {
                String[] alphas = {"1", "2", "" + members, "1.5", "0.7", "3"};
                attributes.put("alpha", alphas[random.nextInt(alphas.length)]);
                if (random.nextInt(3) == 0) {
                    attributes.put("gamma", "" + (1 + random.nextInt(3)));
                    attributes.put("minChannelsPerGroup", random.nextBoolean() ? "1" : "4");
                }
            }
            case "Mimo" -> {
                if (random.nextBoolean()) {
                    attributes.put("batchRepetitions", "" + (1 + random.nextInt(3)));
                }
            }
            case "MixMo" -> {
                MixMethod[] methods = MixMethod.values();
                MixMethod method = methods[random.nextInt(methods.length)];
                boolean possible = mayCut || method.getSpatialAxes() == 0;
                attributes.put("method", "MixMethod." + (possible ? method : MixMethod.LINEAR));
            }
            case "BatchEnsemble" -> {
                if (random.nextBoolean()) {
                    attributes.put("form", "FastWeightForm.ADDITIVE");
                }
                if (random.nextBoolean()) {
                    attributes.put("init", "FastWeightInit.NORMAL");
                }
            }
            case "Masksembles" -> attributes.put("scale", random.nextBoolean() ? "2" : "1.5");
            default -> {}
        }
        return new FormSpec(annotation, name, members, attributes);
    }

    /** The same form with one member: the model itself. */
    FormSpec single() {
        return new FormSpec(annotation, name + "Single", 1, attributes);
    }

    String text() {
        StringJoiner text = new StringJoiner(", ", "@" + annotation + "(", ")");
        text.add("m = " + members);
        attributes.forEach((key, value) -> text.add(key + " = " + value));
        return text.add("name = \"" + name + "\"").toString();
    }

    boolean is(String method) {
        return annotation.equals(method);
    }

    double number(String attribute, double otherwise) {
        return attributes.containsKey(attribute)
                ? Double.parseDouble(attributes.get(attribute))
                : otherwise;
    }

    boolean merges() {
        return is("Mimo") || is("MixMo");
    }

    boolean sharesTrunk() {
        return merges() || is("SubEnsemble");
    }

    /** The spatial axes that features must have for MixMo to mix them. */
    int mixingAxes() {
        String method = attributes.get("method").replace("MixMethod.", "");
        return MixMethod.valueOf(method).getSpatialAxes();
    }

    /** Whether members are as wide as the model, so that they can be given its parameters. */
    boolean keepsWidths() {
        return !is("Packed") || number("alpha", 2) == members && number("gamma", 1) == 1;
    }
}
