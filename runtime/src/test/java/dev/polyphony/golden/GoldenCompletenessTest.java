/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every case of the manifest is understood, and all but a few named ones are driven by a test. */
class GoldenCompletenessTest {

    @Test
    void everyCaseIsOfOneKind() {
        TreeMap<String, List<GoldenKind>> wrong = new TreeMap<>();
        for (JsonObject entry : GoldenSet.entries()) {
            List<GoldenKind> kinds = GoldenKind.of(entry);
            if (kinds.size() != 1) {
                wrong.put(GoldenSet.id(entry), kinds);
            }
        }
        assertTrue(wrong.isEmpty(), () -> "cases that are of no kind, or of several: " + wrong);
    }

    @Test
    void everyKindHasItsTest() {
        for (GoldenKind kind : GoldenKind.values()) {
            if (kind.isDriven()) {
                assertTrue(isThere(kind.getDriver()), kind + " has no test " + kind.getDriver());
            }
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void namesWhatIsNotCompared() {
        Set<String> transposed = new TreeSet<>();
        for (JsonObject entry : GoldenSet.entries()) {
            if (GoldenKind.of(entry).contains(GoldenKind.TRANSPOSED_CONVOLUTION)) {
                transposed.add(GoldenSet.id(entry));
            }
        }
        int all = GoldenSet.entries().size();
        int rest = all - transposed.size();
        System.out.printf("golden: %d cases, %d compared%n", all, rest);
        System.out.printf(
                "golden: %d skipped, the engine has no transposed convolution: %s%n",
                transposed.size(), transposed);
        assertTrue(rest > 0, "no case is compared");
    }

    @Test
    void onlyTransposedConvolutionsHaveNoTest() {
        Set<GoldenKind> undriven = new TreeSet<>(Arrays.asList(GoldenKind.values()));
        undriven.removeIf(GoldenKind::isDriven);
        assertEquals(Set.of(GoldenKind.TRANSPOSED_CONVOLUTION), undriven);
    }

    /** What a case says of itself beyond its results is known; another folder may say more. */
    @Test
    void everyInformationHasItsReason() {
        Set<String> unknown = new TreeSet<>();
        for (JsonObject entry : GoldenSet.entries()) {
            JsonObject arrays = entry.getAsJsonObject("arrays");
            for (String array : arrays.keySet()) {
                String role = arrays.getAsJsonObject(array).get("role").getAsString();
                if (role.equals("info")
                        && Arrays.stream(Information.values()).filter(i -> i.covers(array)).count()
                                != 1) {
                    unknown.add(array + " of " + GoldenSet.id(entry));
                }
            }
        }
        if (GoldenSet.isOwn()) {
            assertEquals(Set.of(), unknown);
        }
    }

    @Test
    void pageNamesEveryCaseAndDifference() {
        // while it is written, it is still the old one
        if (GoldenSet.isOwn() && !Boolean.getBoolean("polyphony.update")) {
            assertEquals(Set.of(), ParityPage.missingNames());
            ParityPage.requireCounts();
        }
    }
}
