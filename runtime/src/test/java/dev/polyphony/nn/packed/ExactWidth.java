/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The width of a packed member, in exact fractions. */
final class ExactWidth {

    private ExactWidth() {}

    /** {@code ceil(units * alpha / members)}, rounded up to a multiple. */
    static long of(long units, double alpha, int members, int multiple) {
        BigDecimal exact = BigDecimal.valueOf(alpha).multiply(BigDecimal.valueOf(units));
        BigInteger scale = BigInteger.TEN.pow(Math.max(0, exact.scale()));
        BigInteger numerator = exact.multiply(new BigDecimal(scale)).toBigIntegerExact();
        BigInteger[] width =
                numerator.divideAndRemainder(scale.multiply(BigInteger.valueOf(members)));
        long up = width[0].longValueExact() + width[1].signum();
        long parts = (up + multiple - 1) / multiple;
        return parts * multiple;
    }

    /** Returns whether {@code units * alpha} is a whole number. */
    static boolean isWhole(long units, double alpha) {
        return of(units, alpha, 1, 1) == (long) Math.floor(units * alpha);
    }
}
