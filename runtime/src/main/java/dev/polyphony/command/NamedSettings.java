/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.TrainingOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/**
 * The settings of training by the names that the command line gives them, without the dashes: for
 * programs that read them from elsewhere, or try several.
 *
 * <pre>{@code
 * NamedSettings.of(Map.of("epochs", "5", "learning-rate", "0.003")).apply(harness);
 * }</pre>
 */
public final class NamedSettings {

    private static final String DASHES = "--";

    private final SettingOptions options;

    private NamedSettings(SettingOptions options) {
        this.options = options;
    }

    @Command
    private static final class Line {

        @Mixin private SettingOptions settings;
    }

    /**
     * Reads settings.
     *
     * @param values the values by name, as they would stand on the command line; {@code true} for a
     *     switch
     * @return the settings; those that are not given have the defaults of the command line
     * @throws IllegalArgumentException if a name is not known, or a value makes no sense; says
     *     which are known
     */
    public static NamedSettings of(Map<String, String> values) {
        Line line = new Line();
        CommandLine command = new CommandLine(line).setCaseInsensitiveEnumValuesAllowed(true);
        values.keySet().forEach(NamedSettings::requireKnown);
        try {
            command.parseArgs(
                    values.entrySet().stream()
                            .map(entry -> DASHES + entry.getKey() + "=" + entry.getValue())
                            .toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(
                    e.getMessage().replace("option '" + DASHES, "setting '"), e);
        }
        return new NamedSettings(line.settings);
    }

    /**
     * Requires that there is a setting.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none; names those that there are
     */
    public static void requireKnown(String name) {
        if (!getNames().contains(name)) {
            throw new IllegalArgumentException(
                    "'%s' is no setting of training. Known are: %s"
                            .formatted(name, String.join(", ", getNames())));
        }
    }

    /**
     * Returns the names of all settings.
     *
     * @return the names, sorted, such as {@code batch-size}
     */
    public static Set<String> getNames() {
        Set<String> names = new TreeSet<>();
        new CommandLine(new Line())
                .getCommandSpec()
                .options()
                .forEach(option -> names.add(option.longestName().substring(DASHES.length())));
        return names;
    }

    /**
     * Sets all of them, also those that were not given.
     *
     * @param trainable the harness or comparison
     * @throws IllegalArgumentException if they make no sense together
     */
    public void apply(TrainingOptions<?> trainable) {
        options.apply(trainable);
    }
}
