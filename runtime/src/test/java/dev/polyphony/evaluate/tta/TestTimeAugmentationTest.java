/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.tta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestTimeAugmentationTest {

    private static final int MEMBERS = 2;
    private static final int CLASSES = 3;

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray weights = normal(1, new Shape(12, MEMBERS * CLASSES));
    private final NDArray images = normal(2, new Shape(4, 1, 3, 4));

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray normal(long seed, Shape shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape);
    }

    private NDArray ensemble(NDArray x) {
        return x.reshape(x.getShape().get(0), 12).matMul(weights).reshape(-1, MEMBERS, CLASSES);
    }

    private static TestTimeAugmentation.Builder views() {
        return TestTimeAugmentation.builder()
                .setViews(View.identity(), View.flip(), View.shift(1, 0));
    }

    private static double[] softmax(float[] scores, int from) {
        double[] p = new double[CLASSES];
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            p[c] = Math.exp(scores[from + c]);
            sum += p[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            p[c] /= sum;
        }
        return p;
    }

    @Test
    void meanIsThatOfEachMembersProbabilities() {
        TestTimeAugmentation augmentation = views().build();
        NDArray mean = augmentation.predict(images, this::ensemble);
        assertEquals(new Shape(4, MEMBERS, CLASSES), mean.getShape());
        assertEquals(MEMBERS, augmentation.getMembers(MEMBERS));
        float[] found = mean.toFloatArray();
        float[][] each = new float[3][];
        for (int v = 0; v < 3; v++) {
            each[v] = ensemble(augmentation.getViews().get(v).apply(images)).toFloatArray();
        }
        for (int row = 0; row < 4 * MEMBERS; row++) {
            for (int c = 0; c < CLASSES; c++) {
                double expected = 0;
                for (int v = 0; v < 3; v++) {
                    expected += softmax(each[v], row * CLASSES)[c] / 3;
                }
                assertEquals(Math.log(expected), found[row * CLASSES + c], 1e-5);
            }
        }
    }

    @Test
    void viewsCanBeMembers() {
        TestTimeAugmentation augmentation =
                views().optPooling(TestTimeAugmentation.Pooling.MEMBERS).build();
        NDArray all = augmentation.predict(images, this::ensemble);
        assertEquals(new Shape(4, MEMBERS * 3, CLASSES), all.getShape());
        assertEquals(MEMBERS * 3, augmentation.getMembers(MEMBERS));
        NDArray flipped = ensemble(View.flip().apply(images));
        for (int m = 0; m < MEMBERS; m++) {
            assertArrayEquals(
                    flipped.get("1, " + m).toFloatArray(),
                    all.get("1, " + (3 * m + 1)).toFloatArray(),
                    1e-6f);
        }
    }

    /** Which is why mutual information is between members in one, and views too in the other. */
    @Test
    void bothPoolToTheSameProbabilities() {
        float[] mean = views().build().predict(images, this::ensemble).toFloatArray();
        float[] all =
                views().optPooling(TestTimeAugmentation.Pooling.MEMBERS)
                        .build()
                        .predict(images, this::ensemble)
                        .toFloatArray();
        Predictions one = Predictions.of(mean, MEMBERS, CLASSES, Aggregation.PROBABILITIES);
        Predictions many = Predictions.of(all, 3 * MEMBERS, CLASSES, Aggregation.PROBABILITIES);
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(one.getProbabilities()[i], many.getProbabilities()[i], 1e-6);
        }
    }

    /** What no view finds likely has a finite logarithm. */
    @Test
    void certaintyStaysFinite() {
        NDArray scores = manager.create(new float[] {500, 0, -500}, new Shape(1, 1, 3));
        NDArray mean = views().build().predict(images, x -> scores.duplicate());
        assertArrayEquals(new float[] {0, -500, -1000}, mean.toFloatArray(), 1e-3f);
    }

    @Test
    void identityAloneGivesTheSameProbabilities() {
        NDArray alone =
                TestTimeAugmentation.builder()
                        .setViews(View.identity())
                        .build()
                        .predict(images, this::ensemble);
        assertArrayEquals(
                ensemble(images).softmax(2).toFloatArray(), alone.exp().toFloatArray(), 1e-6f);
    }

    @Test
    void nothingIsLeftBehind() {
        TestTimeAugmentation augmentation = views().build();
        augmentation.predict(images, this::ensemble).close();
        int before = ((BaseNDManager) manager).getManagedArrays().size();
        NDArray mean = augmentation.predict(images, this::ensemble);
        assertSame(manager, mean.getManager());
        assertSame(manager, images.getManager());
        int after = ((BaseNDManager) manager).getManagedArrays().size();
        assertEquals(before + 1, after);
    }

    @Test
    void badInputIsNamed() {
        Exception none =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TestTimeAugmentation.builder().build());
        assertTrue(none.getMessage().contains("setViews(View.identity()"), none.getMessage());
        assertThrows(IllegalArgumentException.class, () -> views().build().predict(images, x -> x));
    }
}
