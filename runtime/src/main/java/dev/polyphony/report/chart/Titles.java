/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.util.Objects;

/**
 * What stands above a chart.
 *
 * @param headline what it shows, on the left
 * @param remark the one number that sums it up, on the right; may be empty
 */
public record Titles(String headline, String remark) {

    /** Checks that both are given. */
    public Titles {
        Objects.requireNonNull(headline, "headline");
        Objects.requireNonNull(remark, "remark");
    }
}
