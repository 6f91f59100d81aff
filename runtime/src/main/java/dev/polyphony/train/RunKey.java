/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Examples;
import dev.polyphony.files.Sha256;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.checkpoint.Fingerprint;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;

/** What tells the outcome of one training from that of another: network, settings and data. */
public final class RunKey {

    private RunKey() {}

    /**
     * Computes the key of a training before it begins.
     *
     * @param network makes the network
     * @param recipe what training means
     * @param training the settings
     * @param train the training data
     * @param validation the validation data, or null
     * @return a text that is another one for another training
     */
    public static String of(
            Supplier<? extends Ensemble> network,
            Recipe recipe,
            Training training,
            Examples train,
            Examples validation) {
        Ensemble ensemble = network.get();
        try (Model model = Model.newInstance("key", Device.cpu())) {
            model.setBlock(ensemble);
            ensemble.initialize(
                    model.getNDManager(), DataType.FLOAT32, new Shape(1).addAll(train.getShape()));
            return of(ensemble, recipe, training, train, validation);
        }
    }

    private static String of(
            Ensemble ensemble,
            Recipe recipe,
            Training training,
            Examples train,
            Examples validation) {
        MessageDigest digest = Sha256.newDigest();
        try (DataOutputStream out =
                new DataOutputStream(
                        new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            RunFingerprint.network(ensemble).writeTo(out);
            RunFingerprint.settings(recipe, training).writeTo(out);
            RunFingerprint.data(train, validation).writeTo(out);
            new Fingerprint()
                    .add("epochs", training.getEpochs())
                    .add("patience", training.loop().patience)
                    .writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
