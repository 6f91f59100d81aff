/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import java.util.LinkedHashSet;
import java.util.Set;

/** The page of the documentation that shows the matrix. */
final class ConformancePage {

    private static final String NOTE =
            "<!-- Written by ConformanceTest: mvn test -pl processor -am -Dtest=ConformanceTest"
                    + " -Dpolyphony.update=true -->\n\n";

    private ConformancePage() {}

    static String of(Suite suite, Matrix matrix, boolean zoo) {
        StringBuilder page = new StringBuilder("# Conformance\n\n").append(NOTE);
        if (zoo) {
            page.append(
                    """
                    The models of DJL's model zoo (`ai.djl:model-zoo:0.35.1`), each annotated with each method, its source
                    unchanged but for the edit that a row names: it lifts a refusal of the row above, or makes a large
                    model smaller.
                    [Your own models](own-models.md) can be put through the same checks.

                    """);
        }
        page.append(matrix.table());
        String warnings = warnings(suite);
        page.append("\n`yes` means that the code is generated without warnings")
                .append(warnings.isEmpty() ? "" : ", but for [those below](#warnings),")
                .append(" and that\n\n");
        for (Promise promise : Promise.values()) {
            page.append("- ").append(promise.getText()).append(promise.isLast() ? ".\n" : ";\n");
        }
        page.append("\n## <a id=\"refused\"></a>Refused pairs\n\n");
        page.append(matrix.refusals());
        if (!warnings.isEmpty()) {
            page.append(
                    """

                    ## <a id="warnings"></a>Warnings

                    These models' own source combines an array with a number, of which [PLY054](errors.md#PLY054) warns with
                    each annotation. Networks that are copies of the source use exact twins of DJL's `Activation.relu6` and
                    `swish`; all else they do as the source does.

                    | model | where |
                    |---|---|
                    """);
            page.append(warnings);
        }
        return page.toString();
    }

    /** The rows of the models that have warnings; models of one class have the same. */
    private static String warnings(Suite suite) {
        Set<String> rows = new LinkedHashSet<>();
        for (ModelEntry model : suite.getManifest().models()) {
            for (Finding warning : suite.getWarnings(model)) {
                rows.add(
                        "| %s | line %d: `%s` |\n"
                                .formatted(
                                        model.simpleName(),
                                        warning.line(),
                                        warning.source().replace("|", "\\|")));
            }
        }
        return String.join("", rows);
    }
}
