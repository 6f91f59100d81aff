/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.files.Sha256;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.train.RunFingerprint;
import dev.polyphony.train.checkpoint.Fingerprint;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** What tells a training of several tasks from others. */
final class TaskFingerprint {

    /** A pacing is a function: it is told by its shares at so many places. */
    private static final int PLACES = 16;

    private TaskFingerprint() {}

    /** Takes the fingerprint; validation data and answers of a teacher may be null. */
    static RunFingerprint of(
            TaskRun run, MultiExamples train, MultiExamples validation, List<NDArray> teacher) {
        Fingerprint data = new Fingerprint();
        add("training data", train, data);
        if (validation == null) {
            data.add("validation data", "none");
        } else {
            add("validation data", validation, data);
        }
        RunFingerprint fingerprint =
                RunFingerprint.of(run.ensemble(), run.recipe(), run.training(), data);
        TaskOptions<?> options = run.options();
        Fingerprint settings =
                fingerprint
                        .settings()
                        .add("tasks", run.tasks())
                        .add("weights of the tasks", Arrays.toString(run.weights()))
                        .add("learning rates of the tasks", options.rates())
                        .add("balance", RunFingerprint.text(options.balance()))
                        .add("turns of the tasks", RunFingerprint.text(options.schedule()))
                        .add("surgery", RunFingerprint.text(options.surgery()))
                        .add("batches of an update", options.accumulation());
        if (options.curriculum() != null) {
            add(options.curriculum(), run.training().getEpochs(), settings);
        }
        if (teacher != null) {
            settings.add("teacher", options.teacher())
                    .add("checksum of the teacher's answers", checksum(teacher));
        }
        return fingerprint;
    }

    private static void add(String name, MultiExamples data, Fingerprint fields) {
        fields.add(
                        name,
                        "%d examples with the inputs %s and the answers %s"
                                .formatted(data.size(), data.getInputs(), data.getAnswers()))
                .add("checksum of the " + name, data.getChecksum());
    }

    /** What a curriculum shows depends on the number of epochs. */
    private static void add(Curriculum curriculum, int epochs, Fingerprint settings) {
        double[] shares =
                IntStream.range(0, PLACES)
                        .mapToDouble(i -> curriculum.getShare((double) i / PLACES))
                        .toArray();
        settings.add("curriculum", curriculum)
                .add("scores of the curriculum", curriculum.getScoreHash())
                .add("pacing of the curriculum", Arrays.toString(shares))
                .add("epochs of the curriculum", epochs);
    }

    private static String checksum(List<NDArray> arrays) {
        MessageDigest digest = Sha256.newDigest();
        arrays.forEach(array -> digest.update(array.toByteBuffer()));
        return HexFormat.of().formatHex(digest.digest());
    }
}
