/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds colours apart: all for those who see all colours, and those of equal lines for others.
 *
 * @see <a href="https://doi.org/10.1109/TVCG.2009.113">Machado, Oliveira and Fernandes, A
 *     Physiologically-based Model for Simulation of Color Vision Deficiency, 2009</a>
 */
class PaletteTest {

    private static final double[][] ALL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    private static final double[][] PROTANOPIA = {
        {0.152286, 1.052583, -0.204868},
        {0.114503, 0.786281, 0.099216},
        {-0.003882, -0.048116, 1.051998}
    };

    private static final double[][] DEUTERANOPIA = {
        {0.367322, 0.860646, -0.227968},
        {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}
    };

    private static final double[][] TO_XYZ = {
        {0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}
    };

    private static double[] times(double[][] matrix, double[] v) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            product[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
        }
        return product;
    }

    /** CIE L*a*b* of a colour as somebody sees it. */
    private static double[] lab(String hex, double[][] eye) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(2 * i + 1, 2 * i + 3), 16) / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        double[] seen = times(eye, linear);
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.max(0, Math.min(1, seen[i]));
        }
        double[] xyz = times(TO_XYZ, seen);
        double[] white = {0.9505, 1, 1.089};
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            double t = xyz[i] / white[i];
            f[i] = t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double distance(String a, String b, double[][] eye) {
        double[] p = lab(a, eye);
        double[] q = lab(b, eye);
        return Math.hypot(Math.hypot(p[0] - q[0], p[1] - q[1]), p[2] - q[2]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twelveRowsAreToldApart(boolean isDark) {
        Matcher colors = Pattern.compile("#[0-9a-f]{6}").matcher(Palette.properties(isDark));
        List<String> all = colors.results().map(found -> found.group()).toList();
        assertTrue(all.size() == 12, all::toString);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < i; j++) {
                String both = all.get(i) + " and " + all.get(j);
                assertTrue(distance(all.get(i), all.get(j), ALL) > 18, both);
                if (Palette.isDashed(i) == Palette.isDashed(j)) {
                    assertTrue(distance(all.get(i), all.get(j), PROTANOPIA) > 15, both);
                    assertTrue(distance(all.get(i), all.get(j), DEUTERANOPIA) > 15, both);
                }
            }
        }
    }

    @Test
    void halfOfTheLinesAreDashed() {
        assertTrue(!Palette.isDashed(5) && Palette.isDashed(6));
        assertTrue(Palette.isDashed(11) && !Palette.isDashed(12));
    }
}
