/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Bytes of text on their way to a writer. */
final class Forwarding extends OutputStream {

    private final PrintWriter out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Forwarding(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int value) {
        bytes.write(value);
    }

    @Override
    public void flush() {
        out.print(bytes.toString(Charset.defaultCharset()));
        out.flush();
        bytes.reset();
    }
}
