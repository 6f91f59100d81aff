/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import dev.polyphony.samples.spark.table.ScoredTable;
import java.io.PrintWriter;
import java.util.Locale;

/** What became of the rows, for people. */
final class Summary {

    private Summary() {}

    static void print(ScoredTable table, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d rows scored, %,d rejected: %s%n",
                table.scored(),
                table.rejected(),
                table.path());
        long others = table.rejected();
        for (var reason : table.reasons().entrySet()) {
            out.printf(Locale.ROOT, "  %,10d  %s%n", reason.getValue(), reason.getKey());
            others -= reason.getValue();
        }
        if (others > 0) {
            out.printf(
                    Locale.ROOT,
                    "  %,10d  for other reasons: column 'error' in outcome=rejected%n",
                    others);
        }
        out.flush();
    }
}
