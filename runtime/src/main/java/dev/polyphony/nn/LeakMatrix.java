/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.layer.Ramp;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which members of an ensemble influence which: entry {@code (i, j)} says whether the output of
 * member {@code j} depends on the input of member {@code i} in prediction.
 *
 * <p>The input of one member is poisoned with NaN, which no arithmetic loses, not even a
 * multiplication by a zero weight. The identity proves that members are isolated, as in all forms
 * but MIMO and MixMo.
 */
public final class LeakMatrix {

    private final boolean[][] leaks;

    private LeakMatrix(boolean[][] leaks) {
        this.leaks = leaks;
    }

    /**
     * Measures an ensemble.
     *
     * @param ensemble the ensemble, initialised
     * @param manager the manager for intermediate arrays
     * @return the matrix
     * @throws IllegalStateException if the ensemble gives NaN without poison
     */
    public static LeakMatrix of(Ensemble ensemble, NDManager manager) {
        int members = ensemble.getMembers();
        boolean[][] leaks = new boolean[members][];
        try (NDManager scope = manager.newSubManager()) {
            NDList clean = inputs(ensemble, scope);
            boolean[] before = poisonedMembers(ensemble, clean, scope);
            for (boolean poisoned : before) {
                if (poisoned) {
                    throw new IllegalStateException(
                            ensemble.getClass().getSimpleName()
                                    + " gives NaN for finite inputs, so that leaks cannot be seen");
                }
            }
            for (int i = 0; i < members; i++) {
                NDList poisoned = new NDList();
                for (NDArray x : clean) {
                    NDArray bad = x.duplicate();
                    bad.set(new NDIndex(":, {}", i), Float.NaN);
                    poisoned.add(bad);
                }
                leaks[i] = poisonedMembers(ensemble, poisoned, scope);
            }
        }
        return new LeakMatrix(leaks);
    }

    /**
     * Returns whether the output of one member depends on the input of another.
     *
     * @param from the member whose input is poisoned
     * @param to the member whose output is watched
     * @return whether it depends
     */
    public boolean get(int from, int to) {
        return leaks[from][to];
    }

    /**
     * Returns whether each member's output depends on its own input and on no other.
     *
     * @return whether the matrix is the identity
     */
    public boolean isIdentity() {
        for (int i = 0; i < leaks.length; i++) {
            for (int j = 0; j < leaks.length; j++) {
                if (leaks[i][j] != (i == j)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the matrix as lines of 0 and 1, a line for each poisoned member. */
    @Override
    public String toString() {
        return Arrays.stream(leaks).map(LeakMatrix::line).collect(Collectors.joining("\n"));
    }

    private static String line(boolean[] row) {
        StringBuilder line = new StringBuilder();
        for (boolean leak : row) {
            line.append(leak ? '1' : '0');
        }
        return line.toString();
    }

    private static NDList inputs(Ensemble ensemble, NDManager manager) {
        NDList inputs = new NDList();
        for (Shape base : ensemble.getInputShapes()) {
            Shape shape = new Shape(2, ensemble.getMembers()).addAll(base.slice(1));
            inputs.add(Ramp.of(manager, shape));
        }
        return inputs;
    }

    private static boolean[] poisonedMembers(Ensemble ensemble, NDList x, NDManager manager) {
        NDList outputs = ensemble.forward(new ParameterStore(manager, false), x, false);
        boolean[] poisoned = new boolean[ensemble.getMembers()];
        for (NDArray y : outputs) {
            for (int m = 0; m < poisoned.length; m++) {
                poisoned[m] |= TaintPass.isTainted(y.get(new NDIndex(":, {}", m)));
            }
        }
        return poisoned;
    }
}
