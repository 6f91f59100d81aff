/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long the first {@code initialize} of a residual network with 53 convolutions takes, next to
 * the base model's, both with their arrays drawn, in processor time. Run by hand, one thread:
 *
 * <pre>
 * java -Dai.djl.pytorch.num_threads=1 ... dev.polyphony.nn.InitializeBenchmark [name of a form]
 * </pre>
 *
 * <p>{@code fresh base} or {@code fresh} and the name of a form is the first of all in its virtual
 * machine, which has loaded the engine and no more.
 */
final class InitializeBenchmark {

    private static final int RUNS = 7;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int[] UNITS = {3, 4, 6, 3};

    private InitializeBenchmark() {}

    public static void main(String[] args) {
        Shape input = new Shape(1, 3, 32, 32);
        List<Form> forms =
                List.of(
                        PackedForm.of(1),
                        PackedForm.of(4),
                        MimoForm.of(3),
                        MixMoForm.of(2),
                        BatchEnsembleForm.of(4),
                        MasksemblesForm.of(4),
                        SubEnsembleForm.of(4));
        if (args.length == 2 && "fresh".equals(args[0])) {
            fresh(args[1], forms, input);
            return;
        }
        for (Form form : forms) {
            if (args.length > 0 && !args[0].equals(form.getName())) {
                continue;
            }
            List<Double> plain = new ArrayList<>();
            List<Double> ensemble = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                plain.add(milliseconds(residual(LayerKit.base()), input));
                ensemble.add(milliseconds(network(form), input));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-60s base: first %.0f ms, median %.0f ms; ensemble: first %.0f ms,"
                            + " median %.0f ms%n",
                    form,
                    plain.get(0),
                    median(plain),
                    ensemble.get(0),
                    median(ensemble));
        }
    }

    private static void fresh(String name, List<Form> forms, Shape input) {
        try (NDManager manager = NDManager.newBaseManager()) {
            manager.ones(new Shape(1)).add(1).getFloat();
        }
        Block block =
                forms.stream()
                        .filter(form -> form.getMembers() > 1 && form.getName().equals(name))
                        .map(InitializeBenchmark::network)
                        .findFirst()
                        .orElseGet(() -> residual(LayerKit.base()));
        System.out.printf(Locale.ROOT, "%.0f%n", milliseconds(block, input));
    }

    private static Block network(Form form) {
        return new TestModels.TestEnsemble(form, residual(LayerKit.of(form)));
    }

    private static double milliseconds(Block block, Shape input) {
        try (NDManager manager = NDManager.newBaseManager()) {
            long start = CLOCK.getCurrentThreadCpuTime();
            block.initialize(manager, DataType.FLOAT32, input);
            return (CLOCK.getCurrentThreadCpuTime() - start) / 1e6;
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** ResNet-50 with the stem for small images. */
    private static Block residual(LayerKit kit) {
        SequentialBlock network =
                new SequentialBlock()
                        .add(kit.conv(2, 64, 3, 1, 1, 1))
                        .add(kit.batchNorm())
                        .add(Activation::relu);
        for (int stage = 0; stage < UNITS.length; stage++) {
            int width = 64 << stage;
            for (int unit = 0; unit < UNITS[stage]; unit++) {
                int stride = unit == 0 && stage > 0 ? 2 : 1;
                Block shortcut =
                        unit == 0
                                ? new SequentialBlock()
                                        .add(kit.conv(2, 4 * width, 1, stride, 0, 1))
                                        .add(kit.batchNorm())
                                : Blocks.identityBlock();
                network.add(
                        new ParallelBlock(
                                InitializeBenchmark::sum,
                                Arrays.asList(bottleneck(kit, width, stride), shortcut)));
            }
        }
        return network.add(Pool.globalAvgPool2dBlock()).add(kit.linear(10));
    }

    private static Block bottleneck(LayerKit kit, int width, int stride) {
        return new SequentialBlock()
                .add(kit.conv(2, width, 1, 1, 0, 1))
                .add(kit.batchNorm())
                .add(Activation::relu)
                .add(kit.conv(2, width, 3, stride, 1, 1))
                .add(kit.batchNorm())
                .add(Activation::relu)
                .add(kit.conv(2, 4 * width, 1, 1, 0, 1))
                .add(kit.batchNorm());
    }

    private static NDList sum(List<NDList> branches) {
        NDArray main = branches.get(0).singletonOrThrow();
        return new NDList(Activation.relu(main.add(branches.get(1).singletonOrThrow())));
    }
}
