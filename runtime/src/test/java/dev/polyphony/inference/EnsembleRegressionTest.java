/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.translate.Ensembleable;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleRegressionTest {

    /** The 95th percentile of the standard normal distribution. */
    private static final double Z95 = 1.6448536269514722;

    @Test
    void meanAndSpread() {
        EnsembleRegression answer =
                EnsembleRegression.of(List.of("x", "y"), new float[] {1, 10, 3, 10});
        assertArrayEquals(new double[] {2, 10}, answer.getMean());
        assertArrayEquals(new double[] {1, 0}, answer.getEpistemicVariance());
        assertArrayEquals(new double[] {1, 0}, answer.getStandardDeviation());
        assertArrayEquals(new double[] {3, 10}, answer.getMemberValues()[1]);
        double[][] interval = answer.getInterval(0.9);
        assertArrayEquals(new double[] {2 - Z95, 2 + Z95}, interval[0], 1e-9);
        assertArrayEquals(new double[] {10, 10}, interval[1]);
    }

    /** Law of total variance: 1 within the first, 3 within the second, 4 between 0 and 4. */
    @Test
    void variancesOfMembersAddToTheirSpread() {
        EnsembleRegression answer =
                EnsembleRegression.of(
                        List.of("x"), new double[][] {{0}, {4}}, new double[][] {{1}, {3}});
        assertEquals(4, answer.getEpistemicVariance()[0]);
        assertEquals(2, answer.getAleatoricVariance()[0]);
        assertEquals(6, answer.getVariance()[0]);
        assertEquals(Math.sqrt(6), answer.getStandardDeviation()[0]);
    }

    @Test
    void intervalIsThatOfTheMixture() {
        EnsembleRegression one =
                EnsembleRegression.of(
                        List.of("x"), new double[][] {{5}, {5}}, new double[][] {{4}, {4}});
        assertArrayEquals(new double[] {5 - 2 * Z95, 5 + 2 * Z95}, one.getInterval(0.9)[0], 1e-9);
        // far apart, half of the mass is each one's: the quantile 0.05 is the 0.1 of the left one
        EnsembleRegression two =
                EnsembleRegression.of(
                        List.of("x"), new double[][] {{-100}, {100}}, new double[][] {{1}, {1}});
        double z90 = 1.2815515655446004;
        assertArrayEquals(new double[] {-100 - z90, 100 + z90}, two.getInterval(0.9)[0], 1e-9);
    }

    @Test
    void joinsTheMembersOfSeveralModels() {
        EnsembleRegression two = EnsembleRegression.of(List.of("x"), new float[] {1, 3});
        EnsembleRegression one = EnsembleRegression.of(List.of("x"), new float[] {5});
        EnsembleRegression joint = Ensembleable.ensemble(List.of(two, one));
        assertArrayEquals(new double[] {3}, joint.getMean());
        assertEquals(3, joint.getMemberValues().length);
        EnsembleRegression other = EnsembleRegression.of(List.of("y"), new float[] {5});
        assertThrows(
                IllegalArgumentException.class, () -> Ensembleable.ensemble(List.of(two, other)));
    }

    @Test
    void jsonHasMeanSpreadAndMembers() {
        EnsembleRegression answer = EnsembleRegression.of(List.of("x"), new float[] {1, 3});
        JsonObject number =
                JsonParser.parseString(answer.toJson())
                        .getAsJsonObject()
                        .getAsJsonArray("numbers")
                        .get(0)
                        .getAsJsonObject();
        assertEquals("x", number.get("name").getAsString());
        assertEquals(2, number.get("mean").getAsDouble());
        assertEquals(1, number.get("standardDeviation").getAsDouble());
        assertEquals(2, number.getAsJsonArray("members").size());
    }

    @Test
    void refusesWhatIsNoAnswer() {
        List<String> names = List.of("x", "y");
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleRegression.of(names, new float[] {1, 2, 3}));
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleRegression.of(names, new float[] {1, Float.NaN}));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        EnsembleRegression.of(
                                names, new double[][] {{1, 2}}, new double[][] {{1, -1}}));
        EnsembleRegression answer = EnsembleRegression.of(names, new float[] {1, 2});
        assertThrows(IllegalArgumentException.class, () -> answer.getInterval(1));
    }
}
