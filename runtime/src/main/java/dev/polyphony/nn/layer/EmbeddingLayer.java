/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import dev.polyphony.nn.form.Form;

/** An embedding for all members of an ensemble. */
abstract class EmbeddingLayer extends UnitLayer {

    EmbeddingLayer(Form form, Lookup lookup) {
        super(form, lookup);
    }

    /** {@inheritDoc} */
    @Override
    final int getRowAxis(int index) {
        return 0;
    }
}
