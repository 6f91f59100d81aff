/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.MalformedModelException;
import dev.polyphony.nn.form.Form;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The form of an ensemble as it stands before its saved parameters. */
final class SavedForm {

    private SavedForm() {}

    static void write(Form form, DataOutputStream os) throws IOException {
        os.writeUTF(form.getKind());
        os.writeInt(form.getMembers());
    }

    /**
     * Requires that parameters are those of a form.
     *
     * @param ensemble what the ensemble is called
     * @param form its form
     * @param is where the parameters are read
     * @throws MalformedModelException if they are of another form
     */
    static void require(String ensemble, Form form, DataInputStream is)
            throws IOException, MalformedModelException {
        String name = is.readUTF();
        int members = is.readInt();
        if (!name.equals(form.getKind()) || members != form.getMembers()) {
            throw new MalformedModelException(
                    "The parameters are those of %s with %d members, but %s is %s"
                            .formatted(name, members, ensemble, form));
        }
    }
}
