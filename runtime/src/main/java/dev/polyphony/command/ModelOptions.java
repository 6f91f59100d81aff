/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options that say which model is made. */
final class ModelOptions {

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Value that the model is made with, by name, such as classes=10: a parameter of"
                            + " its constructor or static method, or what a setter of its builder"
                            + " sets (outSize for setOutSize); repeat for each.")
    private Map<String, String> set = new LinkedHashMap<>();

    <T> T make(Function<Map<String, String>, T> maker) {
        try {
            return maker.apply(set);
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(
                    e.getMessage() + " (give values with --set NAME=VALUE)", e);
        }
    }
}
