/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The options of a help by what they are about. */
final class HelpLayout {

    private static final Map<Class<?>, String> HEADINGS = new LinkedHashMap<>();
    private static final String MACHINE = "Machine";
    private static final String DATA = "Data";
    private static final String TRAINING = "Training";

    static {
        HEADINGS.put(ModelOptions.class, "Model");
        HEADINGS.put(DataOptions.class, DATA);
        HEADINGS.put(TaskDataOptions.class, DATA);
        HEADINGS.put(SplitOptions.class, DATA);
        HEADINGS.put(OptimizerOptions.class, TRAINING);
        HEADINGS.put(SettingOptions.class, TRAINING);
        HEADINGS.put(TaskSettingOptions.class, "Tasks");
        HEADINGS.put(WarmStartOptions.class, "Warm start");
        HEADINGS.put(MemberOptions.class, "Deep ensembles");
        HEADINGS.put(ComparisonOptions.class, "Comparison");
        HEADINGS.put(BeyondOptions.class, "Beyond the test set");
        HEADINGS.put(CheckpointOptions.class, "Checkpoints");
        HEADINGS.put(MachineOptions.class, MACHINE);
        HEADINGS.put(OtherMachineOptions.class, MACHINE);
    }

    private static final String OTHERS = "Others";

    private HelpLayout() {}

    /** The class that an option is declared in. */
    static Class<?> getHome(OptionSpec option) {
        return ((Field) option.userObject()).getDeclaringClass();
    }

    /** Shows the options of a command in groups, in the order in which they are declared. */
    static void apply(Map<String, picocli.CommandLine.IHelpSectionRenderer> sections) {
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::render);
    }

    private static String render(Help help) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        // what a command alone has comes first, what all have comes last
        groups.put("Options", new ArrayList<>());
        HEADINGS.values().forEach(heading -> groups.put(heading, new ArrayList<>()));
        groups.put(OTHERS, new ArrayList<>());
        for (OptionSpec option : help.commandSpec().options()) {
            Class<?> home = getHome(option);
            String heading =
                    home == GeneralOptions.class ? OTHERS : HEADINGS.getOrDefault(home, "Options");
            groups.get(heading).add(option);
        }
        StringBuilder text = new StringBuilder();
        groups.forEach(
                (heading, options) -> {
                    if (!options.isEmpty()) {
                        text.append(System.lineSeparator())
                                .append(heading + ":" + System.lineSeparator())
                                .append(list(help, options));
                    }
                });
        return text.toString();
    }

    private static String list(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }
}
