/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

    private static final Candidate PLAIN = new Candidate("plain", "plain", Map.of());
    private static final Candidate PACKED = new Candidate("packed", "Packed", Map.of("m", "4"));

    private static SearchSpace space(String rates, String... seeds) {
        return new SearchSpace(
                List.of(PLAIN, PACKED),
                Map.of("units", Choice.parse("units", "8,16")),
                Map.of(
                        "learning-rate", Choice.parse("learning-rate", rates),
                        "epochs", Choice.parse("epochs", "2")),
                List.of(seeds));
    }

    @Test
    void aGridHasEveryCombinationOnce() {
        List<Trial> grid = space("0.1,0.2,0.3", "0", "1").getGrid();
        assertEquals(2 * 2 * 3 * 2, grid.size());
        assertEquals(grid.size(), new HashSet<>(grid).size());
        assertEquals(grid.size(), grid.stream().map(Trial::getKey).distinct().count());
        assertEquals("plain, units=8, epochs=2, learning-rate=0.1, seed=0", grid.get(0).toString());
        assertEquals(grid.get(0).withoutSeed(), grid.get(1).withoutSeed());
    }

    @Test
    void drawsFollowFromTheirSeed() {
        SearchSpace space = space("0.001..0.1", "0");
        List<Trial> ten = space.draw(10, 3);
        assertEquals(ten, space("0.001..0.1", "0").draw(10, 3));
        assertEquals(ten.subList(0, 4), space.draw(4, 3));
        assertNotEquals(ten, space.draw(10, 4));
        assertEquals(10, new HashSet<>(ten).size());
    }

    @Test
    void asManyAreDrawnAsThereAre() {
        SearchSpace space = space("0.1,0.2,0.3", "0", "1");
        List<Trial> all = space.draw(12, 1);
        assertEquals(new HashSet<>(space.getGrid()), new HashSet<>(all));
        String message =
                assertThrows(IllegalArgumentException.class, () -> space.draw(13, 1)).getMessage();
        assertTrue(message.startsWith("There are only 12 different ones to try, not 13"), message);
    }

    @Test
    void aRangeOfFewValuesEnds() {
        SearchSpace space =
                new SearchSpace(
                        List.of(PLAIN),
                        Map.of(),
                        Map.of("epochs", Choice.parse("epochs", "1..3")),
                        List.of("0"));
        assertEquals(3, space.draw(3, 1).size());
        assertEquals(
                "The ranges have only 3 different ones to try, not 8: give wider ranges, or fewer"
                        + " trials",
                assertThrows(IllegalArgumentException.class, () -> space.draw(8, 1)).getMessage());
    }

    @Test
    void aRangeHasNoGrid() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> space("0.001..0.1", "0").getGrid())
                        .getMessage();
        assertTrue(message.contains("'learning-rate' is the range 0.001..0.1"), message);
        assertThrows(IllegalArgumentException.class, () -> space("0.1", "0").draw(0, 1));
        assertThrows(IllegalArgumentException.class, () -> space("0.1"), "no seeds");
    }

    @Test
    void labelsSayWhatIsVaried() {
        SearchSpace space = space("0.1,0.2", "0", "1");
        assertEquals("plain, units=8, learning-rate=0.1", space.getLabel(space.getGrid().get(0)));
    }

    @Test
    void trialsAreKnownByTheirText() throws IOException {
        Trial trial = space("0.1", "0").getGrid().get(3);
        assertEquals(trial, Trial.parse(trial.toJson()));
        assertEquals(trial.getKey(), Trial.parse(trial.toJson()).getKey());
        assertNotEquals(trial.getKey(), trial.withMember(0).getKey());
        assertEquals(trial.withMember(1), Trial.parse(trial.withMember(1).toJson()));
        assertThrows(IOException.class, () -> Trial.parse("{\"row\": 3"));
        assertThrows(IOException.class, () -> Trial.parse("{}"));
    }
}
