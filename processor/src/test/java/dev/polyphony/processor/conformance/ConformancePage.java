/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

/** The page of the documentation that shows the matrix. */
final class ConformancePage {

    private static final String NOTE =
            "<!-- Written by ConformanceTest: mvn test -pl processor -am -Dtest=ConformanceTest"
                    + " -Dpolyphony.update=true -->\n\n";

    private ConformancePage() {}

    static String of(Matrix matrix, boolean zoo) {
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
        page.append("\n`yes` means that the code is generated without warnings and that\n\n");
        for (Promise promise : Promise.values()) {
            page.append("- ").append(promise.getText()).append(promise.isLast() ? ".\n" : ";\n");
        }
        page.append("\n## <a id=\"refused\"></a>Refused pairs\n\n");
        page.append(matrix.refusals());
        return page.toString();
    }
}
