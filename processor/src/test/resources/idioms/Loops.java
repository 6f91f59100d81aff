// makes new $(new int[][] {{12, 12}, {16}}, 5)
// takes (1, 3, 8, 8)
package acme;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.Packed;

/** Loops of every kind. */
@Packed
public final class Loops extends SequentialBlock {

    public Loops(int[][] stages, int classes) {
        int kernels[] = {3, 1}, i = 0;
        stages:
        for (int[] stage : stages) {
            for (int j = 0, n = stage.length; j < n; j++) {
                if (stage[j] <= 0) {
                    continue stages;
                }
                int kernel = kernels[i % kernels.length];
                add(conv(stage[j], kernel));
                add(BatchNorm.builder().build());
                add(Activation::relu);
                if (j > 4) break stages;
            }
            i++;
        }
        Block[] heads[] = {{Linear.builder().setUnits(12).build()}, {null}};
        heads[1][0] = Linear.builder().setUnits(classes).build();
        add(Pool.globalAvgPool2dBlock()); add(Blocks.batchFlattenBlock());
        int next = 0;
        while (next < heads.length) {
            for (Block head : heads[next])
                add(head);
            next++;
        }
        do next--; while (next > 0);
    }

    private static Conv2d conv(int filters, int kernel) {
        return Conv2d.builder().setFilters(filters).setKernelShape(new Shape(kernel, kernel)).build();
    }
}
