/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.TypeName;
import dev.polyphony.processor.method.Form;
import dev.polyphony.processor.method.Layer;
import dev.polyphony.processor.method.Method;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.type.TypeMirror;

/** The Javadoc of a generated network: which form of which model, and what became of the layers. */
final class NetworkDoc {

    private static final List<String> NUMBERS =
            List.of(
                    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten", "eleven", "twelve");

    /** The layers of which a packed member has narrower ones. */
    private static final Set<Layer.Kind> NARROWED =
            Set.of(Layer.Kind.WEIGHTS, Layer.Kind.RECURRENT, Layer.Kind.EMBEDDING);

    /** Biases as they are in the usual form of BatchEnsemble, and in the additive one. */
    private static final Pattern ADDITIVE =
            Pattern.compile("(, and [\\w ]+?) \\(additive form: ([^)]*)\\)");

    private final Model model;
    private final Form form;

    NetworkDoc(Model model, Form form) {
        this.model = model;
        this.form = form;
    }

    String text() {
        int members = form.members();
        String settings =
                form.settings().isEmpty()
                        ? ""
                        : form.settings().stream()
                                .map(setting -> setting.name() + " = " + setting.value())
                                .collect(Collectors.joining(", ", " ({@code ", "})"));
        String count = number(members) + (members == 1 ? " member" : " members");
        Javadoc text = new Javadoc(0);
        text.paragraph(
                "%s as %s%s.".formatted(model.link(), form.method().describe(count), settings));
        text.paragraph(
                ("Input {@code [B, x...]} as %1$s takes it, or {@code [B, %2$s, x...]} with an"
                                + " example for each member; output {@code [B, %2$s, y...]}, raw scores.")
                        .formatted(model.link(), members));
        if (form.isValid() && form.isTransforming() && model.body().isPresent()) {
            text.paragraph(
                    isNarrowing()
                            ? "What becomes of each layer; which ones write the output is found by"
                                    + " the first {@code initialize}, and shown by {@code"
                                    + " toString()}."
                            : "What becomes of the layers:");
            text.list(layers(model.body().get()));
        }
        whyNoFactory().ifPresent(text::paragraph);
        return text.toString();
    }

    /** Says why the type has neither Factory nor main method, if it has none. */
    private Optional<String> whyNoFactory() {
        if (!form.isValid() || !new ArgumentCalls(model).isEmpty() || !model.entries().isEmpty()) {
            return Optional.empty();
        }
        String taken =
                model.constructors().stream()
                        .flatMap(constructor -> constructor.parameters().stream())
                        .filter(parameter -> !ArgumentCalls.isPlain(parameter))
                        .map(parameter -> simple(parameter.asType()))
                        .distinct()
                        .map("{@code %s}"::formatted)
                        .collect(Collectors.joining(" or "));
        return Optional.of(
                "It has no Factory, and its harness no main method: the constructors take %s, which"
                                .formatted(taken)
                        + " cannot be given as text.");
    }

    private static String simple(TypeMirror type) {
        return TypeName.get(type)
                .withoutAnnotations()
                .toString()
                .replaceAll("(\\w+\\.)+(?=\\w)", "");
    }

    static String number(int value) {
        return value >= 0 && value < NUMBERS.size() ? NUMBERS.get(value) : String.valueOf(value);
    }

    private List<String> layers(Body body) {
        List<String> items = isNarrowing() ? packed(body) : kinds(body);
        return form.repeatsOwnParameters()
                ? Stream.concat(items.stream(), ownBlocks(body)).toList()
                : items;
    }

    private List<String> kinds(Body body) {
        return Stream.of(Layer.Kind.values())
                .flatMap(
                        kind -> {
                            Set<String> names = names(body, kind);
                            return names.isEmpty()
                                    ? Stream.empty()
                                    : Stream.of(String.join(", ", names) + ": " + fate(kind));
                        })
                .toList();
    }

    private static Stream<String> ownBlocks(Body body) {
        return body.facts().stream()
                .filter(Fact.OwnParameter.class::isInstance)
                .map(fact -> "{@code %s}".formatted(((Fact.OwnParameter) fact).block()))
                .distinct()
                .map(block -> block + ": one for each member");
    }

    private boolean isNarrowing() {
        return form.method() == Method.PACKED && form.members() > 1;
    }

    private String fate(Layer.Kind kind) {
        return form.members() == 1 ? "as it is" : becomes(kind);
    }

    /** What becomes of a kind of layer in this form: which biases it has is known here. */
    private String becomes(Layer.Kind kind) {
        boolean isAdditive =
                form.settings().stream()
                        .anyMatch(
                                setting ->
                                        setting.name().equals("form")
                                                && setting.value().toString().equals("ADDITIVE"));
        return ADDITIVE.matcher(form.method().becomes(kind)).replaceAll(isAdditive ? "; $2" : "$1");
    }

    private static List<Fact.Built> built(Body body) {
        return body.facts().stream()
                .flatMap(
                        fact ->
                                fact instanceof Fact.Built built
                                        ? Stream.of(built)
                                        : fact instanceof Fact.Constructed made
                                                ? Stream.of(
                                                        new Fact.Built(made.type(), made.place()))
                                                : Stream.empty())
                .filter(built -> Layer.of(built.type()).isPresent())
                .toList();
    }

    private static Set<String> names(Body body, Layer.Kind kind) {
        return built(body).stream()
                .filter(built -> Layer.of(built.type()).orElseThrow().getKind() == kind)
                .map(NetworkDoc::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String name(Fact.Built built) {
        String width = width(built);
        String name = built.type().simpleName();
        return "{@code %s}".formatted(width.isEmpty() ? name : name + "(" + width + ")");
    }

    /** The width of a layer, unless it would break the comment. */
    private static String width(Fact.Built built) {
        return built.width().matches("[^{}@*/\\\\]*|\\w+ [*/] \\w+") ? built.width() : "";
    }

    private List<String> packed(Body body) {
        List<String> items = new ArrayList<>();
        for (Fact.Built built : built(body)) {
            Layer.Kind kind = Layer.of(built.type()).orElseThrow().getKind();
            String width = width(built);
            String fate = NARROWED.contains(kind) && !width.isEmpty() ? wide(width) : becomes(kind);
            String item = name(built) + ": " + fate;
            if (!items.contains(item)) {
                items.add(item);
            }
        }
        return items;
    }

    private String wide(String width) {
        String times = number(form.members()) + " times ";
        String full = width.matches("\\d+") ? width : "{@code %s}".formatted(width);
        String narrow = packed(width);
        return times
                + (narrow.equals(full)
                        ? full + " wide"
                        : "%s wide, or %s%s if it writes the output"
                                .formatted(narrow, times, full));
    }

    /** The width of one packed member: {@code ceil(width * alpha / m)}. */
    private String packed(String width) {
        double alpha = form.number("alpha", 2);
        int gamma = (int) form.number("gamma", 1);
        int members = form.members();
        if (width.matches("\\d{1,9}")) {
            long wide = (long) Math.ceil(Long.parseLong(width) * alpha / members);
            return String.valueOf((wide + gamma - 1) / gamma * gamma); // as the runtime does
        }
        String operand = width.matches("[\\w.\\[\\]()]+") ? width : "(" + width + ")";
        String exact = exact(width, operand, alpha, members);
        String whole = exact.contains("/") ? "ceil(%s)".formatted(exact) : exact;
        if (gamma > 1) {
            return "{@code %s}, rounded up to a multiple of %s,".formatted(whole, gamma);
        }
        return "{@code %s}".formatted(whole);
    }

    private static String exact(String width, String operand, double alpha, int members) {
        double ratio = members / alpha;
        if (ratio == 1) {
            return width;
        }
        if (ratio == Math.rint(ratio)) {
            return "%s / %s".formatted(operand, (long) ratio);
        }
        double factor = alpha / members;
        return factor == Math.rint(factor)
                ? "%s * %s".formatted(operand, (long) factor)
                : "%s * %s / %s".formatted(operand, new Form.NumberValue(alpha), members);
    }
}
