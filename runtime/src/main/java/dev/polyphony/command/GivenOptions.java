/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.command.Converters.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values that the options of a command have, so that they can be given again from elsewhere.
 */
final class GivenOptions {

    private GivenOptions() {}

    /**
     * Returns the values of a command's options, files with their whole paths.
     *
     * @param command the command, parsed
     * @param without the classes whose options are left out
     * @return the values by the options' names
     */
    static Map<String, List<String>> of(CommandSpec command, List<Class<?>> without) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (OptionSpec option : command.options()) {
            boolean isLeftOut = without.contains(HelpLayout.getHome(option));
            List<String> values = isLeftOut ? List.of() : values(option);
            if (!values.isEmpty()) {
                given.put(option.longestName(), values);
            }
        }
        return given;
    }

    private static List<String> values(OptionSpec option) {
        Object value = option.getValue();
        if (value == null || Boolean.FALSE.equals(value)) {
            return List.of();
        } else if (value instanceof Path path) {
            return List.of(whole(path));
        } else if (value instanceof List<?> all && all.stream().allMatch(Path.class::isInstance)) {
            return all.stream().map(one -> whole((Path) one)).toList();
        } else if (value instanceof Part part && part.file() != null) {
            return List.of(whole(part.file()));
        } else if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach(
                    (name, one) ->
                            entries.add(
                                    name + "=" + (one instanceof Path path ? whole(path) : one)));
            return entries;
        } else if (value instanceof Boolean) {
            return List.of("true");
        }
        List<String> texts = option.originalStringValues();
        return texts.isEmpty() ? List.of(option.defaultValue()) : texts;
    }

    private static String whole(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
