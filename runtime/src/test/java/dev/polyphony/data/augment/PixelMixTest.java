/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.MixMethod;
import dev.polyphony.data.Seeds;
import dev.polyphony.data.Task;
import dev.polyphony.data.mixmo.Mix;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.nn.mixmo.MixMoForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each image has a tone and a class of its own, so that what was mixed can be seen. */
class PixelMixTest {

    private static final int ROWS = 40;
    private static final int MEMBERS = 2;
    private static final int SIZE = ROWS * MEMBERS;
    private static final int PLACES = 6 * 5;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private ImageBatch batch(Mix mix) {
        NDArray images =
                manager.arange(SIZE)
                        .toType(DataType.FLOAT32, false)
                        .reshape(SIZE, 1, 1, 1)
                        .broadcast(SIZE, 3, 6, 5);
        return new ImageBatch(images, manager.eye(SIZE), MEMBERS, mix);
    }

    /**
     * What became of an image.
     *
     * @param partner the other image, or the same if there is none
     * @param own the places that are its own
     * @param target its soft label
     */
    private record Seen(int partner, boolean[] own, float[] target) {

        double share() {
            int count = 0;
            for (boolean place : own) {
                count += place ? 1 : 0;
            }
            return (double) count / PLACES;
        }
    }

    private static Seen seen(ImageBatch mixed, int image) {
        float[] pixels = mixed.images().get(image).toFloatArray();
        boolean[] own = new boolean[PLACES];
        int partner = image;
        for (int place = 0; place < PLACES; place++) {
            own[place] = pixels[place] == image;
            if (!own[place]) {
                assertTrue(partner == image || partner == (int) pixels[place], "one partner");
                partner = (int) pixels[place];
            }
            assertEquals(pixels[place], pixels[place + PLACES], "all channels are alike");
        }
        return new Seen(partner, own, mixed.targets().get(image).toFloatArray());
    }

    private static void assertTarget(int image, Seen seen, double share) {
        float[] expected = new float[SIZE];
        expected[image] += (float) share;
        expected[seen.partner()] += (float) (1 - share);
        if (seen.partner() != image) {
            assertArrayEquals(expected, seen.target(), 1e-5f, "image " + image);
        }
        assertEquals(1, sum(seen.target()), 1e-5);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @Test
    void labelsCountByTheAreaThatIsLeft() {
        ImageBatch mixed = PixelMix.cutMix(1).apply(batch(null), Seeds.random(1));
        int partners = 0;
        double left = 0;
        for (int image = 0; image < SIZE; image++) {
            Seen seen = seen(mixed, image);
            assertTarget(image, seen, seen.share());
            assertEquals(image % MEMBERS, seen.partner() % MEMBERS, "of the same member");
            partners += seen.partner() == image ? 0 : 1;
            left += seen.share() / SIZE;
        }
        assertTrue(partners > 60, "partners: " + partners);
        // by the code of the reference, the box of the image itself has 0.30 on average
        assertTrue(left > 0.2 && left < 0.45, "left: " + left);
    }

    /** What the network shows of the two images, and at least half for the one that was given. */
    @Test
    void labelsCountByWhatMixMoShows() {
        MixMoForm form = MixMoForm.of(MEMBERS).probability(1);
        Mix mix = new Mixer(form, 8, 6, 5).draw(ROWS, 0.5, Seeds.random(3));
        assertEquals(2, mix.shape().length, "masked by boxes");
        ImageBatch mixed = PixelMix.cutMix(1).apply(batch(mix), Seeds.random(4));
        int decided = 0;
        for (int image = 0; image < SIZE; image++) {
            Seen seen = seen(mixed, image);
            double shown = 0;
            double all = 0;
            for (int place = 0; place < PLACES; place++) {
                double mask = mix.masks()[image * PLACES + place];
                shown += seen.own()[place] ? mask : 0;
                all += mask;
            }
            if (all > 0 && seen.partner() != image) {
                decided++;
                assertTarget(image, seen, shown / all);
                assertTrue(shown / all >= 0.5, "the given image has most");
            }
        }
        assertTrue(decided > 50, "decided: " + decided);
    }

    @Test
    void mixupIsTheWeightedMean() {
        ImageBatch mixed = PixelMix.mixup(0.4).apply(batch(null), Seeds.random(5));
        for (int image = 0; image < SIZE; image++) {
            float[] target = mixed.targets().get(image).toFloatArray();
            double mean = 0;
            for (int other = 0; other < SIZE; other++) {
                mean += (double) target[other] * other;
            }
            for (float pixel : mixed.images().get(image).toFloatArray()) {
                assertEquals(mean, pixel, 1e-3, "image " + image);
            }
        }
    }

    @Test
    void coinLeavesImagesAlone() {
        ImageBatch mixed = PixelMix.cutMix(1).probability(0.25).apply(batch(null), Seeds.random(6));
        int whole = 0;
        for (int image = 0; image < SIZE; image++) {
            whole += seen(mixed, image).target()[image] == 1 ? 1 : 0;
        }
        // 60 expected, and a few that were mixed with themselves or got an empty box
        assertTrue(whole > 48 && whole < 74, "whole: " + whole);
        ImageBatch none = PixelMix.mixup(1).probability(0).apply(batch(null), Seeds.random(6));
        assertArrayEquals(batch(null).images().toFloatArray(), none.images().toFloatArray());
        assertArrayEquals(batch(null).targets().toFloatArray(), none.targets().toFloatArray());
    }

    @Test
    void mixesTwice() {
        ImageBatch mixed =
                Augmentation.of(PixelMix.mixup(1), PixelMix.cutMix(1))
                        .apply(batch(null), Seeds.random(8));
        for (int image = 0; image < SIZE; image++) {
            float[] target = mixed.targets().get(image).toFloatArray();
            assertEquals(1, sum(target), 1e-5);
            // the mean tone of the image is that of its soft label
            double mean = sum(mixed.images().get(image).toFloatArray()) / (3 * PLACES);
            double expected = 0;
            for (int other = 0; other < SIZE; other++) {
                expected += (double) target[other] * other;
            }
            assertEquals(expected, mean, 1e-3, "image " + image);
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        Shape image = new Shape(3, 6, 5);
        PixelMix.mixup(1).require(image, Task.REGRESSION);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> PixelMix.cutMix(1).require(image, Task.REGRESSION));
        assertTrue(e.getMessage().endsWith("use PixelMix.mixup"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> PixelMix.cutMix(-1));
        assertThrows(IllegalArgumentException.class, () -> PixelMix.mixup(1).probability(1.5));
        for (MixMethod method : MixMethod.values()) {
            PixelMix.of(method, 1).require(image, Task.MULTI_LABEL);
        }
        assertEquals(
                "CutMix, alpha 1.0, probability 0.5",
                PixelMix.cutMix(1).probability(0.5).toString());
    }
}
