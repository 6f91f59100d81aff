/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.CurvePoint;
import dev.polyphony.evaluate.Detection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Numbers against their definitions in NumPy and SciPy: the CRPS by adaptive integration of the
 * distribution function, quantiles by {@code brentq} and {@code numpy.quantile}, the noise by a
 * bounded search of the likelihood.
 */
class RegressionMeterTest {

    private static final double EPS = 1e-12;
    private static final int EXAMPLES = 8;
    private static final int MEMBERS = 3;
    private static final int TARGETS = 2;

    private static float[] means() {
        float[] means = new float[EXAMPLES * MEMBERS * TARGETS];
        for (int at = 0; at < means.length; at++) {
            int i = at / 6;
            int m = at / 2 % 3;
            means[at] = (13 * i + 5 * m + 7 * (at % 2) + i * m) % 16 / 4f - 2;
        }
        return means;
    }

    private static float[] variances() {
        float[] variances = new float[EXAMPLES * MEMBERS * TARGETS];
        for (int at = 0; at < variances.length; at++) {
            variances[at] = ((3 * (at / 6) + 7 * (at / 2 % 3) + 11 * (at % 2)) % 8 + 1) / 8f;
        }
        return variances;
    }

    private static float[] targets() {
        float[] targets = new float[EXAMPLES * TARGETS];
        for (int at = 0; at < targets.length; at++) {
            targets[at] = (5 * (at / 2) + 3 * (at % 2)) % 12 / 4f - 1.25f;
        }
        return targets;
    }

    private static RegressionPredictions points() {
        return RegressionPredictions.of(means(), targets(), MEMBERS, TARGETS);
    }

    private static RegressionPredictions gaussians() {
        return RegressionPredictions.ofGaussians(means(), variances(), targets(), MEMBERS, TARGETS);
    }

    private static double[] values(RegressionEvaluation evaluation) {
        assertEquals(RegressionMetrics.getAll(), List.copyOf(evaluation.getValues().keySet()));
        return evaluation.getValues().values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void gaussianMembers() {
        RegressionEvaluation e = RegressionEvaluation.of(gaussians());
        double[] expected = {
            1.0206207261596576,
            0.8333333333333334,
            1.6444086996592793,
            0.6054560279403955,
            0.625,
            1,
            1,
            2.036416512513367,
            4.0456056328910215,
            4.6024179578688,
            1.050793351076541,
            0.75,
            1.4378005373077511
        };
        assertArrayEquals(expected, values(e), 1e-11);
        assertEquals(0.5820485613059674, e.getTargetValues(0).get(RegressionMetrics.CRPS), 1e-11);
        assertEquals(0.6288634945748239, e.getTargetValues(1).get(RegressionMetrics.CRPS), 1e-11);
        List<CurvePoint> curve = e.getIntervalCalibration();
        assertEquals(19, curve.size());
        assertEquals(new CurvePoint(0.3, 0.4375), curve.get(5));
        assertEquals(new CurvePoint(0.6, 0.75), curve.get(11));
        assertTrue(e.isGaussian());
    }

    @Test
    void membersOfPoints() {
        RegressionEvaluation e = RegressionEvaluation.of(points());
        double[] expected = {
            1.0206207261596576,
            0.8333333333333334,
            Double.NaN,
            0.6666666666666667,
            0.375,
            0.625,
            0.625,
            1.2421875,
            2.2359375,
            2.36015625,
            1.050793351076541,
            Double.NaN,
            1.4378005373077511
        };
        assertArrayEquals(expected, values(e), EPS);
        assertEquals(TARGETS, e.getTargets());
        assertArrayEquals(
                points().getMemberRootMeanSquaredErrors(), e.getMemberRootMeanSquaredErrors(), EPS);
    }

    @Test
    void noiseOfHighestLikelihood() {
        double[] noise = GaussianNoise.fit(points());
        assertArrayEquals(new double[] {0.54431377329949, 0.6020925969448656}, noise, 1e-7);
        RegressionPredictions wide = points().withNoise(noise);
        double best = RegressionEvaluation.of(wide).getValue(RegressionMetrics.NLL);
        for (double factor : new double[] {0.9, 1.1}) {
            RegressionPredictions other = points().withNoise(noise[0] * factor, noise[1] * factor);
            double nll = RegressionEvaluation.of(other).getValue(RegressionMetrics.NLL);
            assertTrue(nll > best + 1e-4, nll + " " + best);
        }
        assertThrows(IllegalArgumentException.class, () -> GaussianNoise.fit(wide));
    }

    @Test
    void noiseOfOneMemberIsItsError() {
        RegressionPredictions one =
                RegressionPredictions.of(new float[] {1, 2, 3}, new float[] {2, 2, 1}, 1, 1);
        assertArrayEquals(new double[] {5 / 3.0}, GaussianNoise.fit(one), EPS);
        RegressionPredictions exact =
                RegressionPredictions.of(new float[] {1, 2}, new float[] {1, 2}, 1, 1);
        Exception e = assertThrows(IllegalArgumentException.class, () -> GaussianNoise.fit(exact));
        assertTrue(e.getMessage().startsWith("No noise fits target 0"), e.getMessage());
    }

    /** A Gaussian of mean 0 and variance 1: from tables. */
    @Test
    void standardNormal() {
        GaussianMixture normal = GaussianMixture.of(new double[1], new double[] {1});
        assertEquals(1.6448536269514722, normal.getQuantile(0.95), EPS);
        assertEquals(-1.959963984540054, normal.getQuantile(0.025), EPS);
        assertEquals(0.8413447460685429, normal.getShareBelow(1), EPS);
        assertEquals(-0.9189385332046727, normal.getLogDensity(0), EPS);
        // 2 phi(0) - 1 / sqrt(pi)
        assertEquals(2 * 0.3989422804014327 - 1 / Math.sqrt(Math.PI), normal.getCrps(0), EPS);
        assertEquals(1, normal.getVariance(), 0);
        // far out it is the distance, less the mean distance of two draws
        assertEquals(1e6 - 1 / Math.sqrt(Math.PI), normal.getCrps(1e6), 1e-6);
        assertEquals(-30.0 * 30 / 2 - 0.9189385332046727, normal.getLogDensity(30), 1e-9);
    }

    /** Between two humps far apart the density is nearly 0, and Newton's steps lead astray. */
    @Test
    void quantilesOfHumps() {
        GaussianMixture humps =
                GaussianMixture.of(new double[] {-1000, 1000}, new double[] {1e-6, 1});
        for (double share : new double[] {1e-9, 0.25, 0.499999, 0.500001, 0.75, 1 - 1e-9}) {
            double at = humps.getQuantile(share);
            assertEquals(share, humps.getShareBelow(at), 1e-9, share + " at " + at);
        }
        assertEquals(0, humps.getMean(), EPS);
        assertEquals(1e6 + (1 + 1e-6) / 2, humps.getVariance(), 1e-6);
    }

    @Test
    void oneMemberIsAnAbsoluteError() {
        RegressionEvaluation e =
                RegressionMeter.of(1, 1).add(new float[] {2}, new float[] {5}).getEvaluation();
        assertEquals(3, e.getValue(RegressionMetrics.CRPS), 0);
        assertEquals(3, e.getValue(RegressionMetrics.MAE), 0);
        assertEquals(0, e.getValue(RegressionMetrics.WIDTH_95), 0);
        assertEquals(0, e.getValue(RegressionMetrics.COVERAGE_95), 0);
        assertEquals(0, e.getValue(RegressionMetrics.SPREAD), 0);
    }

    @Test
    void howBatchesAreCutDoesNotMatter() {
        double[] expected = values(RegressionEvaluation.of(gaussians()));
        for (int size = 1; size <= EXAMPLES; size++) {
            RegressionMeter meter = RegressionMeter.of(MEMBERS, TARGETS);
            RegressionMeter other = RegressionMeter.of(MEMBERS, TARGETS);
            for (int from = 0; from < EXAMPLES; from += size) {
                int to = Math.min(EXAMPLES, from + size);
                RegressionPredictions batch =
                        RegressionPredictions.ofGaussians(
                                Arrays.copyOfRange(means(), 6 * from, 6 * to),
                                Arrays.copyOfRange(variances(), 6 * from, 6 * to),
                                Arrays.copyOfRange(targets(), 2 * from, 2 * to),
                                MEMBERS,
                                TARGETS);
                (from < 4 ? meter : other).add(batch);
            }
            assertArrayEquals(expected, values(meter.add(other).getEvaluation()), EPS);
        }
    }

    @Test
    void refusesWhatIsWrong() {
        RegressionMeter meter = RegressionMeter.of(MEMBERS, TARGETS);
        assertThrows(IllegalStateException.class, meter::getEvaluation);
        meter.add(points());
        assertThrows(IllegalArgumentException.class, () -> meter.add(gaussians()));
        assertThrows(IllegalArgumentException.class, () -> meter.add(meter));
        assertThrows(IllegalArgumentException.class, () -> RegressionMeter.of(2, 2).add(points()));
        RegressionPredictions unknown = RegressionPredictions.of(means(), null, MEMBERS, TARGETS);
        assertThrows(IllegalStateException.class, () -> meter.add(unknown));
        assertThrows(IllegalArgumentException.class, () -> points().withNoise(1, 0));
        float[] none = variances();
        none[8] = 0;
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                RegressionPredictions.ofGaussians(
                                        means(), none, targets(), MEMBERS, TARGETS));
        assertEquals(
                "variance 0 of example 1, member 1 is 0.0: it must be above 0", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> RegressionPredictions.of(means(), new float[] {Float.NaN}, 24, 1));
    }

    /** Two members, two targets: variances 1 and 4 about the means, then 0 and 0. */
    @Test
    void foreignExamplesAreToldApartByTheSpreadOfMembers() {
        RegressionMeter meter =
                RegressionMeter.of(2, 2, List.of("far"))
                        .add(new float[] {0, 0, 2, 4, 5, 5, 5, 5}, new float[] {1, 2, 5, 5})
                        .addForeign("far", new float[] {0, 0, 0, 1, 0, 0, 9, 9});
        Detection detection = meter.getEvaluation().getMainDetections().get("far");
        assertArrayEquals(new double[] {0, Math.sqrt(2.5)}, detection.getInScores(), 1e-12);
        assertArrayEquals(new double[] {Math.sqrt(0.125), 4.5}, detection.getOutScores(), 1e-12);
        assertEquals(0.75, detection.getAuroc(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> meter.addForeign("other", new float[4]));
        RegressionMeter empty = RegressionMeter.of(1, 1, List.of("far"));
        empty.add(new float[] {1}, new float[] {1});
        assertThrows(IllegalStateException.class, empty::getEvaluation);
    }
}
