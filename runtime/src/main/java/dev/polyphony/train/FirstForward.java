/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.layer.IdCheck;
import dev.polyphony.train.source.Prefetch;
import java.util.Arrays;

/** Runs a network on one example of the data, so that what does not fit fails before training. */
final class FirstForward {

    private FirstForward() {}

    /**
     * Requires that a network takes the data: an example, of ids that with the largest; of numbers
     * that it looks up, all examples.
     *
     * @param name what the data are called, such as {@code training data}
     * @throws IllegalArgumentException if the engine refuses it; says what the model may need
     */
    static void require(Ensemble ensemble, NDManager manager, String name, Examples examples) {
        // of what is read example by example, the first one stands for all
        LabeledData data = examples instanceof LabeledData all ? all : first(examples, name);
        boolean isOfIds = data.getDataType() == DataType.INT64;
        int example = isOfIds ? exampleOfLargestId(data) : 0;
        LabeledData one = data.subset(new int[] {example});
        String where = "example %d of the %s".formatted(example, name);
        try {
            boolean looksNumbersUp =
                    new IdCheck().run(() -> MemberPrediction.logits(ensemble, manager, one));
            if (looksNumbersUp) {
                where = "the " + name;
                new IdCheck().run(() -> MemberPrediction.logits(ensemble, manager, data));
            }
        } catch (EngineException e) {
            throw failure(where, data, e, ". " + (isOfIds ? forIds(one) : forNumbers()));
        } catch (IllegalArgumentException e) {
            throw failure(where, data, e, "");
        }
    }

    private static LabeledData first(Examples examples, String name) {
        try (Prefetch reader = new Prefetch(examples, batch -> new int[] {0}, 0, 1)) {
            return reader.next();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("Of the " + name + ", " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException failure(
            String where, LabeledData data, RuntimeException cause, String hint) {
        return new IllegalArgumentException(
                "The network fails on %s, %s of the data type %s: %s%s"
                        .formatted(
                                where, data.getShape(), data.getDataType(), firstLine(cause), hint),
                cause);
    }

    private static int exampleOfLargestId(LabeledData data) {
        long[] ids = data.getIds();
        int largest = 0;
        for (int i = 1; i < ids.length; i++) {
            largest = ids[i] > ids[largest] ? i : largest;
        }
        return Math.toIntExact(largest / data.getShape().size());
    }

    private static String forIds(LabeledData one) {
        long largest = Arrays.stream(one.getIds()).max().orElse(0);
        return "An embedding needs more than %d rows for the largest id, %d; a model that computes with its inputs takes numbers, LabeledData.of(float[], ...)"
                .formatted(largest, largest);
    }

    private static String forNumbers() {
        return "If a layer looks its inputs up, as an embedding does, give them as ids: LabeledData.ofIds, or toIds() of what a CSV file holds, or --ids on the command line";
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
