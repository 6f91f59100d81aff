/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that the settings of a form suit the layers of a model. */
public final class FormCheck {

    private static final String DEFAULT = "CUTMIX";

    /** The methods of MixMo for features of any shape. */
    private static final Set<String> SHAPELESS =
            Set.of("LINEAR", "STACK_CHANNEL", "CHANNEL", "NOISE");

    private FormCheck() {}

    /**
     * Checks a form.
     *
     * @param form the form
     * @param body the body of the model
     * @return the problem; empty if the form suits the model
     */
    public static Optional<Problem> check(Form form, Body body) {
        if (!form.isValid() || form.members() == 1) {
            return Optional.empty();
        }
        return checkLabels(form, body).or(() -> checkPatches(form, body));
    }

    private static Optional<Problem> checkLabels(Form form, Body body) {
        if (form.method() != Method.MIMO && form.method() != Method.MIX_MO) {
            return Optional.empty();
        }
        String what =
                "The forward pass reads labels, and with @%s one pass serves members of different labels"
                        .formatted(form.method().getAnnotation());
        return body.facts().stream()
                .filter(Fact.ReadLabels.class::isInstance)
                .findFirst()
                .map(fact -> new Problem(Code.LABELS, what, fact.place()));
    }

    private static Optional<Problem> checkPatches(Form form, Body body) {
        if (form.method() != Method.MIX_MO || !mixesPatches(form) || !isLinear(body)) {
            return Optional.empty();
        }
        return Optional.of(
                new Problem(
                        Code.NO_PATCHES,
                        "'%s' mixes patches, and all layers of the model are 'Linear'"
                                .formatted(mixing(form)),
                        form.place()));
    }

    private static boolean mixesPatches(Form form) {
        return form.members() > 1
                && !SHAPELESS.contains(mixing(form))
                && form.number("probability", 1) > 0;
    }

    private static String mixing(Form form) {
        return form.settings().stream()
                .filter(setting -> setting.name().equals("method"))
                .map(setting -> setting.value().toString())
                .findFirst()
                .orElse(DEFAULT);
    }

    private static boolean isLinear(Body body) {
        if (body.facts().stream().anyMatch(FormCheck::isPart)) {
            return false;
        }
        List<Layer> layers =
                body.facts().stream()
                        .filter(Fact.Built.class::isInstance)
                        .flatMap(fact -> Layer.of(((Fact.Built) fact).type()).stream())
                        .filter(layer -> layer.getKind() == Layer.Kind.WEIGHTS)
                        .distinct()
                        .toList();
        return layers.equals(List.of(Layer.LINEAR));
    }

    /** A block class of another file may hold anything. */
    private static boolean isPart(Fact fact) {
        return Makers.isMade(fact)
                || fact instanceof Fact.Constructed constructed && !constructed.type().isOfDjl();
    }
}
