/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LoneMember;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** The parameters of one member of a deep ensemble, as its model saves them. */
public final class MemberParameters {

    private MemberParameters() {}

    /**
     * Saves the parameters of a member.
     *
     * @param member the member, initialised
     * @return what its model saves
     */
    public static byte[] save(LoneMember member) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            member.getModel().saveParameters(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("The model does not save its parameters: " + e, e);
        }
        return bytes.toByteArray();
    }

    /**
     * Sets the parameters of all members.
     *
     * @param ensemble a deep ensemble of copies, initialised
     * @param parameters the parameters of each member in order
     * @throws IllegalArgumentException if they are not those of its model
     */
    public static void load(Ensemble ensemble, List<byte[]> parameters) {
        for (int member = 0; member < parameters.size(); member++) {
            Block model = LoneMember.of(ensemble, member).getModel();
            List<NDArray> old =
                    model.getParameters().values().stream()
                            .filter(Parameter::isInitialized)
                            .map(Parameter::getArray)
                            .toList();
            NDManager manager = old.get(0).getManager();
            try {
                model.loadParameters(
                        manager,
                        new DataInputStream(new ByteArrayInputStream(parameters.get(member))));
            } catch (IOException | MalformedModelException e) {
                throw new IllegalArgumentException(
                        "The parameters of member %d are not those of this model: %s"
                                .formatted(member, e.getMessage()),
                        e);
            }
            old.forEach(NDArray::close);
        }
    }
}
