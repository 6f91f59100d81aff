/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Warns, once, of training in which batch normalisation takes its statistics from a single example.
 * With spatial axes it has numbers enough to do so, and learns what prediction cannot repeat.
 */
final class SingleExamples {

    private final Form form;
    private final Consumer<String> log;
    private boolean told;

    SingleExamples(Form form, Consumer<String> log) {
        this.form = form;
        this.log = log;
    }

    /**
     * Looks at what a network is trained on.
     *
     * @param inputs the inputs of a pass that went through
     * @param layers the network's layers
     */
    void check(Inputs inputs, List<EnsembleLayer> layers) {
        if (told || !inputs.training() || inputs.examples() > 1) {
            return;
        }
        List<EnsembleLayer> single =
                layers.stream().filter(layer -> seesOne(layer, inputs.distinct())).toList();
        if (single.isEmpty()) {
            return;
        }
        told = true;
        String others = single.size() == 1 ? "" : " (and %d more)".formatted(single.size() - 1);
        log.accept(
                "%s: a training batch has 1 example%s, and %s%s takes its statistics from that alone, which differ from the running ones that prediction uses: let batches have more examples, drop a last batch of 1, or use LayerNorm"
                        .formatted(
                                form,
                                form.getMembers() == 1
                                        ? ""
                                        : " for each of %d members".formatted(form.getMembers()),
                                single.get(0).getDescription(),
                                others));
    }

    /** Where members share statistics and have examples of their own, there are several. */
    private boolean seesOne(EnsembleLayer layer, boolean distinct) {
        boolean several =
                distinct
                        && form.getMembers() > 1
                        && !form.mergesInputs()
                        && !form.normalizesMembersApart(layer.getRole());
        return layer instanceof EnsembleBatchNorm && !several;
    }
}
