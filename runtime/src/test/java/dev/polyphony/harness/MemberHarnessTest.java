/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static dev.polyphony.harness.MemberParent.TRAIN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberHarnessTest {

    private static final int M = 2;

    @TempDir private Path folder;

    private Checkpoints checkpoints(int member) {
        return Checkpoints.in(folder.resolve("member-" + member));
    }

    private List<Checkpoints> all() {
        return IntStream.range(0, M).mapToObj(this::checkpoints).toList();
    }

    private static byte[] parameters(Ensemble ensemble) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ensemble.saveParameters(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** One of them stops after an epoch, and goes on. */
    @Test
    void membersThatAreTrainedApartAreThoseOfTheEnsemble() throws IOException {
        Harness shorter = MemberParent.harness(M, 3).optEpochs(1);
        shorter.getMember(1).optCheckpoints(checkpoints(1)).fit(TRAIN).close();
        Harness harness = MemberParent.harness(M, 3);
        harness.getMember(0).optCheckpoints(checkpoints(0)).fit(TRAIN).close();
        String early = refused(harness);
        assertEquals(
                "The training of Cnn, deep, member 1 of 2 is not over: in %s, 1 of 3 epochs are made. Go on with it first"
                        .formatted(checkpoints(1).getFolder()),
                early);
        harness.getMember(1).optCheckpoints(checkpoints(1)).resume(TRAIN).close();

        try (TrainedEnsemble here = MemberParent.harness(M, 3).optThreads(1).fit(TRAIN);
                TrainedEnsemble assembled = harness.assemble(all(), TRAIN)) {
            assertArrayEquals(parameters(here.getEnsemble()), parameters(assembled.getEnsemble()));
            assertEquals(here.getHistory().steps(), assembled.getHistory().steps());
            assertEquals(
                    here.getHistory().epochs().get(2).trainingLoss(),
                    assembled.getHistory().epochs().get(2).trainingLoss(),
                    1e-5);
            assembled.save(folder.resolve("model"));
        }
        try (TrainedEnsemble loaded = harness.load(folder.resolve("model"))) {
            assertEquals(3, loaded.getDescription().training().epochs());
        }
    }

    @Test
    void anotherMemberIsNoSubstitute() {
        Harness harness = MemberParent.harness(M, 3).optEpochs(1);
        for (int member = 0; member < M; member++) {
            harness.getMember(member).optCheckpoints(checkpoints(member)).fit(TRAIN).close();
        }
        List<Checkpoints> swapped = List.of(checkpoints(1), checkpoints(0));
        assertThrows(CheckpointException.class, () -> harness.assemble(swapped, TRAIN));
        assertThrows(
                CheckpointException.class,
                () -> harness.assemble(all(), TestData.stripes(48, 4)),
                "other data");
        assertThrows(
                CheckpointException.class,
                () -> MemberParent.harness(M, 3).optEpochs(1).optSeed(5).assemble(all(), TRAIN),
                "another seed");
        assertThrows(
                IllegalArgumentException.class,
                () -> harness.assemble(List.of(checkpoints(0)), TRAIN),
                "too few");
        List<Checkpoints> nowhere = List.of(checkpoints(0), checkpoints(7));
        String missing =
                assertThrows(CheckpointException.class, () -> harness.assemble(nowhere, TRAIN))
                        .getMessage();
        assertTrue(missing.startsWith("There is no checkpoint of Cnn, deep, member 1"), missing);
    }

    @Test
    void membersThatAreNoModelsOfTheirOwnAreRefused() {
        Harness packed = TestHarness.of("packed", PackedForm.of(4), 8, 2);
        String message =
                assertThrows(IllegalArgumentException.class, () -> packed.getMember(0))
                        .getMessage();
        assertTrue(message.contains("has no members that are models of their own"), message);
        assertThrows(
                IndexOutOfBoundsException.class, () -> MemberParent.harness(2, 3).getMember(2));
    }

    private String refused(Harness harness) {
        return assertThrows(IllegalArgumentException.class, () -> harness.assemble(all(), TRAIN))
                .getMessage();
    }
}
