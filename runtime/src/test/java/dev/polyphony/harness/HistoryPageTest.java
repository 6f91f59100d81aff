/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks at the page on trainings of several models. */
class HistoryPageTest {

    @Test
    void lossesOfSeveralModelsAreExplained() {
        HistoryRow mimo = new HistoryRow("MIMO", 2);
        String page = HistoryPage.of("T", List.of(new HistoryRow("Plain model", 0), mimo)).toHtml();
        assertTrue(page.contains("is the sum over members"), page);
        assertFalse(HistoryPage.of("T", List.of(mimo)).toHtml().contains("sum over members"));
    }

    /** MC dropout has the second place of the report, and no training. */
    @Test
    void aModelHasTheColorOfTheReport() {
        String page =
                HistoryPage.of("T", List.of(new HistoryRow("Plain", 0), new HistoryRow("MIMO", 2)))
                        .toHtml();
        assertTrue(page.contains("<i style=\"background: var(--c2)\"></i>MIMO"), page);
        assertTrue(page.contains("--c11:"), page);
    }
}
