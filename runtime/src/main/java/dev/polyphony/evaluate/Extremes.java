/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few examples that come first in some order, of however many are seen. */
final class Extremes {

    private final int limit;
    private final Comparator<JudgedExample> order;

    /** The last of those kept is on top. */
    private final PriorityQueue<JudgedExample> kept;

    /** Of examples that tie, the earlier comes first. */
    Extremes(int limit, Comparator<JudgedExample> order) {
        this.limit = limit;
        this.order = order.thenComparingInt(JudgedExample::index);
        kept = new PriorityQueue<>(Collections.reverseOrder(this.order));
    }

    void add(JudgedExample example) {
        kept.add(example);
        if (kept.size() > limit) {
            kept.remove();
        }
    }

    /** Adds those of a later part. */
    void add(Extremes other, int before) {
        other.kept.forEach(example -> add(example.shifted(before)));
    }

    List<JudgedExample> toList() {
        List<JudgedExample> list = new ArrayList<>(kept);
        list.sort(order);
        return List.copyOf(list);
    }
}
