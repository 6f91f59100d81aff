/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Masters of Spark's own clusters, {@code spark://HOST:PORT[,HOST:PORT...]}. Spark tries for
 * minutes to reach one, and then reports what came of it.
 */
final class StandaloneMasters {

    private static final String SCHEME = "spark://";
    private static final int MILLISECONDS = 5_000;

    private StandaloneMasters() {}

    /**
     * Requires that a master answers.
     *
     * @param master where a session shall run; all that names no such masters is let pass
     * @throws IllegalArgumentException if none of them does; says why
     */
    static void requireOne(String master) {
        if (!master.startsWith(SCHEME)) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        for (String address : master.substring(SCHEME.length()).split(",")) {
            try (Socket socket = new Socket()) {
                URI one = new URI(SCHEME + address);
                if (one.getHost() == null || one.getPort() < 0) {
                    throw new URISyntaxException(address, "not HOST:PORT");
                }
                socket.connect(new InetSocketAddress(one.getHost(), one.getPort()), MILLISECONDS);
                return;
            } catch (IOException e) {
                // the message of an unknown host is its name
                reasons.add(address + ": " + e);
            } catch (URISyntaxException e) {
                reasons.add(address + ": " + e.getReason());
            }
        }
        throw new IllegalArgumentException(
                "No Spark master answers at %s (%s): start it, or name another, spark://HOST:7077"
                        .formatted(master, String.join("; ", reasons)));
    }
}
