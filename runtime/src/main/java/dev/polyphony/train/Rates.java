/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The learning rates of a training at some of its updates: schedules are functions, which have no
 * other identity.
 */
final class Rates {

    /** The first updates, where a rate warms up, are all looked at. */
    private static final int FIRST = 64;

    private static final int SPREAD = 256;

    private final int updatesPerEpoch;
    private final int epochs;
    private final SortedMap<Long, Double> rates = new TreeMap<>();

    private Rates(int updatesPerEpoch, int epochs) {
        this.updatesPerEpoch = updatesPerEpoch;
        this.epochs = epochs;
    }

    /** Takes the rates of a whole training. */
    static Rates of(Training training, int updatesPerEpoch, int epochs) {
        return of(training, (long) updatesPerEpoch * epochs, updatesPerEpoch, epochs);
    }

    /** Takes the rates of the first updates of a training. */
    static Rates of(Training training, long count, int updatesPerEpoch, int epochs) {
        Rates rates = new Rates(updatesPerEpoch, epochs);
        for (long update = 0; update < Math.min(FIRST, count); update++) {
            rates.take(training, update);
        }
        for (int i = 1; i <= SPREAD && count > 0; i++) {
            rates.take(training, (long) ((count - 1) * (double) i / SPREAD));
        }
        return rates;
    }

    private void take(Training training, long update) {
        rates.put(update, training.getLearningRate(update, updatesPerEpoch, epochs));
    }

    /** The updates of an epoch. */
    int updatesPerEpoch() {
        return updatesPerEpoch;
    }

    /** The epochs of the whole training. */
    int epochs() {
        return epochs;
    }

    /** The first update of these that another training has another rate for. */
    Optional<Long> getFirstDifference(Rates other) {
        return rates.keySet().stream()
                .filter(update -> !rates.get(update).equals(other.rates.get(update)))
                .findFirst();
    }

    /** The learning rate of an update. */
    double get(long update) {
        return rates.get(update);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(updatesPerEpoch);
        out.writeInt(epochs);
        out.writeInt(rates.size());
        for (Map.Entry<Long, Double> rate : rates.entrySet()) {
            out.writeLong(rate.getKey());
            out.writeDouble(rate.getValue());
        }
    }

    static Rates read(DataInput in) throws IOException {
        Rates read = new Rates(in.readInt(), in.readInt());
        for (int left = in.readInt(); left > 0; left--) {
            read.rates.put(in.readLong(), in.readDouble());
        }
        return read;
    }
}
