/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.Ensemble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The numbers that the literature gives, or that follow from its networks by hand. */
class ParameterCountsTest {

    private static long count(Supplier<? extends Ensemble> network, int side) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble made = network.get();
            made.initialize(manager, DataType.FLOAT32, new Shape(2, 3, side, side));
            return made.getParameterCount();
        }
    }

    private static void assertMillions(double expected, long count) {
        assertEquals(expected, Math.round(count / 1e3) / 1e3, () -> "millions of " + count);
    }

    @Test
    void wideResNetForHundredClasses() {
        assertEquals(36_536_884, count(() -> new PlainWideResNet(28, 10, 100), 32));
        assertEquals(36_601_416, count(() -> new CutMixMoWideResNet(28, 10, 100, true), 32));
        assertEquals(36_601_416, count(() -> new EvenMixMoWideResNet(28, 10, 100, true), 32));
    }

    @Test
    void wideResNetForTenClasses() {
        assertEquals(36_479_194, count(() -> new PlainWideResNet(28, 10, 10, true), 32));
        assertEquals(36_486_036, count(() -> new LinearMixMoWideResNet(28, 10, 10, true), 32));
        assertEquals(36_492_878, count(() -> new MimoWideResNet(28, 10, 10), 32));
        assertEquals(36_557_548, count(() -> new BatchEnsembleWideResNet(28, 10, 10), 32));
    }

    @Test
    void wideResNetOfMoreMembersForHundredClasses() {
        assertEquals(36_665_948, count(() -> new MimoWideResNet(28, 10, 100), 32));
        assertEquals(36_615_868, count(() -> new BatchEnsembleWideResNet(28, 10, 100), 32));
    }

    @Test
    void resNetForSmallImages() {
        assertMillions(11.174, count(() -> new PlainResNet(18, 64, 10, false), 32));
        assertMillions(11.190, count(() -> new PackedResNet(18, 64, 10, false), 32));
        assertMillions(8.176, count(() -> new GroupedPackedResNet(18, 64, 10, false), 32));
        assertMillions(11.205, count(() -> new BatchEnsembleResNet(18, 64, 10, false), 32));
        assertMillions(11.195, count(() -> new MimoResNet(18, 64, 10, false), 32));
        // the masks of all layers are 4,480 numbers for each of 4 members
        assertMillions(11.174, count(() -> new MasksemblesResNet(18, 64, 10, false), 32));
    }

    /** 25,557,032 is that of every library, with a head of 1,000 classes. */
    @Test
    void resNetForImageNet() {
        assertEquals(25_557_032, count(() -> new PlainResNet(50, 64, 1000, true), 32));
        assertEquals(11_689_512, count(() -> new PlainResNet(18, 64, 1000, true), 32));
        // one more head, and one more first convolution of 7x7
        assertEquals(
                25_557_032 + 2048 * 1000 + 1000 + 3 * 7 * 7 * 64,
                count(() -> new ImageNetMimoResNet(50, 64, 1000, true), 32));
    }

    @Test
    void preActResNetForTinyImageNet() {
        assertEquals(11_268_616, count(() -> new PlainPreActResNet(1, 200), 64));
        assertEquals(11_372_944, count(() -> new CutMixMoPreActResNet(1, 200), 64));
        assertEquals(44_784_648, count(() -> new PlainPreActResNet(2, 200), 64));
        assertEquals(44_991_376, count(() -> new LinearMixMoPreActResNet(2, 200), 64));
    }

    @Test
    void widestPreActResNetForTinyImageNet() {
        assertEquals(100_537_864, count(() -> new PlainPreActResNet(3, 200), 64));
        assertEquals(100_846_992, count(() -> new CutMixMoPreActResNet(3, 200), 64));
    }

    /** 62,006 is that of PyTorch's tutorial on CIFAR-10. */
    @Test
    void leNet() {
        assertEquals(62_006, count(() -> new PlainLeNet(10), 32));
        // widths 3, 8, 60 and 42 for each of 4 members
        int member = 3 * 25 * 3 + 3 + 3 * 25 * 8 + 8 + 200 * 60 + 60 + 60 * 42 + 42 + 42 * 10 + 10;
        assertEquals(4L * member, count(() -> new PackedLeNet(10), 32));
    }
}
