/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.nn.cost.Count;
import dev.polyphony.nn.cost.LayerCost;
import dev.polyphony.nn.cost.NetworkCost;
import dev.polyphony.nn.form.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A description in words and tables. */
final class DescriptionText {

    private static final double KIB = 1024;

    private final Description description;
    private final NetworkCost cost;

    DescriptionText(Description description) {
        this.description = description;
        cost = description.cost();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(description.name() + ": " + description.settings());
        lines.add("");
        lines.addAll(layers());
        lines.add("");
        lines.addAll(totals());
        lines.addAll(uncounted());
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> uncounted() {
        return cost.getUncounted().isEmpty()
                ? List.of()
                : List.of(
                        "",
                        "The multiply-adds of "
                                + String.join(", ", cost.getUncounted())
                                + " are not known and count as 0.");
    }

    static String compare(List<Description> all) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "",
                        "settings",
                        "parameters",
                        "of plain",
                        "multiply-adds",
                        "of plain",
                        "memory of a step",
                        "of plain"));
        // counted in a pass by those that have layers of ours
        Description base =
                all.stream()
                        .filter(one -> one.cost().getLayers().get(0).role().isPresent())
                        .findFirst()
                        .orElse(all.get(0));
        Count plain = base.cost().getPlain();
        long plainMemory = all.get(0).getMemory(plain).getTotal();
        for (Description one : all) {
            boolean copies = one.cost().getLayers().get(0).role().isEmpty();
            Count count = copies ? plain.times(one.cost().getMembers()) : one.cost().getEnsemble();
            long memory = one.getMemory(count).getTotal();
            rows.add(
                    List.of(
                            one.name(),
                            one.settings(),
                            text(count.parameters()),
                            ratio(count.parameters(), plain.parameters()),
                            text(count.multiplyAdds()),
                            ratio(count.multiplyAdds(), plain.multiplyAdds()),
                            bytes(memory),
                            ratio(memory, plainMemory)));
        }
        List<String> lines = new ArrayList<>(TextTable.of(rows, 2));
        lines.addAll(new DescriptionText(base).uncounted());
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> layers() {
        boolean hasRoles = cost.getLayers().stream().anyMatch(layer -> layer.role().isPresent());
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "layer",
                        hasRoles ? "role" : "",
                        "width, plain",
                        "of a member",
                        "parameters, plain",
                        "of all members",
                        "multiply-adds, plain",
                        "of all members"));
        cost.getLayers().forEach(layer -> rows.add(cells(layer)));
        Count plain = cost.getPlain();
        Count ensemble = cost.getEnsemble();
        rows.add(
                List.of(
                        "sum",
                        "",
                        "",
                        "",
                        text(plain.parameters()),
                        text(ensemble.parameters()),
                        text(plain.multiplyAdds()),
                        text(ensemble.multiplyAdds())));
        return TextTable.of(rows, 2);
    }

    private static List<String> cells(LayerCost layer) {
        boolean isOwn = layer.plainWidth().outputs() == 0;
        return List.of(
                layer.name(),
                role(layer.role()),
                isOwn ? "" : layer.plainWidth().toString(),
                isOwn ? "" : layer.memberWidth().toString(),
                text(layer.plain().parameters()),
                text(layer.ensemble().parameters()),
                layer.isCountable() ? text(layer.plain().multiplyAdds()) : "?",
                layer.isCountable() ? text(layer.ensemble().multiplyAdds()) : "?");
    }

    private static String role(Optional<Role> role) {
        return role.map(
                        one ->
                                switch (one) {
                                    case INPUT -> "input";
                                    case HIDDEN -> "body";
                                    case OUTPUT -> "head";
                                    case SOLE -> "input, head";
                                })
                .orElse("");
    }

    private List<String> totals() {
        List<List<String>> rows = new ArrayList<>();
        int members = cost.getMembers();
        rows.add(
                List.of(
                        "one example, all members",
                        "plain model",
                        "this ensemble",
                        "of plain",
                        "deep ensemble of " + members,
                        "of plain"));
        rows.add(row("parameters", Count::parameters, DescriptionText::text));
        rows.add(row("multiply-adds", Count::multiplyAdds, DescriptionText::text));
        rows.add(row("activations", Count::activations, DescriptionText::text));
        String batch = "memory of a training step, %s examples".formatted(number());
        rows.add(Stream.concat(Stream.of(batch), Stream.generate(() -> "").limit(5)).toList());
        Function<Count, Description.Memory> memory = description::getMemory;
        rows.add(
                row(
                        "  parameters and gradients",
                        count -> {
                            Description.Memory one = memory.apply(count);
                            return one.parameters() + one.gradients();
                        },
                        DescriptionText::bytes));
        rows.add(
                row(
                        "  optimizer",
                        count -> memory.apply(count).optimizer(),
                        DescriptionText::bytes));
        rows.add(
                row(
                        "  activations",
                        count -> memory.apply(count).activations(),
                        DescriptionText::bytes));
        rows.add(row("  sum", count -> memory.apply(count).getTotal(), DescriptionText::bytes));
        return TextTable.of(rows, 1);
    }

    private String number() {
        double size = description.batchSize();
        return size == Math.rint(size)
                ? String.valueOf((long) size)
                : String.format(Locale.ROOT, "%.1f", size);
    }

    private List<String> row(
            String label, ToLongFunction<Count> value, Function<Long, String> text) {
        long plain = value.applyAsLong(cost.getPlain());
        long ensemble = value.applyAsLong(cost.getEnsemble());
        long deep = value.applyAsLong(cost.getDeepEnsemble());
        return List.of(
                label,
                text.apply(plain),
                text.apply(ensemble),
                ratio(ensemble, plain),
                text.apply(deep),
                ratio(deep, plain));
    }

    private static String ratio(long value, long plain) {
        return plain == 0 ? "" : String.format(Locale.ROOT, "%.2f x", (double) value / plain);
    }

    static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(long bytes) {
        if (bytes < KIB * KIB) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / KIB);
        }
        double mebibytes = bytes / KIB / KIB;
        return mebibytes < KIB
                ? String.format(Locale.ROOT, "%.1f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.2f GiB", mebibytes / KIB);
    }
}
