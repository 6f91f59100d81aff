/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of the page. */
final class ParityText {

    private static final String HEAD =
            """
            # Parity with the references

            <!-- Written by mvn -pl runtime -am test -Dtest='Golden*' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.forks=1 -Dpolyphony.update=true -->

            Numbers that the public implementations of the methods gave for stored inputs and parameters, and what Polyphony
            gives for the same: %d cases with %d numbers. The tests `Golden*Test` compare every number of every result with the
            tolerance of the case, and fail for a case, a setting or an array that they do not know.

            - [Results](#results): what the reference gives, what ours is, and what difference is allowed.
            - [Deliberate differences](#deliberate-differences): what is not ours on purpose, and what ours is held against.
            - [Defects of the references](#defects-of-the-references): where theirs is wrong.
            - [Not compared](#not-compared).

            ## Results

            A result is an array: the output of a layer, the losses of all steps of a training, and so on. Of those with several
            numbers the one is shown that came closest to its tolerance, on one CPU. Gradients and parameters, of which a network
            has many, are one result together. *exact* means equal.
            """;

    private static final Map<String, String> TITLES =
            Map.of(
                    "1_packed", "Packed layers",
                    "2_packed_cnn", "Packed networks",
                    "3_batch_ensemble", "BatchEnsemble",
                    "4_mimo", "MIMO",
                    "5_masksembles", "Masksembles",
                    "6_mixmo", "MixMo",
                    "7_training", "Training: 60 steps of SGD, 60 steps of Adam",
                    "8_metrics", "Metrics");

    private final StringBuilder page = new StringBuilder();
    private final Collection<GoldenCase> cases;

    private ParityText(Collection<GoldenCase> cases) {
        this.cases = cases;
    }

    /** Writes the page. */
    static String of(Collection<GoldenCase> cases) {
        ParityText text = new ParityText(cases);
        int numbers = cases.stream().mapToInt(ParityText::count).sum();
        text.page.append(HEAD.formatted(cases.size(), numbers));
        text.addResults();
        text.addDifferences();
        text.addDefects();
        text.addRest();
        return text.page.toString();
    }

    private static int count(GoldenCase golden) {
        return golden.getChecks().stream().mapToInt(GoldenCase.Check::size).sum();
    }

    private void addResults() {
        Map<String, List<GoldenCase>> groups =
                cases.stream()
                        .collect(
                                Collectors.groupingBy(
                                        GoldenCase::getGroup, TreeMap::new, Collectors.toList()));
        groups.forEach(
                (group, members) -> {
                    page.append(
                            """

                            ### %s

                            | case | result | numbers | reference | ours | difference | allowed |
                            |---|---|---|---|---|---|---|
                            """
                                    .formatted(TITLES.getOrDefault(group, group)));
                    members.forEach(this::addCase);
                });
    }

    private void addCase(GoldenCase golden) {
        Map<String, List<GoldenCase.Check>> results = results(golden);
        String name = code(golden.getId());
        for (Map.Entry<String, List<GoldenCase.Check>> result : results.entrySet()) {
            GoldenCase.Check worst = result.getValue().get(0);
            int numbers = 0;
            for (GoldenCase.Check check : result.getValue()) {
                numbers += check.size();
                worst = check.share() > worst.share() ? check : worst;
            }
            page.append(
                    "| %s | `%s` | %d | %s | %s | %s | %s |\n"
                            .formatted(
                                    name,
                                    result.getKey(),
                                    numbers,
                                    number(worst.golden()),
                                    number(worst.value()),
                                    worst.difference() == 0 ? "0" : small(worst.difference()),
                                    allowed(worst)));
            name = "";
        }
        if (results.isEmpty()) {
            throw new AssertionError(golden.getId() + " compares nothing");
        }
    }

    /** The checks of each result. */
    static Map<String, List<GoldenCase.Check>> results(GoldenCase golden) {
        Map<String, List<GoldenCase.Check>> results = new TreeMap<>();
        for (GoldenCase.Check check : golden.getChecks()) {
            results.computeIfAbsent(result(check.array()), any -> new ArrayList<>()).add(check);
        }
        return results;
    }

    /** The arrays of parameters go together. */
    static String result(String array) {
        return array.replaceFirst("^(grad0\\.|grad_|final_sgd\\.|final_adam\\.).*", "$1*")
                .replaceFirst("^bn.*_after$", "bn*_after");
    }

    private void addDifferences() {
        page.append(
                """

                ## Deliberate differences

                Where the reference's result is not ours, the test works it out by the reference's own rule as well, so that the
                difference is this one and no other.

                | the reference, and ours | results, in whole or in part | what ours is held against |
                |---|---|---|
                """);
        for (Difference difference : Difference.values()) {
            String results =
                    list(
                            golden ->
                                    golden
                                            .getDifferences()
                                            .getOrDefault(difference, Set.of())
                                            .stream()
                                            .map(ParityText::code));
            page.append(
                    "| %s | %s | %s |\n"
                            .formatted(
                                    difference.getReason(),
                                    results.isEmpty() ? "none here" : results,
                                    difference.getProof()));
        }
    }

    private void addDefects() {
        page.append(
                """

                ## Defects of the references

                Values that the cases hold to be known and not to be matched.

                | what is wrong | values |
                |---|---|
                """);
        addInformation(true);
        page.append(
                """

                What else is wrong, surprises, or differs among the references, and what holds here:

                - torch-uncertainty's detection scores change with the batches they come in, through a sigmoid of torchmetrics.
                  The rank statistics of the scores as they are (`ood_*`) are matched.
                - Notebook 000 leaves confidences of exactly 1 out of the calibration error. That is a rule of bins of its own
                  here (`ece*_seed000`), and not the one of reports.
                - MixMo averages the Brier score over classes too, torch-uncertainty sums: ours is the sum (`brier`), a
                  division away from the other (`brier_mixmo`).
                - torch-uncertainty counts votes against the class of the mean and documents the most frequent vote. Both are
                  matched (`variation_ratio_vote`, `variation_ratio_mode`).
                - Without shared errors the ratio of errors is infinite: MixMo gives twice the errors of one alone, as we do,
                  DESlib the largest number there is.
                - Notebook 000 shows all members of MIMO the same input and trains on the loss of the mean logits. It is matched
                  (`train_mimo_m3_notebook`) and no default.
                - Sum and mean over members are different losses; both are matched (`train_mimo_m3_sum`, `train_mimo_m3`).
                - MixMo's noise masks fail where they are asked for by name, and its cow masks ignore the ratio. Ours work, and
                  ignore it too.
                - MixMo rounds masks to half precision; ours are in single precision, within the tolerance of all cases.

                Further values of the kind, which are right and not needed:

                | what they are | values |
                |---|---|
                """);
        addInformation(false);
    }

    private void addInformation(boolean defects) {
        for (Information information : Information.values()) {
            if (information.isDefect() == defects) {
                String values =
                        list(
                                golden ->
                                        golden.getInformation().stream()
                                                .filter(information::covers)
                                                .map(array -> value(golden, array)));
                page.append(
                        "| %s | %s |\n"
                                .formatted(
                                        information.getReason(),
                                        values.isEmpty()
                                                ? "of cases that are not compared"
                                                : values));
            }
        }
    }

    /** Names arrays of cases, those together that have the same. */
    private String list(Function<GoldenCase, Stream<String>> arrays) {
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (GoldenCase golden : cases) {
            String names = arrays.apply(golden).collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                owners.computeIfAbsent(names, any -> new ArrayList<>()).add(code(golden.getId()));
            }
        }
        return owners.entrySet().stream()
                .map(e -> e.getKey() + " of " + String.join(", ", e.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String value(GoldenCase golden, String array) {
        double[] values = golden.get(array);
        return values.length == 1 ? code(array) + " = " + number(values[0]) : code(array);
    }

    static String code(String name) {
        return "`" + name + "`";
    }

    private void addRest() {
        List<String> transposed =
                GoldenSet.entries().stream()
                        .filter(
                                entry ->
                                        GoldenKind.of(entry)
                                                .contains(GoldenKind.TRANSPOSED_CONVOLUTION))
                        .map(entry -> code(GoldenSet.id(entry)))
                        .toList();
        page.append(
                """

                ## Not compared

                %d cases of transposed convolutions, which DJL's PyTorch engine does not have: %s.
                """
                        .formatted(transposed.size(), String.join(", ", transposed)));
    }

    static String allowed(GoldenCase.Check check) {
        return check.allowed() == 0 ? "exact" : small(check.allowed());
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.6f", value);
    }

    private static String small(double value) {
        return String.format(Locale.ROOT, "%.0e", value);
    }
}
