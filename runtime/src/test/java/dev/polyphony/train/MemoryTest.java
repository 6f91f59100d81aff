/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing is left over: neither by a step, nor by a training. */
class MemoryTest {

    private static final Pattern COUNT = Pattern.compile("resource count: (\\d+)");

    /** Everything that the engine holds, in all managers. */
    private static int countResources() {
        NDManager root = NDManager.newBaseManager();
        NDManager system = root.getParentManager();
        root.close();
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            ((BaseNDManager) system).debugDump(0);
        } finally {
            System.setOut(terminal);
        }
        Matcher matcher = COUNT.matcher(bytes.toString(StandardCharsets.UTF_8));
        int count = 0;
        while (matcher.find()) {
            count += Integer.parseInt(matcher.group(1));
        }
        return count;
    }

    @Test
    void stepsAndTrainingsLeaveNothing() {
        Engine.getInstance();
        LabeledData data = TestData.stripes(160, 1);
        MixMoForm form = MixMoForm.of(2).batchRepetitions(2);
        List<Integer> counts = new ArrayList<>();
        Progress counting =
                new Progress() {

                    @Override
                    public void onBegin(String name, int epochs, int steps) {}

                    @Override
                    public void onStep(int epoch, int step, double loss) {
                        counts.add(countResources());
                    }

                    @Override
                    public void onEpoch(History.Epoch epoch) {}

                    @Override
                    public void onEnd() {}
                };
        Training training =
                Training.builder()
                        .optBatchSize(8)
                        .optEpochs(8)
                        .optOptimizer(OptimizerType.NESTEROV)
                        .optWeightDecay(1e-4)
                        .build();
        int before = countResources();
        for (int run = 0; run < 2; run++) {
            new TrainingLoop(Recipe.of(form), training, counting)
                    .train("test", () -> new EnsembleCnn(form, 3), data, data)
                    .close();
            assertEquals(before, countResources(), "left by a training");
        }
        // 8 epochs of 40 steps, looked at every 20 steps, twice
        assertEquals(32, counts.size());
        for (int count : counts) {
            assertEquals(counts.get(0), count, "grows with the steps: " + counts);
        }
    }
}
