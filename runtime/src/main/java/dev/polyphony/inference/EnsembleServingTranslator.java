/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.BytesSupplier;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.JsonSerializable;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.model.ModelDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers requests of DJL Serving: one example or several in each, as bytes of an image, as JSON or
 * as arrays. Requests are answered together, and a wrong one by itself: with the code 400 and a
 * message.
 */
final class EnsembleServingTranslator implements Translator<Input, Output> {

    private static final String REQUESTS = "dev.polyphony.requests";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON = "application/json";
    private static final int BAD_REQUEST = 400;

    private final ServingRequests requests;
    private final EnsembleTranslator<Object, JsonSerializable> answers;

    EnsembleServingTranslator(ModelDescription model) {
        requests = new ServingRequests(model.input());
        answers =
                new EnsembleTranslator<>(
                        (context, none) -> new NDList(),
                        model.network().outputs(),
                        Answers.of(model));
    }

    /** A request that was read: its examples, or what is wrong with it. */
    private record Request(int examples, boolean isList, String error) {}

    /** {@inheritDoc} */
    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Input> inputs) {
        List<Request> all = new ArrayList<>();
        NDList arrays = new NDList();
        for (Input input : inputs) {
            try {
                ServingRequests.Examples read = requests.read(context.getNDManager(), input);
                arrays.add(read.array());
                all.add(new Request((int) read.array().getShape().get(0), read.isList(), null));
            } catch (IllegalArgumentException e) {
                all.add(new Request(0, false, e.getMessage()));
            }
        }
        context.setAttachment(REQUESTS, all);
        return arrays.isEmpty() ? arrays : new NDList(NDArrays.concat(arrays));
    }

    /** {@inheritDoc} */
    @Override
    @SuppressWarnings("unchecked")
    public List<Output> batchProcessOutput(TranslatorContext context, NDList list) {
        float[] numbers = {};
        int members = 0;
        int row = 0;
        if (!list.isEmpty()) {
            NDArray given = list.singletonOrThrow();
            Shape shape = given.getShape();
            answers.requireOutputs(shape, 3);
            numbers = EnsembleTranslator.numbers(given);
            members = (int) shape.get(1);
            row = members * (int) shape.get(2);
        }
        List<Output> outputs = new ArrayList<>();
        int at = 0;
        for (Request request : (List<Request>) context.getAttachment(REQUESTS)) {
            int end = at + request.examples() * row;
            outputs.add(output(request, Arrays.copyOfRange(numbers, at, end), members));
            at = end;
        }
        return outputs;
    }

    private Output output(Request request, float[] numbers, int members) {
        if (request.error() != null) {
            return error(request.error());
        }
        List<JsonSerializable> found;
        try {
            found = answers.answer(numbers, members);
        } catch (IllegalArgumentException e) {
            // of an input with NaN, such as an array may have
            return error(e.getMessage());
        }
        if (!request.isList()) {
            return output(new Output(), found.get(0).serialize());
        }
        JsonArray array = new JsonArray();
        found.forEach(answer -> array.add(answer.serialize()));
        return output(new Output(), array);
    }

    private static Output error(String message) {
        JsonObject json = new JsonObject();
        json.addProperty("error", message);
        return output(new Output(BAD_REQUEST, message), json);
    }

    private static Output output(Output output, JsonElement json) {
        output.add(BytesSupplier.wrapAsJson(json));
        output.addProperty(CONTENT_TYPE, JSON);
        return output;
    }

    /** {@inheritDoc} */
    @Override
    public NDList processInput(TranslatorContext context, Input input) {
        return batchProcessInput(context, List.of(input));
    }

    /** {@inheritDoc} */
    @Override
    public Output processOutput(TranslatorContext context, NDList list) {
        return batchProcessOutput(context, list).get(0);
    }

    /** Requests bring their batches, which are put one after the other. */
    @Override
    public Batchifier getBatchifier() {
        return Batchifier.STACK;
    }
}
