/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * How a run was called, in {@code run.json}: so that it can go on without being told again.
 *
 * @param program the class that was called
 * @param options the values of all options by their names, those that were not given included; none
 *     for one that is a switch and off
 * @param checksums what tells the data from others, by what they are for
 * @param classNames the classes by number, where they have names
 */
record RunFile(
        String program,
        Map<String, List<String>> options,
        Map<String, String> checksums,
        List<String> classNames) {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final int FORMAT = 1;

    void write(RunFolder run) throws IOException {
        JsonObject root = new JsonObject();
        root.addProperty("format", FORMAT);
        root.addProperty("program", program);
        JsonObject values = new JsonObject();
        options.forEach(
                (name, all) -> {
                    if (all.size() == 1) {
                        values.addProperty(name, all.get(0));
                    } else {
                        JsonArray array = new JsonArray();
                        all.forEach(array::add);
                        values.add(name, array);
                    }
                });
        root.add("options", values);
        JsonObject data = new JsonObject();
        checksums.forEach(data::addProperty);
        root.add("checksums", data);
        JsonArray names = new JsonArray();
        classNames.forEach(names::add);
        root.add("classes", names);
        AtomicFile.write(run.getRunFile(), GSON.toJson(root) + "\n");
    }

    static RunFile read(RunFolder run) throws IOException {
        run.requireRun();
        try {
            JsonObject root =
                    JsonParser.parseString(Files.readString(run.getRunFile())).getAsJsonObject();
            int format = root.get("format").getAsInt();
            if (format != FORMAT) {
                throw new IOException(
                        "%s has the format %d, but this version reads the format %d: use the version that wrote it"
                                .formatted(run.getRunFile(), format, FORMAT));
            }
            Map<String, List<String>> options = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> option :
                    root.getAsJsonObject("options").entrySet()) {
                List<String> all = new ArrayList<>();
                if (option.getValue().isJsonArray()) {
                    option.getValue().getAsJsonArray().forEach(one -> all.add(one.getAsString()));
                } else {
                    all.add(option.getValue().getAsString());
                }
                options.put(option.getKey(), all);
            }
            Map<String, String> checksums = new LinkedHashMap<>();
            root.getAsJsonObject("checksums")
                    .entrySet()
                    .forEach(one -> checksums.put(one.getKey(), one.getValue().getAsString()));
            List<String> names = new ArrayList<>();
            root.getAsJsonArray("classes").forEach(name -> names.add(name.getAsString()));
            return new RunFile(root.get("program").getAsString(), options, checksums, names);
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new IOException(
                    "%s is not what train wrote: %s".formatted(run.getRunFile(), e.getMessage()),
                    e);
        }
    }

    /** Requires that a part of the data is that of the run. */
    void requireSame(String part, String checksum) {
        String then = checksums.get(part);
        if (then != null && !then.equals(checksum)) {
            throw new IllegalArgumentException(
                    "The %s are not those of the run: their checksum is %s, and was %s. Give the file as it was with %s"
                            .formatted(part, checksum, then, DataOptions.DATA));
        }
    }

    /** Gives a command the options, and the folder of the run. */
    void giveTo(CommandLine command, RunFolder run) {
        List<String> arguments = new ArrayList<>();
        options.forEach((name, all) -> all.forEach(value -> arguments.add(name + "=" + value)));
        arguments.add("--out=" + run.path());
        try {
            command.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new WrongCallException(
                    "%s cannot be used: %s".formatted(run.getRunFile(), e.getMessage()), e);
        }
    }

    /** The same run with other values of some options. */
    RunFile with(Map<String, String> others) {
        Map<String, List<String>> changed = new LinkedHashMap<>(options);
        others.forEach((name, value) -> changed.put(name, List.of(value)));
        return new RunFile(program, changed, checksums, classNames);
    }

    /** The same run with other values of an option, if there are any. */
    RunFile with(String option, List<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        Map<String, List<String>> changed = new LinkedHashMap<>(options);
        changed.put(option, values);
        return new RunFile(program, changed, checksums, classNames);
    }
}
