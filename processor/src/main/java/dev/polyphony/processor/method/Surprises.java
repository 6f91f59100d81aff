/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what is allowed but hardly meant. What {@code @SuppressWarnings} on the model names, by
 * code or as {@code polyphony}, is not reported.
 */
public final class Surprises {

    private static final String ALL = "polyphony";

    /** The widths that a note lists. */
    private static final int LISTED = 5;

    /** Less than any difference that widths can have, as in the runtime. */
    private static final double ROUNDING = 1e-9;

    private Surprises() {}

    /**
     * Looks at a model that has no problems.
     *
     * @param model the model
     * @param body its body
     * @param forms its forms
     * @return warnings and notes
     */
    public static List<Problem> find(Model model, Body body, List<Form> forms) {
        List<Problem> found = new ArrayList<>();
        for (Fact fact : body.facts()) {
            if (fact instanceof Fact.Probabilities end) {
                String what =
                        "'%s' is the last thing that '%s' does, and its ensembles are trained on scores"
                                .formatted(end.method(), model.name());
                found.add(new Problem(Code.PROBABILITIES, what, end.place()));
            } else if (fact instanceof Fact.NumberUse use) {
                boolean isTransformed = forms.stream().anyMatch(form -> form.isTransforming());
                found.add(numberUse(use, isTransformed));
            }
        }
        for (Form form : forms) {
            if (form.isValid() && form.method() == Method.PACKED) {
                roundedWidths(form, body).ifPresent(found::add);
            }
            identicalMembers(form).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            return found;
        }
        Set<String> suppressed = suppressed(model);
        found.removeIf(
                problem ->
                        suppressed.contains(ALL)
                                || suppressed.contains(ALL + ":" + problem.code().getId()));
        return found;
    }

    private static Problem numberUse(Fact.NumberUse use, boolean isTransformed) {
        if (!use.isReplaced()) {
            String what =
                    "'%s' of an array and a number may give wrong gradients on the CPU"
                            .formatted(use.operation());
            return new Problem(Code.NUMBER_USE, what, use.place());
        }
        String where = isTransformed ? " in the model itself; its ensembles use a twin" : "";
        String what =
                "'%s' may give wrong gradients on the CPU%s".formatted(use.operation(), where);
        String name = use.operation().substring(use.operation().indexOf('.') + 1);
        String wayOut = "Write EnsembleActivation.%s, of dev.polyphony.nn.layer.".formatted(name);
        return new Problem(Code.NUMBER_USE, what, wayOut, use.place());
    }

    private static Set<String> suppressed(Model model) {
        SuppressWarnings annotation = model.target().holder().getAnnotation(SuppressWarnings.class);
        return annotation == null ? Set.of() : Set.copyOf(List.of(annotation.value()));
    }

    /** One note a form, with the widths that are known and do not come out even. */
    private static Optional<Problem> roundedWidths(Form form, Body body) {
        double share = form.number("alpha", 2) / form.members();
        int gamma = (int) form.number("gamma", 1);
        List<String> widths = new ArrayList<>();
        for (long width : knownWidths(body)) {
            double exact = width * share;
            long rounded = rounded(exact, gamma);
            if (rounded - exact > ROUNDING) {
                widths.add(String.format(Locale.ROOT, "%d (%.4g to %d)", width, exact, rounded));
            }
        }
        if (form.members() == 1 || widths.isEmpty()) {
            return Optional.empty();
        }
        String more =
                widths.size() > LISTED ? " and %d more".formatted(widths.size() - LISTED) : "";
        String what =
                "One member's share of these widths is rounded up where the layer does not write the output: "
                        + widths.stream().limit(LISTED).collect(Collectors.joining(", "))
                        + more;
        return Optional.of(new Problem(Code.ROUNDED_WIDTH, what, form.place()));
    }

    /** The positive widths that are known, each once. */
    private static Set<Long> knownWidths(Body body) {
        Set<Long> widths = new LinkedHashSet<>();
        for (Fact fact : body.facts()) {
            if (fact instanceof Fact.Built built) {
                widths.addAll(built.values());
            }
        }
        widths.removeIf(width -> width <= 0);
        return widths;
    }

    private static long rounded(double width, int gamma) {
        long whole = Math.max((long) Math.ceil(width - ROUNDING), 1);
        return (whole + gamma - 1) / gamma * gamma;
    }

    private static Optional<Problem> identicalMembers(Form form) {
        String what = null;
        if (form.members() == 1) {
            return Optional.empty();
        }
        if (form.method() == Method.MIMO && form.number("inputRepetition", 0) == 1) {
            what =
                    "With inputRepetition = 1 all members learn from the same inputs, and become"
                            + " identical";
        } else if (form.method() == Method.MASKSEMBLES && form.number("scale", 2) == 1) {
            what = "With scale = 1 all masks keep everything, and all members are identical";
        }
        return Optional.ofNullable(what)
                .map(text -> new Problem(Code.IDENTICAL_MEMBERS, text, form.place()));
    }
}
