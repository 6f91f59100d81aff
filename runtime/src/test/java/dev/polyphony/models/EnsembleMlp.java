/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.models;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import dev.polyphony.inference.Arguments;
import dev.polyphony.inference.EnsembleFactory;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.packed.PackedForm;

/** {@link Mlp} in any form. */
public final class EnsembleMlp extends Ensemble {

    private EnsembleMlp(Form form, int hidden, int classes) {
        super(form, new Network(form, hidden, classes));
    }

    private EnsembleMlp(DeepEnsembleForm form, int hidden, int classes) {
        super(form, () -> new Mlp(hidden, classes));
    }

    public static Ensemble of(Form form, int hidden, int classes) {
        return form instanceof DeepEnsembleForm deep && !deep.isVectorized()
                ? new EnsembleMlp(deep, hidden, classes)
                : new EnsembleMlp(form, hidden, classes);
    }

    private static final class Network extends SequentialBlock {

        Network(Form form, int hidden, int classes) {
            add(EnsembleLinear.builder(form).setUnits(hidden).build()).add(Activation::relu);
            add(EnsembleLinear.builder(form).setUnits(hidden).build()).add(Activation::relu);
            add(EnsembleLinear.builder(form).setUnits(classes).build());
        }
    }

    /** What loads the packed form again. */
    public static final class Factory extends EnsembleFactory {

        private static final long serialVersionUID = 1L;

        @Override
        protected Ensemble create(Arguments arguments) {
            return EnsembleMlp.of(
                    PackedForm.of(3), arguments.getInt("hidden"), arguments.getInt("classes"));
        }
    }
}
